"""Claw-backs: the record of integrity of those who were paid what was not theirs."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from core.errors import NotFound
from storage.book import Book
from storage.tables import Application, ClawBack


class ClawBacks(Book):
    """Open until the money has come back; the row stays."""

    async def open(self, application: Application, finding: str, officer_id: int) -> ClawBack:
        owed = ClawBack(
            application_id=application.id,
            identity_index=application.identity_index,
            amount_fen=application.amount_fen,
            finding=finding,
            officer_id=officer_id,
            opened_at=self.now,
        )
        self.session.add(owed)
        await self.session.flush()
        return owed

    async def held(self, claw_back_id: int) -> ClawBack:
        """Raises NotFound."""
        rows = select(ClawBack).where(ClawBack.id == claw_back_id).with_for_update(key_share=True)
        found = await self.session.scalar(rows.execution_options(populate_existing=True))
        if found is None:
            raise NotFound(claw_back=claw_back_id)
        return found

    async def owing(self, identity_indexes: Collection[str]) -> set[str]:
        """Those of these persons who have money to give back."""
        rows = select(ClawBack.identity_index).where(
            ClawBack.identity_index.in_(set(identity_indexes)), ClawBack.repaid_at.is_(None)
        )
        return set(await self.session.scalars(rows))

    async def all(self) -> Sequence[ClawBack]:
        """Newest first."""
        return (await self.session.scalars(select(ClawBack).order_by(ClawBack.id.desc()))).all()
