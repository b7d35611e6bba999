"""Who gets a broadcast: written down in pieces, each in a transaction of a tenth of a second.

`broadcasts.filled` moves with each piece, so a process that dies leaves nothing half done. A web
chat needs no sending: its bubble is written here, together with its recipient.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Subquery,
    and_,
    case,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased

from storage.among import among
from storage.book import Book
from storage.outbox import FIRST_LANGUAGE
from storage.tables import (
    Address,
    Broadcast,
    Conversation,
    Delivery,
    Json,
    Line,
    Moment,
    Union,
    Worker,
)

PIECE = 20_000  # addresses looked at in one transaction
CHANNELS = ("telegram", "web")


class Recipients(Book):
    """Writes deliveries down."""

    async def write_piece(self) -> bool:
        """The next piece of the oldest broadcast; False if none has pieces left."""
        heads = select(Broadcast.id, Broadcast.bodies, Broadcast.audience, Broadcast.filled)
        heads = heads.where(Broadcast.state == "filling").order_by(Broadcast.id).limit(1)
        locked = heads.with_for_update(key_share=True)
        head = (await self.connection.execute(locked)).one_or_none()
        if head is None:
            return False
        newest = await self.connection.execute(select(func.coalesce(func.max(Address.id), 0)))
        last = newest.scalar_one()
        upto = min(head.filled + PIECE, last)
        number = await self._write(head, upto) if upto > head.filled else 0
        moved = (
            update(Broadcast)
            .where(Broadcast.id == head.id)
            .values(
                filled=upto,
                total=Broadcast.total + number,
                state="running" if upto == last else "filling",
            )
        )
        await self.connection.execute(moved)
        return True

    async def _write(self, head: Row[Any], upto: int) -> int:
        """Deliveries and bubbles for the addresses up to this one; how many deliveries."""
        chats = self._chats(head, upto)
        wanted = {"wanted": head.audience["conversations"]}
        on_web = chats.c.channel == "web"
        state = case((on_web, "sent"), else_="waiting")
        rows = select(
            *(literal(head.id), chats.c.address_id, state, literal(self.now, Moment), literal(0))
        )
        columns = ["broadcast_id", "address_id", "state", "not_before", "tried"]
        deliveries = insert(Delivery).from_select(columns, rows)
        await self.connection.execute(deliveries, wanted)
        body = in_language(head.bodies, chats.c.language)
        bubbles = select(chats.c.conversation_id, literal(False), body, literal(self.now, Moment))
        columns = ["conversation_id", "mine", "body", "at"]
        lines = insert(Line).from_select(columns, bubbles.where(on_web))
        await self.connection.execute(lines, wanted)
        written = select(func.count()).where(
            Delivery.broadcast_id == head.id,
            Delivery.address_id > head.filled,
            Delivery.address_id <= upto,
        )
        return (await self.connection.execute(written)).scalar_one()

    def _chats(self, head: Row[Any], upto: int) -> Subquery:
        """Addresses of this piece; of a conversation's web addresses, the first."""
        other = aliased(Address)
        # The condition inside: beside `conversation_id`, planners would read all web addresses.
        first = select(func.min(case((other.channel == "web", other.id)))).where(
            other.conversation_id == Address.conversation_id
        )
        columns = (Address.channel, Address.conversation_id, Conversation.language)
        return (
            select(Address.id.label("address_id"), *columns)
            .join(Conversation, Conversation.id == Address.conversation_id)
            .outerjoin(Worker, Worker.id == Conversation.worker_id)
            .where(
                Address.id > head.filled,
                Address.id <= upto,
                Address.reachable,
                Address.channel.in_(CHANNELS),
                or_(Address.channel != "web", Address.id == first.scalar_subquery()),
                self._meant(head.audience),
            )
            .subquery()
        )

    def _meant(self, audience: Mapping[str, Sequence[int]]) -> ColumnElement[bool]:
        roots = select(Union.id).where(Union.id.in_(audience["unions"]))
        below = roots.cte("below", recursive=True)
        below = below.union(select(Union.id).join(below, Union.parent_id == below.c.id))
        member = and_(Worker.active, Worker.union_id.in_(select(below.c.id)))
        return or_(member, among(self.connection.dialect.name, Conversation.id))


def in_language(bodies: Mapping[str, Any], language: ColumnElement[str]) -> ColumnElement[Any]:
    """The body for a language; the Chinese one where there is none."""
    each = [(language == name, literal(body, Json)) for name, body in bodies.items()]
    return case(*each, else_=literal(bodies[FIRST_LANGUAGE], Json))
