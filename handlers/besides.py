"""What an officer takes in the chat beside single cases, and the topic in which it is taken."""

from collections.abc import Mapping

from core.people import Role
from core.stages import Manner
from core.workflow import State
from handlers import batches, hats
from handlers.bench import stage_of
from handlers.decisions import CardView
from handlers.visit import Visit
from storage.tables import Officer

TOPICS: Mapping[str, str] = {"meet": "convening", "pay": "paying"}


async def tokens(visit: Visit, officer: Officer) -> list[str]:
    """Those of `TOPICS` for which something lies before this officer."""
    there = await batches.manners(visit.office, visit.unit, officer)
    pays = Manner.PAY in there or await _unanswered(visit, officer)
    wanted = {"meet": Manner.MEET in there, "pay": pays}
    return [token for token, wants in wanted.items() if wants]


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
