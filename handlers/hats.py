"""Whose office an officer may act in today: his own, and those of the officers he stands in for.

An `Officer` in somebody else's hat has that union and role, his own name and number, and says
for whom he acts (`instead_of`).
"""

from collections.abc import Iterable, Sequence

from core.jurisdiction import ROLE_AT, Level
from core.people import Role
from core.standin import StandInOver
from storage.tables import Officer
from storage.unit import Unit

ABOVE = (Role.VERIFIER, Role.OFFICE, Role.MANAGER)


async def of(unit: Unit, officer: Officer) -> list[Officer]:
    """His own office first. In somebody's hat already: this one, and no other."""
    if officer.instead_of is not None:
        return [officer]
    worn = await unit.standins.worn_by(officer.id, unit.today)
    return [officer, *(officer.hat(each.officer) for each in worn)]


async def again(unit: Unit, known: Officer, other: Officer) -> Officer:
    """The hat as the archive knows it now. Raises StandInOver."""
    for each in await unit.standins.worn_by(known.id, unit.today):
        if each.officer.id == other.id:
            return known.hat(each.officer)
    raise StandInOver


async def seated(unit: Unit, officer: Officer, stand_in_id: int) -> Officer:
    """In the office of this standing-in while it holds; then in his own again."""
    for each in await unit.standins.worn_by(officer.id, unit.today):
        if each.row.id == stand_in_id:
            return officer.hat(each.officer)
    return officer


async def at(unit: Unit, officer: Officer, union_id: int | None, *roles: Role) -> Officer:
    """In the office of this union that `acts`; else in any he has there, else in his own."""
    there = [each for each in await of(unit, officer) if each.union_id == union_id]
    fit = [each for each in there if await acts(unit, each, *roles)]
    return wear(unit, [*fit, *there, officer][0])


async def acts(unit: Unit, officer: Officer, *roles: Role) -> bool:
    """Whether he has one of these roles; where none is named, the one that acts in his union."""
    if roles:
        return officer.role in roles
    body = await unit.unions.by_id(officer.union_id)
    return officer.role == ROLE_AT[Level(body.kind)]


async def unions(unit: Unit, officer: Officer, *roles: Role) -> list[int]:
    """Those for which he `acts` today, his own first."""
    there = [each for each in await of(unit, officer) if await acts(unit, each, *roles)]
    return list(dict.fromkeys(each.union_id for each in there))


async def covering(unit: Unit, officers: Iterable[Officer]) -> Sequence[Officer]:
    """These, and whoever stands in for one of them and is not among them."""
    there = list(officers)
    known = {each.id for each in there}
    if not known:
        return there
    for each in await unit.standins.instead_of(known, unit.today):
        if each.deputy.id not in known:
            known.add(each.deputy.id)
            there.append(each.deputy.hat(each.officer))
    return there


async def next_up(unit: Unit, union_id: int) -> Sequence[Officer]:
    """Of the nearest union above that has somebody."""
    tree = await unit.unions.tree(union_id)
    for body in list(tree.upwards(union_id))[1:]:
        if there := await unit.officers.of_union(body.id, *ABOVE):
            return await covering(unit, there)
    top = tree.of_level(Level.PROVINCE)
    return await covering(unit, await unit.officers.of_union(top.id, Role.MANAGER))


def wear(unit: Unit, officer: Officer) -> Officer:
    """What this officer does in this unit from here on is kept with the name of the other."""
    unit.instead.pop(f"officer:{officer.id}", None)
    if officer.instead_of is not None:
        unit.instead[f"officer:{officer.id}"] = f"officer:{officer.instead_of.id}"
    return officer
