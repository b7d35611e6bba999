"""When a list can be posted: the last application that could still come has come."""

from core.bodies import body_for
from core.scheme import Body, Scheme, Stage
from core.stages import Manner
from handlers import cards, route
from handlers.bench import scheme_of, stage_of
from handlers.office import Office
from storage.tables import Application
from storage.unit import Unit


async def suggest(office: Office, unit: Unit, application: Application) -> None:
    """After a move: a card to those who post the lists that waited for this application.

    Corrections are not waited for: a straggler gets a notice of its own. Nor is anybody waited for
    where each application goes its own way.
    """
    scheme = scheme_of(office, application)
    for number in range(application.stage, len(scheme.stages)):
        if scheme.stages[number].manner is Manner.POST:
            await _suggest(office, unit, application, scheme, number)


async def awaited(office: Office, unit: Unit, application: Application) -> bool:
    """Whether the list or the meeting it stands before waits for others of its round."""
    stage = stage_of(office, application)
    if stage.manner not in (Manner.POST, Manner.MEET):
        return False
    return await _others_come(unit, application, stage, application.stage)


async def _others_come(unit: Unit, application: Application, stage: Stage, number: int) -> bool:
    """Each by itself where the round does not wait."""
    mine = application.base_union_id if stage.by is Body.BASE_UNIT else None
    running = await unit.rounds.by_id(application.round_id)
    return not running.at_once and bool(await unit.applications.coming(running.id, number, mine))


async def _suggest(
    office: Office, unit: Unit, application: Application, scheme: Scheme, number: int
) -> None:
    stage, home = scheme.stages[number], application.base_union_id
    if await _others_come(unit, application, stage, number):
        return
    union = body_for(scheme, stage, route.home(application), await unit.unions.tree(home))
    ready = [
        each
        for each in await unit.applications.unposted(union.id)
        if (each.round_id, each.stage) == (application.round_id, number)
    ]
    if ready:
        await cards.of_posting(office, unit, ready[0], stage, len(ready))
