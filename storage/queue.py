"""What stands in the steps of one union: counted in piles, and read page by page.

Nothing here reads more rows than a page shows: `ix_applications_queue` holds their order, and
`ix_applications_piles` all that is counted, and the order inside of each pile.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, case, func, select, tuple_, union_all

from core.errors import Unreadable
from core.workflow import State
from storage.book import Book
from storage.tables import Application

Kind = tuple[str, str, int]  # scheme, version, step
FEW = 8  # piles
PILE = tuple_(Application.scheme_id, Application.scheme_version, Application.stage)
ORDER = {
    True: (Application.due, Application.rank, Application.id),
    False: (Application.rank, Application.id),
}


@dataclass(frozen=True)
class Pile:
    """What stands in one step of one scheme; `late` should have been decided before today."""

    scheme_id: str
    scheme_version: str
    stage: int
    count: int
    late: int


@dataclass(frozen=True)
class Mark:
    """The last row of a page: the next page begins behind it. Undated rows are the last."""

    due: date | None
    rank: int
    id: int

    @classmethod
    def read(cls, text: str) -> "Mark | None":
        """None for no text. Raises Unreadable("choice")."""
        if not text:
            return None
        try:
            due, rank, id_ = text.split(".")
            return cls(date.fromisoformat(due) if due else None, int(rank), int(id_))
        except ValueError:
            raise Unreadable("choice") from None

    @property
    def order(self) -> tuple[bool, date, int, int]:
        """By which rows of several unions are laid into one row."""
        return self.due is None, self.due or date.max, self.rank, self.id

    def __str__(self) -> str:
        return f"{self.due.isoformat() if self.due else ''}.{self.rank}.{self.id}"


@dataclass(frozen=True)
class Lying:
    """What lies in one step that has no time: how many, and the oldest since when."""

    scheme_id: str
    scheme_version: str
    stage: int
    count: int
    since: date


class Queue(Book):
    """Nearest date first, then by rank."""

    async def piles(self, union_id: int, today: date) -> list[Pile]:
        kind = (Application.scheme_id, Application.scheme_version, Application.stage)
        late = func.coalesce(func.sum(case((Application.due < today, 1), else_=0)), 0)
        found = select(*kind, func.count(), late).where(*_here(union_id)).group_by(*kind)
        return [Pile(*row) for row in await self.session.execute(found.order_by(*kind))]

    async def rounds(self, union_id: int, pile: Pile) -> list[tuple[int, int]]:
        """How many of this pile belong to each round."""
        kind = (pile.scheme_id, pile.scheme_version, pile.stage)
        found = select(Application.round_id, func.count()).where(*_here(union_id), *_in(kind))
        rows = await self.session.execute(found.group_by(Application.round_id))
        return sorted((round_id, count) for round_id, count in rows)

    async def lying(self, union_id: int, until: date) -> list[Lying]:
        """What has lain with this union since this day, or longer."""
        kind = (Application.scheme_id, Application.scheme_version, Application.stage)
        found = select(*kind, func.count(), func.min(Application.lies_since))
        found = found.where(*_here(union_id), *_lies(until)).group_by(*kind).order_by(*kind)
        rows = await self.session.execute(found)
        return [Lying(a, b, stage, n, since or until) for a, b, stage, n, since in rows]

    async def lying_in(self, union_id: int, row: Lying, until: date) -> Sequence[Application]:
        """The same of one step, one by one."""
        kind = (row.scheme_id, row.scheme_version, row.stage)
        found = select(Application).where(*_here(union_id), *_in(kind), *_lies(until))
        return (await self.session.scalars(found.order_by(Application.id))).all()

    async def page(
        self, union_id: int, piles: Collection[Pile], after: Mark | None, limit: int
    ) -> Sequence[Application]:
        """The first rows behind this mark that lie in one of these piles."""
        kinds = [(each.scheme_id, each.scheme_version, each.stage) for each in piles]
        rows: list[Application] = []
        if after is None or after.due is not None:
            rows += await self._read(union_id, kinds, after, True, limit)
            after = None
        if len(rows) < limit:
            rows += await self._read(union_id, kinds, after, False, limit - len(rows))
        return rows

    async def _read(
        self, union_id: int, kinds: list[Kind], after: Mark | None, dated: bool, limit: int
    ) -> Sequence[Application]:
        """Of few piles each by itself, out of its own index; of many, all in one order."""
        order = ORDER[dated]
        if len(kinds) > FEW:
            here = (*_here(union_id), PILE.in_(kinds), *_behind(dated, after))
            found = select(Application).where(*here).order_by(*order)
            return (await self.session.scalars(found.limit(limit))).all()
        first = [
            select(Application.id, Application.due, Application.rank)
            .where(*_here(union_id), *_in(kind), *_behind(dated, after))
            .order_by(*order)
            .limit(limit)
            .subquery()
            for kind in kinds
        ]
        every = union_all(*(select(each) for each in first)).subquery()
        ids = select(every.c.id).order_by(*(every.c[each.key] for each in order)).limit(limit)
        found = select(Application).where(Application.id.in_(ids)).order_by(*order)
        return (await self.session.scalars(found)).all()


def _here(union_id: int) -> tuple[ColumnElement[bool], ...]:
    return Application.union_id == union_id, Application.state == State.IN_STAGE.value


def _lies(until: date) -> tuple[ColumnElement[bool], ...]:
    return Application.due.is_(None), Application.lies_since <= until


def _in(kind: Kind) -> tuple[ColumnElement[bool], ...]:
    scheme_id, version, stage = kind
    return (
        Application.scheme_id == scheme_id,
        Application.scheme_version == version,
        Application.stage == stage,
    )


def _behind(dated: bool, after: Mark | None) -> tuple[ColumnElement[bool], ...]:
    """Those with a day, or those without, behind the mark."""
    there = Application.due.is_not(None) if dated else Application.due.is_(None)
    if after is None:
        return (there,)
    if not dated:
        return there, tuple_(*ORDER[dated]) > (after.rank, after.id)
    place = tuple_(*ORDER[dated]) > (after.due, after.rank, after.id)
    return there, Application.due >= after.due, place
