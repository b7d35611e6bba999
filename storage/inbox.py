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

from sqlalchemy import Connection, bindparam, case, delete, func, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.among import among
from storage.database import Database
from storage.gather import Gatherer
from storage.tables import Inbox

PLACE = "inbox.raw"
MOST_TRIES = 3

# One writer at a time from the first id taken to the commit; on SQLite there is but one.
IN_ORDER = text("SELECT pg_advisory_xact_lock(21)")
COLUMNS = (Inbox.id, Inbox.channel, Inbox.lane, Inbox.raw_sealed, Inbox.tried, Inbox.at)
NEWEST = select(func.coalesce(func.max(Inbox.id), 0))
NEW = select(Inbox.id, Inbox.channel, Inbox.update_id).where(Inbox.id > bindparam("before"))


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


@dataclass(frozen=True)
class Arrival:
    """An update on its way in; fields as in `inbox`."""

    channel: str
    update_id: str
    lane: str
    raw_sealed: bytes
    at: datetime


class InboxBook:
    """Its own transactions, each for all who wait; to be awaited outside any unit."""

    def __init__(self, database: Database, clock: Callable[[], datetime], vault: Bytes) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault
        self._storing: Gatherer[Arrival, int | None] = Gatherer(self._store)
        self._finishing: Gatherer[Sequence[int], None] = Gatherer(self._finish)

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
        await self._storing.close()
        await self._finishing.close()

    async def _store(self, arrivals: list[Arrival]) -> Sequence[int | None]:
        async with self._database.unit() as unit:
            return await unit.connection.run_sync(store, arrivals)

    async def _finish(self, handled: list[Sequence[int]]) -> Sequence[None]:
        ids = [row for rows in handled for row in rows]
        async with self._database.unit() as unit:
            over = update(Inbox).where(among(unit.connection.dialect.name, Inbox.id))
            over = over.values(state="done", raw_sealed=None)
            await unit.connection.execute(over, {"wanted": ids})
        return [None] * len(handled)


def store(connection: Connection, arrivals: list[Arrival]) -> Sequence[int | None]:
    """Inserts what is new; for each arrival its id, or None if it is not the first."""
    postgres = connection.dialect.name == "postgresql"
    if postgres:
        connection.execute(IN_ORDER)
    before = connection.execute(NEWEST).scalar_one()
    rows = postgresql.insert(Inbox) if postgres else sqlite.insert(Inbox)
    connection.execute(rows.on_conflict_do_nothing(), [vars(arrival) for arrival in arrivals])
    new = {row[1:]: row.id for row in connection.execute(NEW, {"before": before})}
    return [new.pop((arrival.channel, arrival.update_id), None) for arrival in arrivals]
