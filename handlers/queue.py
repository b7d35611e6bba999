"""What waits for an officer: counted for the whole union and role, read page by page."""

from dataclasses import dataclass

from core.jurisdiction import Level, role_at
from core.people import masked_name
from core.scheme import Stage
from core.stages import Manner
from handlers import bench
from handlers.bench import scheme_of
from handlers.decisions import Waiting
from handlers.office import Office
from storage.queue import Mark, Pile
from storage.tables import Application, Officer
from storage.unit import Unit

PAGE = 50  # rows, unless somebody asks for fewer


@dataclass(frozen=True)
class Page:
    """Some rows of the queue; `after` begins the next page, and is empty on the last."""

    rows: tuple[Waiting, ...]
    after: str = ""


@dataclass(frozen=True)
class Heap:
    """A pile with the names of its scheme and its step."""

    pile: Pile
    scheme: str
    stage: str


async def heaps(office: Office, unit: Unit, officer: Officer) -> list[Heap]:
    """All that this union and role act on now, counted; what recusal forbids is counted too."""
    level = Level((await unit.unions.by_id(officer.union_id)).kind)
    found = []
    for pile in await unit.queue.piles(officer.union_id, unit.today):
        scheme = office.schemes.version(pile.scheme_id, pile.scheme_version)
        stage = scheme.stages[pile.stage]
        if _acts(stage, level, officer):
            found.append(Heap(pile, scheme.name, stage.name))
    return found


async def queue(
    office: Office,
    unit: Unit,
    officer: Officer,
    *,
    scheme: str = "",
    stage: str = "",
    after: str = "",
    limit: int = PAGE,
) -> Page:
    """Nearest date first, without what recusal forbids; of one scheme, or of steps of one name.

    Notices to be posted are not in it: see `handlers.notice.ready`. Raises Unreadable for an
    `after` that is none of ours.
    """
    piles = [
        each.pile
        for each in await heaps(office, unit, officer)
        if scheme in ("", each.pile.scheme_id) and stage in ("", each.stage)
    ]
    mark, free, more = Mark.read(after), list[Application](), bool(piles)
    while more and not free:
        found = await unit.queue.page(officer.union_id, piles, mark, limit + 1)
        more, page = len(found) > limit, found[:limit]
        barred = await bench.recused(office, unit, officer, page)
        free = [each for each in page if each.id not in barred]
        mark = Mark(page[-1].due, page[-1].rank, page[-1].id) if page else mark
    rows = await _waiting(office, unit, free)
    return Page(rows, str(mark) if more else "")


async def _waiting(office: Office, unit: Unit, free: list[Application]) -> tuple[Waiting, ...]:
    people = await unit.applications.people({each.worker_id for each in free})
    units = await unit.unions.names(*{each.base_union_id for each in free})
    return tuple(
        _row(
            office,
            unit,
            each,
            masked_name(unit.workers.name(people[each.worker_id])),
            units[each.base_union_id],
        )
        for each in free
    )


def _acts(stage: Stage, level: Level, officer: Officer) -> bool:
    return stage.manner is not Manner.POST and role_at(stage, level) == officer.role


def _row(
    office: Office, unit: Unit, application: Application, name: str, unit_name: str
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
    )
