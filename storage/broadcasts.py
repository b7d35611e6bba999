"""One message to many: the payload stands once, a row for each recipient says how far it came.

Starting writes one row, in the transaction of its cause. The recipients are written down
afterwards, piece by piece (`storage.mailing`), so that nobody waits for a million rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, update

from storage.book import Book
from storage.tables import Broadcast, Delivery


@dataclass(frozen=True)
class Progress:
    """How far a broadcast has come. `total` grows until `state` is no longer filling."""

    state: str
    total: int
    waiting: int
    sent: int
    closed: int


class Broadcasts(Book):
    """Bodies are `handlers.chat.Reply` as JSON, by language; Chinese is never missing."""

    async def start(
        self,
        key: str,
        bodies: Mapping[str, Mapping[str, Any]],
        *,
        unions: Sequence[int] = (),
        conversations: Sequence[int] = (),
        officer_id: int | None = None,
    ) -> int:
        """To the members of these unions and of all below them, or to these conversations.

        The same key again is the same broadcast. A member without a chat hears nothing; who
        has several chats hears it in each. Cards in bulk are not remembered as copies.
        """
        audience = {"unions": list(unions), "conversations": list(conversations)}
        row = {"key": key, "bodies": bodies, "audience": audience, "officer_id": officer_id}
        fresh = self.insert(Broadcast).values(**row, at=self.now).on_conflict_do_nothing()
        new = (await self.connection.execute(fresh.returning(Broadcast.id))).scalar_one_or_none()
        if new is not None:
            return new
        there = select(Broadcast.id).where(Broadcast.key == key)
        return (await self.connection.execute(there)).scalar_one()

    async def stop(self, broadcast_id: int) -> bool:
        """Nothing more is written down or claimed; what is in hand goes out within a second.

        False where nothing was going out any more.
        """
        return await self._become("stopped", broadcast_id, "filling", "running")

    async def go_on(self, broadcast_id: int) -> bool:
        """A stopped broadcast goes on where it was; False where it was not stopped."""
        return await self._become("filling", broadcast_id, "stopped")

    async def progress(self, broadcast_id: int) -> Progress | None:
        head = select(Broadcast.state, Broadcast.total).where(Broadcast.id == broadcast_id)
        row = (await self.connection.execute(head)).one_or_none()
        if row is None:
            return None
        each = select(Delivery.state, func.count()).where(Delivery.broadcast_id == broadcast_id)
        rows = (await self.connection.execute(each.group_by(Delivery.state))).all()
        counts: dict[str, int] = {row[0]: row[1] for row in rows}
        waiting = counts.get("waiting", 0) + counts.get("sending", 0)
        return Progress(*row, waiting, counts.get("sent", 0), counts.get("closed", 0))

    async def _become(self, state: str, broadcast_id: int, *before: str) -> bool:
        here = update(Broadcast).where(Broadcast.id == broadcast_id, Broadcast.state.in_(before))
        changed = await self.connection.execute(here.values(state=state).returning(Broadcast.id))
        return changed.first() is not None
