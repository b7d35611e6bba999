"""The lists drawn from the register, as officers follow them: who is on one, and who is not."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import NotFound
from core.people import Role, masked_name
from core.scheme import Scheme
from handlers import checking, drawing, register
from handlers.checking import Checklist
from handlers.office import Office
from storage.tables import Application, DrawnList, Officer, Title
from storage.unit import Unit

OPENING = (Role.OFFICE, Role.VERIFIER)
OVERSEEING = (Role.MANAGER, Role.AUDITOR)
FOLLOWING = (*OPENING, *OVERSEEING, Role.REVIEWER, Role.CHAIRS, Role.FINANCE)


@dataclass(frozen=True)
class Aside:
    """An entry that is not on the list, and why."""

    entry: Title
    name: str  # masked
    union: str
    kind: str
    say: str
    cite: str


@dataclass(frozen=True)
class Yearly:
    """One list, as far as the branch of this officer goes; names are masked."""

    drawn: DrawnList
    scheme: Scheme
    lines: Sequence[Application]
    names: dict[int, str]  # by worker
    unions: dict[int, str]
    aside: Sequence[Aside]
    check: Checklist
    may_check: bool
    may_add: bool

    @property
    def total_fen(self) -> int:
        return sum(each.amount_fen or 0 for each in self.lines if each.live)


async def opened(office: Office, unit: Unit, officer: Officer, round_id: int) -> Yearly:
    """Raises NotFound."""
    drawn = await drawn_in(unit, round_id)
    reach = await register.reach(unit, officer.union_id)
    lines = [each for each in await unit.drawn.lines(round_id) if each.base_union_id in reach]
    check = await checking.checklist(office, unit, officer, round_id)
    people = await unit.applications.people({each.worker_id for each in lines})
    return Yearly(
        drawn=drawn,
        scheme=scheme_of(office, drawn),
        lines=lines,
        names={id_: masked_name(unit.workers.name(each)) for id_, each in people.items()},
        unions=await unit.unions.names(*(each.base_union_id for each in lines)),
        aside=await _aside(unit, drawn, reach),
        check=check,
        may_check=bool(check.clear) and officer.role not in OVERSEEING,
        may_add=officer.role in OPENING and drawn.union_id == officer.union_id,
    )


async def drawn_in(unit: Unit, round_id: int) -> DrawnList:
    """Raises NotFound for a round that is no list."""
    found = await unit.drawn.of(round_id)
    if found is None:
        raise NotFound(round=round_id)
    return found


def scheme_of(office: Office, drawn: DrawnList) -> Scheme:
    return office.schemes.versions(drawn.scheme_id)[-1]


async def openable(office: Office, unit: Unit, officer: Officer) -> list[Scheme]:
    """Those whose list this officer opens."""
    if officer.role not in OPENING:
        return []
    schemes = drawing.schemes(office)
    return [e for e in schemes if (await drawing.opener(unit, e)).id == officer.union_id]


async def _aside(unit: Unit, drawn: DrawnList, reach: set[int]) -> list[Aside]:
    found = []
    for row in drawn.set_aside:
        entry = await unit.titles.by_id(row["entry"])
        if entry.union_id in reach:
            name = masked_name(unit.titles.name(entry))
            union = (await unit.unions.by_id(entry.union_id)).name
            found.append(Aside(entry, name, union, row["kind"], row["say"], row["cite"]))
    return found
