"""The pages on which an officer names the ground on which something ends: which, why, and sure.

State: page, application, version, ground, note.
"""

from collections.abc import Iterable
from typing import Protocol

from core.scheme import Scheme
from handlers import ticking
from handlers.bench import scheme_of
from handlers.visit import Offer, Outcome, Visit


class Ground(Protocol):
    """A sentence of the document, and its article."""

    @property
    def say(self) -> str: ...
    @property
    def cite(self) -> str: ...


def ask(visit: Visit, question: str, grounds: Iterable[Ground]) -> Outcome:
    """Those of the document, each with its article."""
    offers = [
        Offer(f"ground:{n}", f"{visit.say.scheme(each.say)} {visit.say.article(each.cite)}")
        for n, each in enumerate(grounds)
    ]
    return visit.ask(visit.say(question), [*offers, ticking.back(visit)])


def heard(visit: Visit, page: str) -> bool:
    """Whether a ground was chosen; then `page` is next."""
    kind, _, number = visit.token.partition(":")
    if kind == "ground":
        visit.state.update(page=page, ground=int(number))
    return kind == "ground"


def note(visit: Visit, question: str) -> Outcome:
    return visit.ask(visit.say(question), [ticking.back(visit)], expects="text")


def sure(visit: Visit, question: str, button: str, ground: Ground) -> Outcome:
    """Once more, with everything that was said."""
    say = visit.say
    told = {"ground": say.scheme(ground.say), "cite": say.article(ground.cite)}
    text = say(question, **told, note=visit.state["note"])
    return visit.ask(text, [ticking.yes(visit, button, "danger"), ticking.back(visit)])


async def scheme_at_hand(visit: Visit) -> Scheme:
    application = await visit.unit.applications.by_id(visit.state["application"])
    return scheme_of(visit.office, application)
