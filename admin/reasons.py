"""Why a step was taken, as lines an officer reads: what a passage keeps, in people's words."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from core.scheme import Scheme
from handlers.decisions import Defect
from handlers.returning import defect_text
from locales import Speaker


def step_lines(say: Speaker, scheme: Scheme, reason: dict[str, Any]) -> list[str]:
    """What the passage of a move keeps; what this page has no words for stays in the archive."""
    return [*_found(say, scheme, reason), *_given(say, reason)]


def _found(say: Speaker, scheme: Scheme, reason: dict[str, Any]) -> Iterator[str]:
    """What was wanting: papers and answers, or conditions that fail."""
    for item in reason.get("items", ()):
        defect = Defect(item.get("slot"), item.get("fact", ""), item.get("note", ""))
        yield defect_text(say, scheme, defect)
    asked = scheme.asked
    for fact in reason.get("facts", ()):
        if fact in asked:
            yield say("console.step.failed", what=say.scheme(asked[fact].name))


def _given(say: Speaker, reason: dict[str, Any]) -> Iterator[str]:
    """Dates, words and numbers that came with it."""
    if reason.get("due"):
        yield say("console.step.due", day=date.fromisoformat(reason["due"]))
    if reason.get("undertaking"):
        yield say("console.step.undertaking", text=say.scheme(reason["undertaking"]))
    if reason.get("minutes"):
        yield say("console.step.minutes", minutes=reason["minutes"])
    if reason.get("to"):
        yield say("console.step.to", to=reason["to"])
    for key in ("note", "finding", "why"):
        if reason.get(key):
            yield say("console.step.note", note=reason[key])
