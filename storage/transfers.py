"""Transfers from union to union; the reasons are sealed."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from core.errors import NotFound
from storage.book import Book
from storage.tables import Application, Transfer

PLACE = "transfers.reason"


class Transfers(Book):
    """`open` waits for the union that names one; `done` has gone over, or stayed as named."""

    async def add(
        self, application: Application, to: int, namer: int | None, officer_id: int, reason: str
    ) -> Transfer:
        row = Transfer(
            application_id=application.id,
            version=application.version,
            from_union_id=application.union_id or 0,
            to_union_id=to,
            namer_union_id=namer,
            officer_id=officer_id,
            reason_sealed=self.work.vault.seal(reason, PLACE),
            state="open",
            at=self.now,
        )
        self.session.add(row)
        await self.session.flush()
        return row

    def reason(self, row: Transfer) -> str:
        return self.work.vault.open(row.reason_sealed, PLACE)

    def done(self, row: Transfer, named: int) -> None:
        row.state, row.named_union_id, row.decided_at = "done", named, self.now

    async def by_id(self, transfer_id: int) -> Transfer:
        """Raises NotFound."""
        row = await self.session.get(Transfer, transfer_id)
        if row is None:
            raise NotFound(transfer=transfer_id)
        return row

    async def held(self, transfer_id: int) -> Transfer:
        """Nobody else decides it until the end of the unit. Raises NotFound."""
        rows = select(Transfer).where(Transfer.id == transfer_id).with_for_update(key_share=True)
        row = await self.session.scalar(rows.execution_options(populate_existing=True))
        if row is None:
            raise NotFound(transfer=transfer_id)
        return row

    async def of(self, application_id: int) -> Sequence[Transfer]:
        """Oldest first."""
        rows = select(Transfer).where(Transfer.application_id == application_id)
        return (await self.session.scalars(rows.order_by(Transfer.id))).all()

    async def of_unions(
        self, union_ids: Collection[int], limit: int, below: int = 0
    ) -> Sequence[Transfer]:
        """What these unions name or have named, newest first."""
        rows = select(Transfer).where(Transfer.namer_union_id.in_(set(union_ids)))
        if below:
            rows = rows.where(Transfer.id < below)
        order = (Transfer.state.desc(), Transfer.id.desc())
        return (await self.session.scalars(rows.order_by(*order).limit(limit))).all()
