"""What officers have written down for somebody, until it is confirmed and sent."""

from collections.abc import Collection, Sequence

from sqlalchemy import or_, select

from core.errors import NotFound
from storage.book import Book
from storage.tables import Draft, Officer, Recording

GOING = ("open", "asked")


class Recordings(Book):
    """Each has a folder of its own."""

    async def begin(
        self,
        officer_id: int,
        instead_of_id: int | None,
        union_id: int,
        worker_id: int,
        scheme_id: str,
        taken_in: int | None,
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
            instead_of_id=instead_of_id,
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

    async def there(self, recording_id: int) -> bool:
        """False once the person has asked us to forget."""
        row = select(Recording.id).where(Recording.id == recording_id)
        return await self.session.scalar(row) is not None

    async def of_unions(self, union_ids: Collection[int], limit: int = 50) -> Sequence[Recording]:
        """Newest first."""
        rows = select(Recording).where(Recording.union_id.in_(set(union_ids)))
        return (await self.session.scalars(rows.order_by(Recording.id.desc()).limit(limit))).all()

    async def going(
        self, officer_ids: Collection[int], union_ids: Collection[int]
    ) -> Sequence[Recording]:
        """What these officers have not brought to an end in these unions, oldest first."""
        those = set(officer_ids)
        theirs = or_(Recording.officer_id.in_(those), Recording.instead_of_id.in_(those))
        here = Recording.union_id.in_(set(union_ids))
        rows = select(Recording).where(theirs, here, Recording.state.in_(GOING))
        return (await self.session.scalars(rows.order_by(Recording.id))).all()

    async def behind(self, application_id: int) -> tuple[str, str] | None:
        """How an application that was written down for somebody was confirmed, and by whom it was
        written down; None for one that was sent by the person."""
        found = (
            select(Recording.proof, Officer.name)
            .join(Officer, Officer.id == Recording.officer_id)
            .where(Recording.application_id == application_id)
        )
        row = (await self.connection.execute(found)).first()
        return (row[0], row[1]) if row else None

    async def recorders(self, application_ids: Collection[int]) -> dict[int, set[int]]:
        """Who wrote each of these down, and for whom; what the person sent is not there."""
        columns = select(Recording.application_id, Recording.officer_id, Recording.instead_of_id)
        rows = columns.where(Recording.application_id.in_(set(application_ids)))
        return {
            application or 0: {each for each in both if each}
            for application, *both in await self.connection.execute(rows)
        }
