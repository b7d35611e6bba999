"""What stands in the steps of one union: counted in piles, and read page by page.

Nothing here reads more rows than a page shows: `ix_applications_queue` holds their order, and
`ix_applications_piles` all that is counted.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, case, func, select, tuple_

from core.errors import Unreadable
from core.workflow import State
from storage.book import Book
from storage.tables import Application


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


class Queue(Book):
    """Nearest date first, then by rank."""

    async def piles(self, union_id: int, today: date) -> list[Pile]:
        kind = (Application.scheme_id, Application.scheme_version, Application.stage)
        late = func.coalesce(func.sum(case((Application.due < today, 1), else_=0)), 0)
        found = select(*kind, func.count(), late).where(*_here(union_id)).group_by(*kind)
        return [Pile(*row) for row in await self.session.execute(found.order_by(*kind))]

    async def page(
        self, union_id: int, piles: Collection[Pile], after: Mark | None, limit: int
    ) -> Sequence[Application]:
        """The first rows behind this mark that lie in one of these piles."""
        kinds = [(each.scheme_id, each.scheme_version, each.stage) for each in piles]
        mine = tuple_(Application.scheme_id, Application.scheme_version, Application.stage)
        found = select(Application).where(*_here(union_id), mine.in_(kinds))
        rows: list[Application] = []
        if after is None or after.due is not None:
            rows += await self._read(_dated(found, after), limit)
        if len(rows) < limit:
            rows += await self._read(_undated(found, after), limit - len(rows))
        return rows

    async def _read(self, found: Select[Application], limit: int) -> Sequence[Application]:
        return (await self.session.scalars(found.limit(limit))).all()


def _here(union_id: int) -> tuple[ColumnElement[bool], ...]:
    return Application.union_id == union_id, Application.state == State.IN_STAGE.value


def _dated(found: Select[Application], after: Mark | None) -> Select[Application]:
    order = (Application.due, Application.rank, Application.id)
    found = found.where(Application.due.is_not(None)).order_by(*order)
    if after is None:
        return found
    return found.where(
        Application.due >= after.due, tuple_(*order) > (after.due, after.rank, after.id)
    )


def _undated(found: Select[Application], after: Mark | None) -> Select[Application]:
    order = (Application.rank, Application.id)
    found = found.where(Application.due.is_(None)).order_by(*order)
    if after is None or after.due is not None:
        return found
    return found.where(tuple_(*order) > (after.rank, after.id))
