"""Forget me: everything a person left with us that no decision rests on."""

from sqlalchemy import delete, select, update

from storage.book import Book
from storage.tables import (
    Address,
    Application,
    CardCopy,
    Code,
    Conversation,
    Draft,
    Line,
    Outbox,
    Paper,
)


class Privacy(Book):
    """Erases; what has been decided on stays with its decision."""

    async def erase(self, conversation_id: int, worker_id: int | None) -> list[str]:
        """Bubbles, messages still to be sent, codes and unsent folders of this person.

        Returns the digests of papers nobody holds any more, for the file store to remove.
        """
        await self._messages(conversation_id)
        gone = await self._folders(worker_id) if worker_id else []
        row = update(Conversation).where(Conversation.id == conversation_id)
        await self.connection.execute(row.values(worker_id=None, facts={}))
        return gone

    async def _messages(self, conversation_id: int) -> None:
        mine = select(Line.id).where(Line.conversation_id == conversation_id)
        await self.connection.execute(delete(CardCopy).where(CardCopy.line_id.in_(mine)))
        await self.connection.execute(delete(Line).where(Line.conversation_id == conversation_id))
        chats = select(Address.address).where(
            Address.conversation_id == conversation_id, Address.channel == "telegram"
        )
        waiting = Outbox.address.in_(chats) & (Outbox.channel == "telegram")
        emptied = update(Outbox).where(waiting).values(body={"text": ""}, state="closed")
        await self.connection.execute(emptied)
        await self.connection.execute(delete(Code).where(Code.conversation_id == conversation_id))

    async def _folders(self, worker_id: int) -> list[str]:
        sent = select(Application.draft_id).where(Application.worker_id == worker_id)
        unsent = select(Draft.id).where(Draft.worker_id == worker_id, Draft.id.not_in(sent))
        papers = delete(Paper).where(Paper.draft_id.in_(unsent)).returning(Paper.digest)
        digests = set((await self.connection.scalars(papers)).all())
        await self.connection.execute(
            delete(Draft).where(Draft.worker_id == worker_id, Draft.id.not_in(sent))
        )
        held = await self.connection.scalars(select(Paper.digest).where(Paper.digest.in_(digests)))
        return sorted(digests - set(held.all()))
