"""称号由谁管: which titles an officer reads, enters and ends.

An office of the province keeps the titles its documents name it for, and no others; where the
tree has no such office, the province itself. A union reads what its own branch looks after.
"""

from collections.abc import Collection

from core.bodies import CITY
from core.errors import OutsideJurisdiction
from core.jurisdiction import Level, Node, Tree
from core.keepers import ending, keeping, titles_in
from core.people import Role
from handlers.office import Office
from storage.tables import Officer, Title
from storage.unit import Unit


async def readable(office: Office, unit: Unit, officer: Officer) -> frozenset[str] | None:
    """The titles whose holders an office may read; None for a union: as far as its branch goes."""
    body = await unit.unions.by_id(officer.union_id)
    if body.kind != Level.OFFICE:
        return None
    known = office.schemes.known(office.today())
    return frozenset(each for each in titles_in(known) if body.code in keeping(each, known))


async def enterable(
    office: Office, unit: Unit, officer: Officer, titles: Collection[str]
) -> tuple[str, ...]:
    """A city's union enters whatever its branch holds; an office what it keeps."""
    if officer.role != Role.OFFICE:
        return tuple(titles)
    tree, known = await unit.unions.tree(0), office.schemes.known(office.today())
    mine = officer.union_id
    return tuple(
        each for each in titles if mine in {_body(tree, code).id for code in keeping(each, known)}
    )


async def check_enter(office: Office, unit: Unit, officer: Officer, title: str) -> None:
    """Raises OutsideJurisdiction with the name of whoever keeps it."""
    if await enterable(office, unit, officer, [title]):
        return
    tree, known = await unit.unions.tree(0), office.schemes.known(office.today())
    keeps = [_body(tree, code).name for code in sorted(keeping(title, known))]
    raise OutsideJurisdiction("、".join(keeps))


async def may_end(office: Office, unit: Unit, officer: Officer, entry: Title) -> bool:
    """The office that keeps it; of a city's own title the city; and a union its own entry."""
    tree = await unit.unions.tree(entry.union_id)
    keepers = ending(entry.title, office.schemes.known(office.today()))
    for each in keepers:
        if officer.role == Role.OFFICE and _body(tree, each.office).id == officer.union_id:
            with_ = each.given_with
            if not with_ or await unit.titles.given_with(entry, with_):
                return True
    if officer.role != Role.VERIFIER:
        return False
    city = tree.nearest_or_top(entry.union_id, *CITY)
    return (not keepers and city.id == officer.union_id) or await _entered(unit, officer, entry)


async def _entered(unit: Unit, officer: Officer, entry: Title) -> bool:
    by = await unit.officers.by_id(entry.officer_id) if entry.officer_id else None
    return by is not None and by.union_id == officer.union_id


def _body(tree: Tree, code: str) -> Node:
    """The office of this code; the province where there is none."""
    there = next((node for node in tree.all if node.code == code), None)
    return there or tree.of_level(Level.PROVINCE)
