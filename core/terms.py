"""Rounds that need nobody to open them: what the document leaves open all year stands all year."""

from dataclasses import dataclass
from datetime import date, time
from typing import Literal

from core.scheme import Scheme, SchemeKind

ANSWERED = (
    SchemeKind.SERVICE,
    SchemeKind.LEGAL_AID,
    SchemeKind.REPORT,
    SchemeKind.SURVEY,
    SchemeKind.INFORMATION,
)


@dataclass(frozen=True)
class Term:
    """The days of a standing round; both belong to it."""

    opens: date
    closes: date
    at: time | None = None  # the hour of the last day


def term(scheme: Scheme, day: date) -> Term | None:
    """The standing round this day falls into; None where an office has to open one, or it is over.

    Open always, counted from an event, or without a word about it: the calendar year. Dates: those
    of the document. None of them leaves the days in which the document is in force.
    """
    if needs_opening(scheme):
        return None
    opens, closes, last = date(day.year, 1, 1), date(day.year, 12, 31), None
    window = scheme.window
    if window is not None and (window.opens is not None or window.closes is not None):
        first, last = window.dates(day)
        opens, closes = first or opens, last or closes
    opens = max(opens, scheme.source.in_force)
    closes = min(closes, scheme.source.until or closes)
    at = window.at if window is not None and closes == last else None
    return Term(opens, closes, at) if opens <= day <= closes else None


def needs_opening(scheme: Scheme) -> bool:
    """Somebody announces each round, or first come are served and nobody has said how many."""
    if scheme.window is not None and scheme.window.set_by is not None:
        return True
    quota = scheme.quota
    counted = bool(quota.cite) and quota.order == "first_come" and quota.places is None
    return counted and (scheme.window is None or not scheme.window.always)


def at_once(scheme: Scheme) -> bool:
    """Whether the first step begins when an application comes in, not when the round is over."""
    return bool(scheme.stages) and scheme.stages[0].starts == "at_once"


def once(scheme: Scheme) -> Literal["person", "case"]:
    """Who may have one application at a time in a round.

    Questions, complaints and cases, and what is given per case or project, may come as often as
    there is a reason. Everything else is for the person; a limit of the whole unit is counted
    besides (`core.limits.Guard`). What is about another person is once for that one
    (`core.subjects`).
    """
    if scheme.about:
        return "case"
    often = {benefit.per for benefit in scheme.gains} <= {"case", "time", "project"}
    if not scheme.limits and (scheme.kind in ANSWERED or (scheme.gains and often)):
        return "case"
    return "person"
