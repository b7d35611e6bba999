"""What waits for an officer: counted for the whole union and role, read page by page."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from core.capacities import confidential
from core.jurisdiction import Level, role_at
from core.people import masked_name
from core.scheme import Stage
from core.stages import Manner
from handlers import bench, hats, lying, sight
from handlers.bench import scheme_of
from handlers.decisions import Waiting
from handlers.office import Office
from storage.queue import Mark, Pile
from storage.tables import Application, Officer
from storage.unit import Unit

PAGE = 50  # rows, unless somebody asks for fewer
FEW = 200  # of more, one that is missing tells nobody anything


@dataclass(frozen=True)
class Page:
    """Some rows of the queue; `after` begins the next page, and is empty on the last."""

    rows: tuple[Waiting, ...]
    after: str = ""


@dataclass(frozen=True)
class Heap:
    """A pile with the names of its scheme and its step; `officer` in the office it lies before."""

    pile: Pile
    scheme: str
    stage: str
    officer: Officer


async def heaps(office: Office, unit: Unit, officer: Officer) -> list[Heap]:
    """All that this union and role act on now, counted; what recusal forbids is counted too.

    Also what lies before those this officer stands in for. A complaint about the officer, or a
    relative's, is not counted: nobody learns from a number that it is there.
    """
    found: dict[tuple[int, str], list[Heap]] = {}
    for each in await hats.of(unit, officer):
        if (each.union_id, each.role) not in found:
            found[each.union_id, each.role] = await _heaps(office, unit, each)
    return [heap for heaps in found.values() for heap in heaps]


async def _heaps(office: Office, unit: Unit, officer: Officer) -> list[Heap]:
    level = Level((await unit.unions.by_id(officer.union_id)).kind)
    found = []
    for pile in await unit.queue.piles(officer.union_id, unit.today):
        scheme = office.schemes.version(pile.scheme_id, pile.scheme_version)
        stage = scheme.stages[pile.stage]
        if not _acts(stage, level, officer):
            continue
        if confidential(scheme) and pile.count <= FEW:
            pile = await _open_to(office, unit, officer, pile)
        if pile.count:
            found.append(Heap(pile, scheme.name, stage.name, officer))
    return found


async def _open_to(office: Office, unit: Unit, officer: Officer, pile: Pile) -> Pile:
    """Without what is kept from this officer."""
    there = await unit.queue.page(officer.union_id, [pile], None, pile.count)
    kept = await sight.kept_from(office, unit, officer, there)
    late = sum(1 for each in there if each.id in kept and each.due and each.due < unit.today)
    return replace(pile, count=pile.count - len(kept), late=pile.late - late)


async def queue(
    office: Office,
    unit: Unit,
    officer: Officer,
    *,
    scheme: str = "",
    stage: str = "",
    after: str = "",
    limit: int = PAGE,
    counted: Sequence[Heap] | None = None,
) -> Page:
    """Nearest date first, without what recusal forbids; of one scheme, or of steps of one name.

    `counted` are the heaps, from whoever has counted them already in this unit.
    Notices to be posted are not in it: see `handlers.notice.ready`. Raises Unreadable for an
    `after` that is none of ours.
    """
    there = await heaps(office, unit, officer) if counted is None else counted
    piles = [
        each for each in there if scheme in ("", each.pile.scheme_id) and stage in ("", each.stage)
    ]
    mark, free, more = Mark.read(after), list[Application](), bool(piles)
    whose: dict[int, str] = {}
    while more and not free:
        found = await _page(unit, piles, mark, limit + 1)
        more, page = len(found) > limit, found[:limit]
        for sitting, mine in _by_office(page):
            barred = await bench.recused(office, unit, sitting, mine)
            whose |= {each.id: _whose(sitting) for each in mine if each.id not in barred}
        free = [each for each, _ in page if each.id in whose]
        mark = _mark(page[-1][0]) if page else mark
    rows = await _waiting(office, unit, free, whose)
    return Page(rows, str(mark) if more else "")


async def _page(
    unit: Unit, heaps: Collection[Heap], mark: Mark | None, limit: int
) -> list[tuple[Application, Officer]]:
    """The first rows behind the mark, out of all offices, each with the one it lies before."""
    found: list[tuple[Application, Officer]] = []
    for sitting in {id(each.officer): each.officer for each in heaps}.values():
        piles = [each.pile for each in heaps if each.officer is sitting]
        rows = await unit.queue.page(sitting.union_id, piles, mark, limit)
        found += [(each, sitting) for each in rows]
    return sorted(found, key=lambda each: _mark(each[0]).order)[:limit]


def _by_office(
    page: Sequence[tuple[Application, Officer]],
) -> list[tuple[Officer, list[Application]]]:
    there = {id(sitting): sitting for _, sitting in page}.values()
    return [(each, [row for row, sitting in page if sitting is each]) for each in there]


def _mark(application: Application) -> Mark:
    return Mark(application.due, application.rank, application.id)


def _whose(officer: Officer) -> str:
    return officer.instead_of.name if officer.instead_of else ""


async def _waiting(
    office: Office, unit: Unit, free: list[Application], whose: Mapping[int, str]
) -> tuple[Waiting, ...]:
    people = await unit.applications.people({each.worker_id for each in free})
    units = await unit.unions.names(*{each.base_union_id for each in free})
    return tuple(
        _row(
            office,
            unit,
            each,
            masked_name(unit.workers.name(people[each.worker_id])),
            units[each.base_union_id],
            whose[each.id],
        )
        for each in free
    )


def _acts(stage: Stage, level: Level, officer: Officer) -> bool:
    return stage.manner is not Manner.POST and role_at(stage, level) == officer.role


def _row(
    office: Office,
    unit: Unit,
    application: Application,
    name: str,
    unit_name: str,
    instead_of: str,
) -> Waiting:
    scheme = scheme_of(office, application)
    stage = scheme.stages[application.stage]
    return Waiting(
        id=application.id,
        number=application.number,
        version=application.version,
        scheme_id=scheme.id,
        scheme=scheme.name,
        name=name,
        unit=unit_name,
        kind=stage.stage,
        stage=stage.name,
        rank=application.rank,
        due=application.due,
        late=application.due_at is not None and unit.now >= application.due_at,
        submitted_at=application.submitted_at,
        amount_fen=application.amount_fen,
        instead_of=instead_of,
        lain=lying.lain(office, application.lies_since, unit.today),
    )
