"""Who may read an application.

The unions above the applicant and the bodies that act on it. A complaint or a report is read by
those who look into it alone: no colleague in another role, no superior, and never the person it
is about, who does not even hear that it is there.
"""

from collections.abc import Collection

from core.capacities import confidential
from core.errors import NotYours, OutsideJurisdiction, Recused
from core.jurisdiction import ROLE_AT, Level, Tree
from handlers import bench, hats, route
from handlers.bench import scheme_of
from handlers.office import Office
from storage.tables import Application, Officer
from storage.unit import Unit

HIDING = ("own", "relative", "accused")  # why one may not even read it


def private(office: Office, application: Application) -> bool:
    """Whether it is a complaint or a report."""
    return confidential(scheme_of(office, application))


async def check(
    office: Office, unit: Unit, tree: Tree, officer: Officer, application: Application
) -> None:
    """Raises OutsideJurisdiction, of a private matter without a word of whose it is."""
    if private(office, application):
        if not await _looks_into(unit, officer, application):
            raise OutsideJurisdiction("")
        if await hidden(office, unit, officer, application):
            raise OutsideJurisdiction("")
        return
    above = {node.id for node in tree.upwards(application.base_union_id)}
    acting = {node.id for node in route.bodies(office, application, tree)}
    if officer.union_id not in above | acting | {application.union_id}:
        raise OutsideJurisdiction(tree[application.base_union_id].name)


async def may_read(office: Office, unit: Unit, officer: Officer, application: Application) -> bool:
    """In any of his offices of today."""
    tree = await unit.unions.tree(application.base_union_id)
    for each in await hats.of(unit, officer):
        try:
            await check(office, unit, tree, each, application)
        except NotYours:
            continue
        return True
    return False


async def told_of(office: Office, unit: Unit, officer: Officer, application: Application) -> bool:
    """Whether he may hear anything about it; of what is no complaint everybody may."""
    return not private(office, application) or await may_read(office, unit, officer, application)


async def hidden(office: Office, unit: Unit, officer: Officer, application: Application) -> bool:
    """Whether it is kept from this officer though it stands before his office."""
    return bool(await kept_from(office, unit, officer, [application]))


async def kept_from(
    office: Office, unit: Unit, officer: Officer, applications: Collection[Application]
) -> set[int]:
    """Those of these private matters that are about this officer, or his family's, by id."""
    ours = [each for each in applications if private(office, each)]
    recused = await bench.recused(office, unit, officer, ours) if ours else {}
    return {id_ for id_, why in recused.items() if keeps_away(why)}


def keeps_away(why: Recused) -> bool:
    return why.relation in HIDING


async def _looks_into(unit: Unit, officer: Officer, application: Application) -> bool:
    """Now or before, in the role that decides there, or as one who went to see.

    Where it was handed over, those who had it are out of it.
    """
    looking = {application.union_id} | await unit.passages.looked_into(application.id)
    if officer.union_id in looking:
        body = await unit.unions.by_id(officer.union_id)
        if officer.role == ROLE_AT[Level(body.kind)]:
            return True
    return await unit.inspections.went(application.id, officer.id, looking)
