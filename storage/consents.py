"""Consents: to one purpose, under the wording that was shown, until withdrawn."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, insert, select, update

from storage.book import Book
from storage.tables import Consent


class Consents(Book):
    """Purposes are general, identity and bank; `wording` is a hash of the text shown."""

    async def give(
        self,
        conversation_id: int,
        purpose: str,
        wording: str,
        channel: str,
        worker_id: int | None = None,
    ) -> None:
        """Noted once: consenting again to the same text changes nothing."""
        if await self.holds(conversation_id, purpose, wording):
            return
        row = {
            "conversation_id": conversation_id,
            "worker_id": worker_id,
            "purpose": purpose,
            "wording": wording,
            "channel": channel,
            "given_at": self.now,
        }
        await self.connection.execute(insert(Consent), row)

    async def withdraw(self, conversation_id: int, purpose: str) -> bool:
        """Under every wording. Whether there was anything to withdraw."""
        given = update(Consent).where(standing(conversation_id), Consent.purpose == purpose)
        return (await self.connection.execute(given.values(withdrawn_at=self.now))).rowcount > 0

    async def holds(self, conversation_id: int, purpose: str, wording: str) -> bool:
        """Given under this very wording: a changed text has to be asked again."""
        given = select(Consent.id).where(
            standing(conversation_id), Consent.purpose == purpose, Consent.wording == wording
        )
        return await self.connection.scalar(given.limit(1)) is not None

    async def of(self, conversation_id: int) -> Sequence[Consent]:
        """All that were ever given here, oldest first, withdrawn ones too."""
        given = select(Consent).where(Consent.conversation_id == conversation_id)
        return (await self.session.scalars(given.order_by(Consent.id))).all()


def standing(conversation_id: int) -> ColumnElement[bool]:
    return and_(Consent.conversation_id == conversation_id, Consent.withdrawn_at.is_(None))
