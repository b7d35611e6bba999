"""Conversations and the addresses that lead to them: two statements for each turn.

A turn finds its conversation and writes it back. Everything else here happens rarely.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, delete, insert, select, update

from core.errors import NotFound
from storage.book import Book
from storage.known import KnownFacts
from storage.tables import Address, Conversation, Line, Worker


@dataclass(slots=True)
class Talk:
    """A conversation as the turn at hand holds it, and the address it was reached through.

    Found by worker or id, it has no address: `address_id` is 0.
    """

    id: int
    worker_id: int | None
    officer_id: int | None
    language: str
    topic: str
    state: dict[str, Any]
    facts: dict[str, Any]
    reply: dict[str, Any]
    step: int
    seen: dict[str, int]
    at: datetime
    address_id: int = 0
    channel: str = ""
    address: str = ""
    told: tuple[int | None, dict[str, Any]] = field(init=False)  # worker and facts, as written

    def __post_init__(self) -> None:
        self.told = (self.worker_id, self.facts)

    def has_seen(self, row: int) -> bool:
        """Whether this inbox row, or a later one of the same address, has been answered."""
        return row <= self.seen.get(str(self.address_id), 0)

    def saw(self, row: int) -> None:
        """Two addresses of one conversation have lanes of their own: each has its own mark."""
        self.seen = self.seen | {str(self.address_id): row}


@dataclass(frozen=True, slots=True)
class Chat:
    """An address that leads to a conversation; unreachable once the channel has said so."""

    id: int
    channel: str
    address: str
    conversation_id: int
    reachable: bool


COLUMNS = (
    Conversation.id,
    Conversation.worker_id,
    Conversation.officer_id,
    Conversation.language,
    Conversation.topic,
    Conversation.state,
    Conversation.facts,
    Conversation.reply,
    Conversation.step,
    Conversation.seen,
    Conversation.at,
)
TALKS: Select[Any] = select(*COLUMNS)
FIND: Select[Any] = (
    select(Address.reachable, *COLUMNS, Address.id.label("address_id"))
    .join_from(Address, Conversation, Address.conversation_id == Conversation.id)
    .where(
        Address.channel == bindparam("channel", type_=Address.channel.type),
        Address.address == bindparam("address", type_=Address.address.type),
    )
)
# Built once: a statement made anew each turn would be looked through anew each turn.
# NO KEY: lines and consents that refer to the conversation need not wait.
HOLD = FIND.with_for_update(key_share=True)
CHATS = select(
    Address.id, Address.channel, Address.address, Address.conversation_id, Address.reachable
).order_by(Address.id)
WRITE = update(Conversation).where(Conversation.id == bindparam("talk"))


class Conversations(Book):
    """Found by the address a turn came from; held until the end of the unit if it may write."""

    async def of(self, channel: str, address: str, language: str) -> Talk:
        """The conversation this address leads to; a new one, in this language, if none yet."""
        talk = await self.find(channel, address)
        if talk is None:
            await self._begin(channel, address, language)
            talk = await self.find(channel, address)
        if talk is None:
            raise RuntimeError("an address is taken, but leads nowhere")
        return talk

    async def find(self, channel: str, address: str) -> Talk | None:
        """The conversation this address leads to, or None if it has never written."""
        find = HOLD if self.work.writing else FIND
        rows = await self.connection.execute(find, {"channel": channel, "address": address})
        row = rows.one_or_none()
        if row is None:
            return None
        if not row.reachable and self.work.writing:  # whoever writes to us can be written to
            await self._reach(channel, address, True)
        return Talk(*[*row[1:], channel, address])

    async def write(self, talk: Talk) -> None:
        """Writes all of it: a statement that never changes its shape is prepared once."""
        talk.at = self.now
        row = {column.key: getattr(talk, column.key) for column in COLUMNS[1:]}
        await self.connection.execute(WRITE, {"talk": talk.id, **row})
        before, facts = talk.told
        if talk.worker_id == before and (talk.facts is facts or before is None):
            return
        talk.told = (talk.worker_id, talk.facts)
        known = KnownFacts(self.work)
        if before is not None and before != talk.worker_id:
            await known.said(before, {})
        if talk.worker_id is not None:
            await known.said(talk.worker_id, talk.facts)

    async def lead_to(self, talk: Talk, conversation_id: int) -> None:
        """From now on this address leads to another conversation, and `talk` becomes that one.

        What was said moves along. The conversation left behind stays: consents refer to it.
        """
        there = await self._one(self._held(TALKS.where(Conversation.id == conversation_id)))
        if there is None:
            raise NotFound
        row = update(Address).where(Address.id == talk.address_id)
        await self.connection.execute(row.values(conversation_id=conversation_id))
        bubbles = update(Line).where(Line.conversation_id == talk.id)
        await self.connection.execute(bubbles.values(conversation_id=conversation_id))
        there.seen = there.seen | talk.seen  # the update at hand is not new over there
        for column in COLUMNS:
            setattr(talk, column.key, getattr(there, column.key))
        talk.told = there.told

    async def by_id(self, conversation_id: int) -> Talk | None:
        return await self._one(TALKS.where(Conversation.id == conversation_id))

    async def for_worker(self, worker_id: int, hold: bool = False) -> Talk | None:
        """The worker's conversation. With `hold`, nobody else can bind this worker meanwhile."""
        if hold:
            await self.connection.execute(
                self._held(select(Worker.id).where(Worker.id == worker_id))
            )
        return await self._one(TALKS.where(Conversation.worker_id == worker_id))

    async def for_officer(self, officer_id: int) -> Sequence[Talk]:
        """One for each chat in which the officer's code was used."""
        talks = TALKS.where(Conversation.officer_id == officer_id).order_by(Conversation.id)
        return [Talk(*row) for row in await self.connection.execute(talks)]

    async def addresses(self, conversation_id: int) -> Sequence[Chat]:
        chats = CHATS.where(Address.conversation_id == conversation_id)
        return [Chat(*row) for row in await self.connection.execute(chats)]

    async def unreachable(self, channel: str, address: str) -> None:
        """The channel has said that nothing arrives there any more."""
        await self._reach(channel, address, False)

    async def _begin(self, channel: str, address: str, language: str) -> None:
        began = insert(Conversation).returning(Conversation.id)
        new = await self.connection.scalar(began, {"language": language, "at": self.now})
        row = {"channel": channel, "address": address, "conversation_id": new, "at": self.now}
        leads = self.insert(Address).values(row).on_conflict_do_nothing().returning(Address.id)
        if await self.connection.scalar(leads) is None:  # its other first message was faster
            await self.connection.execute(delete(Conversation).where(Conversation.id == new))

    async def _one(self, talks: Select[Any]) -> Talk | None:
        row = (await self.connection.execute(talks)).one_or_none()
        return None if row is None else Talk(*row)

    async def _reach(self, channel: str, address: str, reachable: bool) -> None:
        chat = update(Address).where(Address.channel == channel, Address.address == address)
        await self.connection.execute(chat.values(reachable=reachable))

    def _held(self, rows: Select[Any]) -> Select[Any]:
        return rows.with_for_update(key_share=True) if self.work.writing else rows
