"""Who stands in for whom: named for some days, over by themselves or ended."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from core.errors import NotFound
from storage.book import Book
from storage.tables import Officer, StandIn

AWAY, DEPUTY = aliased(Officer), aliased(Officer)


@dataclass(frozen=True)
class Standing:
    """A row with the two it is about."""

    row: StandIn
    officer: Officer
    deputy: Officer


class StandIns(Book):
    """Only what still holds is in force: both are there, and hold the offices they held."""

    async def add(
        self, officer: Officer, deputy: Officer, first: date, last: date, by: int
    ) -> StandIn:
        row = StandIn(
            officer_id=officer.id,
            union_id=officer.union_id,
            role=officer.role,
            deputy_id=deputy.id,
            deputy_union_id=deputy.union_id,
            first_day=first,
            last_day=last,
            named_by=by,
            named_at=self.now,
        )
        self.session.add(row)
        await self.session.flush()
        return row

    async def by_id(self, stand_in_id: int) -> Standing:
        """Raises NotFound."""
        found = await self._read(StandIn.id == stand_in_id)
        if not found:
            raise NotFound(stand_in=stand_in_id)
        return found[0]

    async def hold(self, *officer_ids: int) -> None:
        """Whoever else names somebody for one of these waits until this unit is over."""
        rows = select(Officer.id).where(Officer.id.in_(officer_ids)).order_by(Officer.id)
        await self.connection.execute(rows.with_for_update())

    async def worn_by(self, deputy_id: int, day: date) -> Sequence[Standing]:
        """For whom this officer stands in on this day."""
        return await self._read(StandIn.deputy_id == deputy_id, _holds(day))

    async def instead_of(self, officer_ids: Collection[int], day: date) -> Sequence[Standing]:
        """Who stands in for one of these on this day."""
        return await self._read(StandIn.officer_id.in_(set(officer_ids)), _holds(day))

    async def between(self, officer_id: int, first: date, last: date) -> Sequence[Standing]:
        """Who stands in for this officer on one of these days."""
        met = and_(StandIn.first_day <= last, StandIn.last_day >= first)
        return await self._read(StandIn.officer_id == officer_id, StandIn.ended_at.is_(None), met)

    async def about(self, officer_id: int, day: date) -> Sequence[Standing]:
        """Both ways, from this day on, the nearest first."""
        mine = or_(StandIn.officer_id == officer_id, StandIn.deputy_id == officer_id)
        return await self._read(mine, StandIn.ended_at.is_(None), StandIn.last_day >= day)

    async def of_unions(self, union_ids: Collection[int], day: date) -> Sequence[Standing]:
        """For the officers of these, from this day on."""
        theirs = StandIn.union_id.in_(set(union_ids))
        return await self._read(theirs, StandIn.ended_at.is_(None), StandIn.last_day >= day)

    async def _read(self, *which: ColumnElement[bool]) -> Sequence[Standing]:
        rows = (
            select(StandIn, AWAY, DEPUTY)
            .join(AWAY, AWAY.id == StandIn.officer_id)
            .join(DEPUTY, DEPUTY.id == StandIn.deputy_id)
            .where(*which)
            .order_by(StandIn.first_day, StandIn.id)
        )
        return [Standing(*row) for row in await self.session.execute(rows)]


def _holds(day: date) -> ColumnElement[bool]:
    here = and_(AWAY.active, AWAY.union_id == StandIn.union_id, AWAY.role == StandIn.role)
    there = and_(DEPUTY.active, DEPUTY.union_id == StandIn.deputy_union_id)
    days = and_(StandIn.first_day <= day, StandIn.last_day >= day, StandIn.ended_at.is_(None))
    return and_(here, there, days)
