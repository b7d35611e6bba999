"""Updates as they came: stored before the channel is answered, handled once, in order.

Exactly once: the transaction of a turn writes the id of its inbox row into the conversation's
`seen`, and a row at or below the mark of its address there is not handled again, whatever became
of the process afterwards. That needs two things from here. Ids are given in the order of commit,
over all processes, so no row turns up below one that was seen. And they are never given twice:
the newest row is kept.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import case, delete, func, select, update

from storage.database import Database
from storage.gather import Gatherer
from storage.inbox_rows import COLUMNS, PAGE, Arrival, handled, oldest, store
from storage.tables import Inbox

__all__ = ["PAGE", "InboxBook", "Waiting"]

PLACE = "inbox.raw"
MOST_TRIES = 3
LEISURE = 0.02  # seconds: that an update is handled stands in its conversation already


class Bytes(Protocol):
    """What the inbox needs of `storage.vault.Vault`."""

    def seal_bytes(self, content: bytes, place: str) -> bytes: ...
    def open_bytes(self, blob: bytes, place: str) -> bytes: ...


@dataclass(frozen=True)
class Waiting:
    """An update that is still to be handled. `sealed` is opened by `InboxBook.open`."""

    id: int
    channel: str
    lane: str
    sealed: bytes | None
    tried: int
    at: datetime


class InboxBook:
    """Its own transactions, each for all who wait; to be awaited outside any unit."""

    def __init__(self, database: Database, clock: Callable[[], datetime], vault: Bytes) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault
        self._storing: Gatherer[Arrival, int | None] = Gatherer(self._store)
        self._looking: Gatherer[str, Sequence[Waiting]] = Gatherer(self._look)
        self._finishing: Gatherer[Sequence[int], None] = Gatherer(self._finish, pause=LEISURE)

    async def store(self, channel: str, update_id: str, lane: str, raw: bytes) -> int | None:
        """The id of the new row; None if this update lies here already. Durable on return."""
        sealed = self._vault.seal_bytes(raw, PLACE)
        return await self._storing.put(Arrival(channel, update_id, lane, sealed, self._clock()))

    async def done(self, ids: Sequence[int]) -> None:
        """These are handled: what was in them is dropped."""
        await self._finishing.put(ids)

    async def failed(self, row: int) -> bool:
        """One more try failed. True if it was the last one: the row is parked."""
        tried = Inbox.tried + 1
        state = case((tried >= MOST_TRIES, "parked"), else_=Inbox.state)
        count = update(Inbox).where(Inbox.id == row, Inbox.state == "new")
        count = count.values(tried=tried, state=state)
        async with self._database.unit() as unit:
            after = await unit.connection.execute(count.returning(Inbox.state))
            return after.scalar_one_or_none() == "parked"

    async def pending(
        self, lane: str | None = None, older_than: datetime | None = None, limit: int = 100
    ) -> Sequence[Waiting]:
        """What is to be handled, oldest first; of one lane, or of all."""
        wanted = [Inbox.state == "new"]
        if lane is not None:
            wanted.append(Inbox.lane == lane)
        if older_than is not None:
            wanted.append(Inbox.at < older_than)
        rows = select(*COLUMNS).where(*wanted)
        async with self._database.reading() as unit:
            found = await unit.connection.execute(rows.order_by(Inbox.id).limit(limit))
            return [Waiting(*row) for row in found]

    async def waiting(self, lane: str) -> Sequence[Waiting]:
        """What is to be handled in this lane, oldest first, at most PAGE of it."""
        return await self._looking.put(lane)

    async def lanes(self) -> Sequence[str]:
        """The lanes in which something is to be done, longest waiting first."""
        rows = select(Inbox.lane).where(Inbox.state == "new").group_by(Inbox.lane)
        async with self._database.reading() as unit:
            found = await unit.connection.execute(rows.order_by(func.min(Inbox.id)))
            return found.scalars().all()

    def open(self, row: Waiting) -> bytes:
        """The update as it came. Raises VaultError if it was altered."""
        return self._vault.open_bytes(row.sealed or b"", PLACE)

    async def sweep(self, before: datetime) -> int:
        """Deletes what was handled or parked before this hour; how many rows.

        Seven days are kept: a channel may start its update ids anew, and must not meet old
        ones, but repeats an update for a day.
        """
        over = Inbox.state.in_(("done", "parked"))
        newest = select(func.max(Inbox.id)).scalar_subquery()
        rows = delete(Inbox).where(over, Inbox.at < before, Inbox.id < newest)
        async with self._database.unit() as unit:
            gone = await unit.connection.execute(rows.returning(Inbox.id))
            return len(gone.all())

    async def close(self) -> None:
        """Writes down what waits, and takes nothing more."""
        for gatherer in (self._storing, self._looking, self._finishing):
            await gatherer.close()

    async def _store(self, arrivals: list[Arrival]) -> Sequence[int | None]:
        async with self._database.alone(writing=True) as connection:
            return await store(connection, arrivals)

    async def _look(self, lanes: list[str]) -> Sequence[Sequence[Waiting]]:
        found: dict[str, list[Waiting]] = {lane: [] for lane in lanes}
        async with self._database.alone(writing=False) as connection:
            statement = oldest(connection.dialect.name)
            for row in await connection.execute(statement, {"wanted": list(found)}):
                found[row.lane].append(Waiting(*row))
        return [found[lane] for lane in lanes]

    async def _finish(self, done: list[Sequence[int]]) -> Sequence[None]:
        ids = [row for rows in done for row in rows]
        async with self._database.alone(writing=True) as connection:
            await connection.execute(handled(connection.dialect.name), {"wanted": ids})
        return [None] * len(done)
