"""Places of a round that each union has to give, and how many it has given."""

from collections.abc import Mapping

from sqlalchemy import delete, func, select

from storage.book import Book
from storage.reserves import WAITS
from storage.tables import Allotment, Application


class Allotments(Book):
    """What is counted here holds only while the round is held."""

    async def of(self, round_id: int) -> dict[int, int]:
        """The places of each union for which a number is set."""
        mine = select(Allotment.union_id, Allotment.places).where(Allotment.round_id == round_id)
        return {row.union_id: row.places for row in await self.session.execute(mine)}

    async def write(self, round_id: int, numbers: Mapping[int, int]) -> None:
        """These, and no others."""
        await self.session.execute(delete(Allotment).where(Allotment.round_id == round_id))
        rows = [Allotment(round_id=round_id, union_id=u, places=n) for u, n in numbers.items()]
        self.session.add_all(rows)
        await self.session.flush()

    async def given(self, round_id: int, step: int) -> dict[int, int]:
        """How many are further than this step, by base union."""
        mine = (
            select(Application.base_union_id, func.count().label("many"))
            .where(Application.round_id == round_id, Application.live, ~WAITS)
            .where(Application.stage > step)
            .group_by(Application.base_union_id)
        )
        return {row.base_union_id: row.many for row in await self.session.execute(mine)}
