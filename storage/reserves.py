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

    async def first(self, round_id: int) -> Application | None:
        """The next to move up, held."""
        mine = select(Application).where(Application.round_id == round_id, WAITS)
        first = mine.order_by(Application.reserve).limit(1).with_for_update(key_share=True)
        return await self.session.scalar(first.execution_options(populate_existing=True))

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

    async def lost(self, round_id: int) -> Sequence[int]:
        """The steps in which places were lost, in order of time."""
        ended = Application.state.in_([state.value for state in ENDED])
        mine = select(Application.stage).where(Application.round_id == round_id, ended, HOLDER)
        ordered = mine.order_by(Application.decided_at, Application.id)
        return (await self.session.scalars(ordered)).all()

    async def moved_up(self, round_id: int) -> int:
        """How many have moved up so far."""
        mine = Application.round_id == round_id, Application.moved_up_at.is_not(None)
        return await self.session.scalar(select(func.count()).where(*mine)) or 0

    async def has_rank(self, round_id: int, rank: int) -> bool:
        """Whether somebody has, or had, this rank in the line."""
        mine = Application.round_id == round_id, Application.reserve == rank
        return await self.session.scalar(select(Application.id).where(*mine)) is not None

    async def last_rank(self, round_id: int) -> int:
        """The last rank that was given."""
        ranks = select(func.max(Application.reserve)).where(Application.round_id == round_id)
        return await self.session.scalar(ranks) or 0
