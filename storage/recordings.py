"""What officers have written down for somebody, until it is confirmed and sent."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from core.errors import NotFound
from storage.book import Book
from storage.tables import Draft, Recording

GOING = ("open", "asked")


class Recordings(Book):
    """Each has a folder of its own."""

    async def begin(
        self, officer_id: int, union_id: int, worker_id: int, scheme_id: str, taken_in: int | None
    ) -> Recording:
        """`taken_in`: the union that is to take it in, where that is clear."""
        draft = Draft(
            worker_id=worker_id,
            scheme_id=scheme_id,
            state="oral",
            began_at=self.now,
            accepting_union_id=taken_in,
        )
        self.session.add(draft)
        await self.session.flush()
        row = Recording(
            officer_id=officer_id,
            union_id=union_id,
            worker_id=worker_id,
            scheme_id=scheme_id,
            draft_id=draft.id,
            state="open",
            version=1,
            facts={},
            place={},
            at=self.now,
        )
        self.session.add(row)
        await self.session.flush()
        return row

    async def held(self, recording_id: int) -> Recording:
        """Nobody else changes it until the end of the unit. Raises NotFound."""
        rows = select(Recording).where(Recording.id == recording_id)
        rows = rows.with_for_update(key_share=True).execution_options(populate_existing=True)
        row = await self.session.scalar(rows)
        if row is None:
            raise NotFound(recording=recording_id)
        return row

    async def of_union(self, union_id: int, limit: int = 50) -> Sequence[Recording]:
        """Newest first."""
        rows = select(Recording).where(Recording.union_id == union_id)
        return (await self.session.scalars(rows.order_by(Recording.id.desc()).limit(limit))).all()

    async def going(self, officer_id: int) -> Sequence[Recording]:
        """What this officer has not brought to an end, oldest first."""
        mine = Recording.officer_id == officer_id
        rows = select(Recording).where(mine, Recording.state.in_(GOING))
        return (await self.session.scalars(rows.order_by(Recording.id))).all()

    async def recorders(self, application_ids: Collection[int]) -> dict[int, int]:
        """Who wrote each of these down; those that were sent by the person are not there."""
        columns = select(Recording.application_id, Recording.officer_id)
        rows = columns.where(Recording.application_id.in_(set(application_ids)))
        found = await self.connection.execute(rows)
        return {row.application_id: row.officer_id for row in found if row.application_id}
