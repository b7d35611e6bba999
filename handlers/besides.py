"""What an officer takes in the chat beside single cases, and the topic in which it is taken."""

from collections.abc import Mapping

from core.people import Role
from core.stages import Manner
from core.workflow import State
from handlers import batches, cards, handover, hats
from handlers.bench import stage_of
from handlers.decisions import CardView
from handlers.visit import Visit
from locales import Speaker
from storage.tables import Officer

TOPICS: Mapping[str, str] = {"meet": "convening", "pay": "paying", "asked": "asked"}
CARDS: Mapping[str, str] = {cards.HANDOVER: "asked"}  # where the button under such a card leads
COUNTED = ("asked",)


async def before(visit: Visit, officer: Officer) -> dict[str, int]:
    """Those of `TOPICS` for which something lies before this officer, and how much."""
    unit = visit.unit
    there = await batches.manners(visit.office, unit, officer)
    pays = Manner.PAY in there or await _unanswered(visit, officer)
    unions = await hats.unions(unit, officer, *handover.ANSWERING)
    found = {
        "meet": int(Manner.MEET in there),
        "pay": int(pays),
        "asked": await unit.handovers.waiting(unions),
    }
    return {token: count for token, count in found.items() if count}


def lines(say: Speaker, found: Mapping[str, int]) -> list[str]:
    """What of it is counted."""
    return [say(f"besides.{each}", count=found[each]) for each in COUNTED if each in found]


async def about(visit: Visit, view: CardView) -> list[str]:
    """Those of `TOPICS` in which this one is taken with the others of its round."""
    if view.bar is not None or view.state != State.IN_STAGE:
        return []
    application = await visit.unit.applications.by_id(view.id)
    manner = stage_of(visit.office, application).manner
    return {Manner.MEET: ["meet"], Manner.PAY: ["pay"]}.get(manner, [])


async def _unanswered(visit: Visit, officer: Officer) -> bool:
    """Whether the bank has not said of some line what came of it."""
    worn = await hats.of(visit.unit, officer)
    mine = {each.union_id for each in worn if each.role == Role.FINANCE}
    return any([await visit.unit.payments.unanswered(union) for union in mine])
