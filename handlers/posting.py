"""When a list can be posted: the last application that could still come has come."""

from core.jurisdiction import body_for
from core.scheme import Body, Scheme, StageKind
from handlers import cards
from handlers.bench import scheme_of
from handlers.office import Office
from storage.tables import Application
from storage.unit import Unit


async def suggest(office: Office, unit: Unit, application: Application) -> None:
    """After a move: a card to those who post the list that was waiting for this application.

    Corrections are not waited for: a straggler gets a notice of its own.
    """
    scheme = scheme_of(office, application)
    stage = next_notice(scheme, application.stage)
    if stage is None:
        return
    mine = application.base_union_id if scheme.stages[stage].by is Body.BASE_UNIT else None
    if await unit.applications.coming(application.round_id, stage, mine):
        return
    tree = await unit.unions.tree(application.base_union_id)
    union = body_for(scheme.stages[stage], application.base_union_id, scheme.office, tree)
    ready = [
        each
        for each in await unit.applications.unposted(union.id)
        if (each.round_id, each.stage) == (application.round_id, stage)
    ]
    if ready:
        await cards.of_posting(office, unit, ready[0], scheme.stages[stage], len(ready))


def next_notice(scheme: Scheme, stage: int) -> int | None:
    """The stage of the first notice from this stage on."""
    for number in range(stage, len(scheme.stages)):
        if scheme.stages[number].stage is StageKind.NOTICE:
            return number
    return None
