"""Hands the deliveries of broadcasts out by lease; to the delivery loop it looks like the post.

The number of a delivery is made of its broadcast and its address.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, exists, select, update

from storage.among import among
from storage.database import Database
from storage.gather import Gatherer
from storage.outbox import BULK, FIRST_LANGUAGE
from storage.post import Parcel
from storage.recipients import Recipients
from storage.tables import Address, Broadcast, Conversation, Delivery
from storage.unit import Unit

FACTOR = 1 << 40  # more addresses than there are people
SENT = (
    update(Delivery)
    .where(Delivery.broadcast_id == bindparam("broadcast"))
    .where(Delivery.address_id == bindparam("address"))
    .values(state="sent")
)


def this(row: int) -> ColumnElement[bool]:
    broadcast_id, address_id = divmod(row, FACTOR)
    return (Delivery.broadcast_id == broadcast_id) & (Delivery.address_id == address_id)


class Mailing:
    """Its own transactions; to be awaited outside any unit."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._sent: Gatherer[int, None] = Gatherer(self._write_sent)

    async def fill(self) -> bool:
        """Writes the next piece of recipients down; False if there was nothing to write."""
        filling = select(exists().where(Broadcast.state == "filling"))
        async with self._database.reading() as unit:
            if not (await unit.connection.execute(filling)).scalar_one():
                return False
        async with self._database.unit() as unit:
            return await Recipients(unit).write_piece()

    async def claim(self, channel: str, limit: int = 30, lease: float = 60.0) -> Sequence[Parcel]:
        """At most `limit` deliveries of one broadcast, for `lease` seconds; older ones first."""
        running = select(Broadcast.id).where(Broadcast.state.in_(("filling", "running")))
        async with self._database.reading() as unit:
            rows = await unit.connection.execute(running.order_by(Broadcast.id))
            broadcasts = rows.scalars().all()
        for broadcast_id in broadcasts:
            async with self._database.unit() as unit:
                if parcels := await self._lease(unit, broadcast_id, channel, limit, lease):
                    return parcels
                await self._finish(unit, broadcast_id)
        return []

    async def sent(self, row: int, message_id: str = "") -> None:
        """It has arrived; the channel's `message_id` is not kept, nothing in bulk is edited."""
        await self._sent.put(row)

    async def try_later(self, row: int, seconds: float) -> None:
        """Not now. Has no effect if somebody else has sent it since the lease ran out."""
        again = self._clock() + timedelta(seconds=seconds)
        mine = update(Delivery).where(this(row), Delivery.state == "sending")
        async with self._database.unit() as unit:
            await unit.connection.execute(mine.values(state="waiting", not_before=again))

    async def unreachable(self, row: int) -> None:
        """The chat is gone: no broadcast tries it again."""
        gone = update(Address).where(Address.id == row % FACTOR).values(reachable=False)
        async with self._database.unit() as unit:
            await unit.connection.execute(gone)
        await self.give_up(row)

    async def give_up(self, row: int) -> None:
        """This delivery is closed, whatever the reason."""
        async with self._database.unit() as unit:
            await unit.connection.execute(update(Delivery).where(this(row)).values(state="closed"))

    async def close(self) -> None:
        """Writes down what waits, and takes nothing more."""
        await self._sent.close()

    async def _lease(
        self, unit: Unit, broadcast_id: int, channel: str, limit: int, lease: float
    ) -> list[Parcel]:
        now = self._clock()
        due = self._due(broadcast_id, channel, now).limit(limit)
        wanted = update(Delivery).where(
            Delivery.broadcast_id == broadcast_id,
            among(unit.connection.dialect.name, Delivery.address_id),
        )
        leased = wanted.values(
            state="sending",
            not_before=now + timedelta(seconds=lease),
            tried=Delivery.tried + 1,
        )
        while rows := (await unit.connection.execute(due)).all():
            gone = [row.id for row in rows if not row.reachable]
            here = [row for row in rows if row.reachable]
            await unit.connection.execute(wanted.values(state="closed"), {"wanted": gone})
            await unit.connection.execute(leased, {"wanted": [row.id for row in here]})
            if here:
                bodies = await self._bodies(unit, broadcast_id)
                return [parcel(broadcast_id, channel, row, bodies) for row in here]
        return []

    def _due(self, broadcast_id: int, channel: str, now: datetime) -> Any:
        """Waiting and due, or sending with the lease run out; while nobody has stopped it."""
        return (
            select(
                *(Address.id, Address.address, Address.reachable),
                *(Conversation.language, Delivery.tried),
            )
            .join_from(Delivery, Address, Address.id == Delivery.address_id)
            .join(Conversation, Conversation.id == Address.conversation_id)
            .join(Broadcast, Broadcast.id == Delivery.broadcast_id)
            .where(
                Delivery.broadcast_id == broadcast_id,
                Delivery.state.in_(("waiting", "sending")),
                Delivery.not_before <= now,
                Address.channel == channel,
                Broadcast.state != "stopped",
            )
            .with_for_update(of=Delivery, skip_locked=True)
        )

    async def _bodies(self, unit: Unit, broadcast_id: int) -> dict[str, Any]:
        bodies = select(Broadcast.bodies).where(Broadcast.id == broadcast_id)
        return dict((await unit.connection.execute(bodies)).scalar_one())

    async def _finish(self, unit: Unit, broadcast_id: int) -> None:
        open_ = exists().where(
            Delivery.broadcast_id == broadcast_id, Delivery.state.in_(("waiting", "sending"))
        )
        over = update(Broadcast).where(Broadcast.id == broadcast_id, Broadcast.state == "running")
        await unit.connection.execute(over.where(~open_).values(state="done"))

    async def _write_sent(self, rows: list[int]) -> Sequence[None]:
        pairs = [divmod(row, FACTOR) for row in rows]
        async with self._database.unit() as unit:
            await unit.connection.execute(
                SENT, [{"broadcast": broadcast, "address": address} for broadcast, address in pairs]
            )
        return [None] * len(rows)


def parcel(broadcast_id: int, channel: str, row: Row[Any], bodies: dict[str, Any]) -> Parcel:
    body = bodies.get(row.language, bodies[FIRST_LANGUAGE])
    number = broadcast_id * FACTOR + row.id
    return Parcel(number, channel, row.address, BULK, body, "", row.tried + 1)
