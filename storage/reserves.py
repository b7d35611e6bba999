"""Those who wait for a place in a round, in their order, and what has become free for them."""

from collections.abc import Sequence

from sqlalchemy import func, or_, select

from core.workflow import ENDED, State
from storage.book import Book
from storage.tables import Application

HOLDER = or_(Application.reserve.is_(None), Application.moved_up_at.is_not(None))
WAITS = Application.state == State.RESERVE.value


class Reserves(Book):
    """What is counted here holds only while the round is held: every place is given under it."""

    async def of(self, round_id: int) -> Sequence[Application]:
        """Who waits, the first to move up first."""
        mine = select(Application).where(Application.round_id == round_id, WAITS)
        return (await self.session.scalars(mine.order_by(Application.reserve))).all()

    async def ahead(self, application: Application) -> int:
        """How many wait before this one."""
        mine = select(func.count()).where(Application.round_id == application.round_id, WAITS)
        same = mine.where(Application.reserve_of == application.reserve_of)
        before = same.where(Application.reserve < application.reserve)
        return await self.session.scalar(before) or 0

    async def holders(self, round_id: int, after: int = -1) -> int:
        """How many hold a place: they are further than the step that gives it."""
        mine = select(func.count()).where(
            Application.round_id == round_id, Application.live, ~WAITS, Application.stage > after
        )
        return await self.session.scalar(mine) or 0

    async def lost(self, round_id: int) -> Sequence[tuple[int, int]]:
        """The steps in which places were lost, and the base unions that did, in order of time."""
        ended = Application.state.in_([state.value for state in ENDED])
        columns = Application.stage, Application.base_union_id
        mine = select(*columns).where(Application.round_id == round_id, ended, HOLDER)
        ordered = mine.order_by(Application.decided_at, Application.id)
        return [(stage, base) for stage, base in await self.session.execute(ordered)]

    async def moved_up(self, round_id: int) -> Sequence[int]:
        """The base unions of those who have moved up so far."""
        mine = Application.round_id == round_id, Application.moved_up_at.is_not(None)
        return (await self.session.scalars(select(Application.base_union_id).where(*mine))).all()

    async def has_rank(self, round_id: int, list_of: int, rank: int) -> bool:
        """Whether somebody has, or had, this rank on the list of this union (0: of the round)."""
        mine = Application.round_id == round_id, Application.reserve_of == list_of
        found = select(Application.id).where(*mine, Application.reserve == rank)
        return await self.session.scalar(found) is not None

    async def last_rank(self, round_id: int, list_of: int = 0) -> int:
        """The last rank that was given on this list."""
        mine = Application.round_id == round_id, Application.reserve_of == list_of
        return await self.session.scalar(select(func.max(Application.reserve)).where(*mine)) or 0
