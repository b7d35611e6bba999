"""What is to be said: rows written with the cause, sent after the commit.

One row of `outbox` is one message to one chat. A web chat shows its `lines` by itself; for what
is said there unasked, a row of `outbox` that counts as sent keeps the key, so that nothing is
said twice on either side. Whatever shows a card is remembered as a copy of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.book import Book
from storage.tables import Address, Card, CardCopy, Conversation, Line, Outbox

FIRST_LANGUAGE = "zh_CN"
REPLY, NOTIFICATION, BULK = 0, 1, 2
Body = Mapping[str, Any]

# Built once: a statement made anew for each turn would be looked through anew each turn.
FRESH = {
    words: words.insert(Outbox).on_conflict_do_nothing().returning(Outbox.id)
    for words in (postgresql, sqlite)
}
BUBBLE = insert(Line).returning(Line.id)


@dataclass(frozen=True)
class CardShown:
    """A card: about what, at which version of it, and whether it has been closed."""

    id: int
    kind: str
    ref: int
    version: int
    closed: bool


class OutboxBook(Book):
    """Bodies are `handlers.chat.Reply` as JSON."""

    async def say(
        self, conversation_id: int, body: Body, key: str, priority: int = NOTIFICATION
    ) -> None:
        """To every chat of this conversation; nothing where `key` was said there before."""
        chats = select(Address.id, Address.channel, Address.address).where(
            Address.conversation_id == conversation_id, Address.reachable
        )
        for chat in (await self.connection.execute(chats.order_by(Address.id))).all():
            if chat.channel == "telegram":
                here = f"{key}@{chat.id}"
                new = await self._post(here, chat.channel, chat.address, body, priority=priority)
                await self._remember(new, body, conversation_id)
            elif chat.channel == "web":
                mark = {"state": "sent", "priority": priority}
                here = f"{key}@web:{conversation_id}"
                if await self._post(here, chat.channel, chat.address, {}, **mark):
                    await self.line(conversation_id, body, mine=False)

    async def reply(
        self, channel: str, address: str, body: Body, key: str, lease: float = 20.0
    ) -> int:
        """The answer to a turn, leased for `lease` seconds to whoever sends it right away."""
        until = self.now + timedelta(seconds=lease)
        row = {"priority": REPLY, "state": "sending", "not_before": until, "tried": 1}
        new = await self._post(key, channel, address, body, **row)
        if new is None:
            there = select(Outbox.id).where(Outbox.key == key)
            return (await self.connection.execute(there)).scalar_one()
        if body.get("card"):
            chat = select(Address.conversation_id).filter_by(channel=channel, address=address)
            await self._remember(new, body, chat.scalar_subquery())
        return new

    async def line(self, conversation_id: int, body: Body, mine: bool) -> int:
        """One bubble of the web chat; `mine` if the person said it."""
        row = {"conversation_id": conversation_id, "mine": mine, "body": body, "at": self.now}
        new = (await self.connection.execute(BUBBLE, row)).scalar_one()
        if body.get("card"):
            language = await self._language(conversation_id)
            await self.copy(body["card"], line_id=new, language=language)
        return new

    async def card(self, kind: str, ref: int, version: int = 0) -> int:
        """The id of the card about this version of this thing; made if there is none."""
        about = {"kind": kind, "ref": ref, "version": version}
        row = self.insert(Card).values(about).on_conflict_do_nothing().returning(Card.id)
        new = (await self.connection.execute(row)).scalar_one_or_none()
        if new is not None:
            return new
        there = select(Card.id).filter_by(**about)
        return (await self.connection.execute(there)).scalar_one()

    async def shown(self, card_id: int) -> CardShown | None:
        """What a tapped card is about; None for one that never was."""
        columns = select(Card.id, Card.kind, Card.ref, Card.version, Card.closed)
        row = (await self.connection.execute(columns.where(Card.id == card_id))).one_or_none()
        return None if row is None else CardShown(*row)

    async def copy(
        self,
        card_id: int,
        *,
        outbox_id: int | None = None,
        line_id: int | None = None,
        language: str = FIRST_LANGUAGE,
    ) -> None:
        """Remembers where a card is shown. Bodies that name their card are remembered unasked."""
        row = {"card_id": card_id, "outbox_id": outbox_id, "line_id": line_id}
        await self.connection.execute(insert(CardCopy), row | {"language": language})

    async def close_card(self, card_id: int, bodies: Mapping[str, Body]) -> None:
        """All copies show `bodies[language]` from now on, and have no buttons that count.

        A language that is missing gets the Chinese one.
        """
        open_ = update(Card).where(Card.id == card_id, ~Card.closed).values(closed=True)
        if (await self.connection.execute(open_)).rowcount == 0:
            return  # the first word stands
        copies = select(CardCopy.outbox_id, CardCopy.line_id, CardCopy.language)
        rows = await self.connection.execute(copies.where(CardCopy.card_id == card_id))
        for outbox_id, line_id, language in rows.all():
            body = bodies.get(language, bodies[FIRST_LANGUAGE])
            if line_id is not None:
                line = update(Line).where(Line.id == line_id).values(body=body)
                await self.connection.execute(line)
            if outbox_id is not None:
                await self._change(outbox_id, body)

    async def _change(self, outbox_id: int, body: Body) -> None:
        """A message not sent yet is sent as `body`; one that is out, or on its way, is edited."""
        here = Outbox.id == outbox_id
        row = select(Outbox.channel, Outbox.address, Outbox.state, Outbox.sent_id).where(here)
        row = row.with_for_update(key_share=True)
        message = (await self.connection.execute(row)).one()
        if message.state in ("waiting", "sending"):
            await self.connection.execute(update(Outbox).where(here).values(body=body))
        if message.state in ("sending", "sent"):
            # On its way: nobody knows its id yet. `Post.sent` lets go of the edit that is held.
            state = "waiting" if message.sent_id else "held"
            about = {"edits": message.sent_id, "state": state, "priority": NOTIFICATION}
            key = key_of_edit(outbox_id)
            await self._post(key, message.channel, message.address, body, **about)

    async def _post(
        self, key: str, channel: str, address: str, body: Body, **other: Any
    ) -> int | None:
        """A row of the outbox; None if the key is there already."""
        row = {"key": key, "channel": channel, "address": address, "body": body}
        row |= {"not_before": self.now, "at": self.now} | other
        fresh = FRESH[postgresql if self.work.postgres else sqlite]
        return (await self.connection.execute(fresh, row)).scalar_one_or_none()

    async def _remember(self, outbox_id: int | None, body: Body, conversation: Any) -> None:
        if outbox_id is not None and body.get("card"):
            language = await self._language(conversation)
            await self.copy(body["card"], outbox_id=outbox_id, language=language)

    async def _language(self, conversation: Any) -> str:
        speaks = select(Conversation.language).where(Conversation.id == conversation)
        return (await self.connection.execute(speaks)).scalar_one()


def key_of_edit(outbox_id: int) -> str:
    """Of the row that changes a message: there is one, and it is found by its message."""
    return f"edit:{outbox_id}"
