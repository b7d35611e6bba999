"""Whose office an officer may act in today: his own, and those of the officers he stands in for.

An `Officer` in somebody else's hat has that union and role, his own name and number, and says
for whom he acts (`instead_of`).
"""

from collections.abc import Iterable, Sequence

from core.standin import StandInOver
from storage.tables import Officer
from storage.unit import Unit


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


async def at(unit: Unit, officer: Officer, union_id: int | None) -> Officer:
    """In the office that belongs to this union, if he has one there; otherwise in his own."""
    found = [each for each in await of(unit, officer) if each.union_id == union_id]
    return wear(unit, found[0] if found else officer)


async def unions(unit: Unit, officer: Officer) -> list[int]:
    """Of all his offices of today, his own first."""
    return list(dict.fromkeys(each.union_id for each in await of(unit, officer)))


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


def wear(unit: Unit, officer: Officer) -> Officer:
    """What this officer does in this unit from here on is kept with the name of the other."""
    unit.instead.pop(f"officer:{officer.id}", None)
    if officer.instead_of is not None:
        unit.instead[f"officer:{officer.id}"] = f"officer:{officer.instead_of.id}"
    return officer
