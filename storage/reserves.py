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
        before = mine.where(Application.reserve < application.reserve)
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

    async def has_rank(self, round_id: int, rank: int) -> bool:
        """Whether somebody has, or had, this rank in the line."""
        mine = Application.round_id == round_id, Application.reserve == rank
        return await self.session.scalar(select(Application.id).where(*mine)) is not None

    async def last_rank(self, round_id: int) -> int:
        """The last rank that was given."""
        ranks = select(func.max(Application.reserve)).where(Application.round_id == round_id)
        return await self.session.scalar(ranks) or 0
