"""Forget me: everything a person left with us that no decision rests on."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update

from storage.book import Book
from storage.known import KnownFacts
from storage.tables import (
    Address,
    Application,
    Attachment,
    CardCopy,
    Code,
    Consent,
    Conversation,
    Draft,
    Handover,
    Known,
    Line,
    ObjectionPaper,
    Outbox,
    Paper,
    PleaPaper,
    Recording,
    Subject,
    Worker,
)


@dataclass(frozen=True)
class Gone:
    """How many rows went, and the files nobody holds any more."""

    rows: int
    digests: list[str]


class Privacy(Book):
    """Erases; what has been decided on stays with its decision."""

    async def expire(self, before: datetime) -> Gone:
        """What was said before this instant, folders never sent, and papers thrown out of them."""
        old = select(Line.id).where(Line.at < before)
        await self.connection.execute(delete(CardCopy).where(CardCopy.line_id.in_(old)))
        lines = await self.connection.execute(delete(Line).where(Line.at < before))
        done = (Outbox.at < before) & Outbox.state.in_(("sent", "closed"))
        await self.connection.execute(update(Outbox).where(done).values(body={"text": ""}))
        await self.connection.execute(delete(Handover).where(Handover.answered_at < before))
        folders = await self._unsent(Draft.began_at < before)
        thrown_out = await self._thrown_out()
        return Gone(
            lines.rowcount + folders.rows + thrown_out.rows, folders.digests + thrown_out.digests
        )

    async def _thrown_out(self) -> Gone:
        """Pages the worker has removed; those of a folder that was sent stay with the decision."""
        sent = select(Application.draft_id)
        removed = Paper.removed_at.is_not(None) & Paper.draft_id.not_in(sent)
        papers = delete(Paper).where(removed).returning(Paper.digest)
        digests = (await self.connection.scalars(papers)).all()
        return Gone(len(digests), await self._unheld(set(digests)))

    async def erase(self, conversation_id: int, worker_id: int | None) -> list[str]:
        """Bubbles, messages still to be sent, codes and unsent folders of this person.

        Returns the digests of papers nobody holds any more, for the file store to remove.
        """
        await self._messages(conversation_id)
        if worker_id:
            await KnownFacts(self.work).said(worker_id, {})
        gone = await self._unsent(Draft.worker_id == worker_id) if worker_id else Gone(0, [])
        row = update(Conversation).where(Conversation.id == conversation_id)
        await self.connection.execute(row.values(worker_id=None, facts={}))
        if worker_id:
            await self._guest(worker_id)
        return gone.digests

    async def _guest(self, worker_id: int) -> None:
        """Who is on no roster is here by his own word: it goes, unless an application rests on it.

        Then the name and the number stay with the file, and the telephone goes.
        """
        me = (Worker.id == worker_id) & Worker.guest
        mute = update(Worker).where(me).values(phone_sealed=None, phone_index=None)
        if (await self.connection.execute(mute)).rowcount == 0:
            return
        rests = select(Application.id).where(Application.worker_id == worker_id).limit(1)
        if await self.connection.scalar(rests) is not None:
            return
        for table in (Consent, Handover):
            mine = update(table).where(table.worker_id == worker_id)
            await self.connection.execute(mine.values(worker_id=None))
        await self.connection.execute(delete(Known).where(Known.worker_id == worker_id))
        await self.connection.execute(delete(Worker).where(me))

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
        asked = delete(Handover).where(Handover.conversation_id == conversation_id)
        await self.connection.execute(asked)
        await self.connection.execute(delete(Code).where(Code.conversation_id == conversation_id))

    async def _unsent(self, which: ColumnElement[bool]) -> Gone:
        """Folders no application rests on, with their papers."""
        sent = select(Application.draft_id)
        unsent = select(Draft.id).where(which, Draft.id.not_in(sent))
        written = delete(Recording).where(Recording.draft_id.in_(unsent))
        await self.connection.execute(written)
        told = delete(Subject).where(Subject.draft_id.in_(unsent))
        await self.connection.execute(told)
        papers = delete(Paper).where(Paper.draft_id.in_(unsent)).returning(Paper.digest)
        digests = set((await self.connection.scalars(papers)).all())
        drafts = delete(Draft).where(which, Draft.id.not_in(sent))
        rows = (await self.connection.execute(drafts)).rowcount
        return Gone(rows, await self._unheld(digests))

    async def _unheld(self, digests: set[str]) -> list[str]:
        """Those of these contents that no paper needs any more."""
        held = await self.connection.scalars(select(Paper.digest).where(Paper.digest.in_(digests)))
        left = digests - set(held.all())
        for table in (Attachment, ObjectionPaper, PleaPaper):
            put = select(table.digest).where(table.digest.in_(digests))
            left -= set(await self.connection.scalars(put))
        return sorted(left)
