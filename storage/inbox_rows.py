"""What the inbox says to each database: few trips, and texts that do not grow with the batch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    Connection,
    LargeBinary,
    Select,
    String,
    bindparam,
    func,
    select,
    true,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import TypeEngine

from storage.among import among
from storage.tables import Inbox, Moment

PAGE = 20  # updates of one lane read at once
COLUMNS = (Inbox.id, Inbox.channel, Inbox.lane, Inbox.raw_sealed, Inbox.tried, Inbox.at)
NEWEST = select(func.coalesce(func.max(Inbox.id), 0))
NEW = select(Inbox.id, Inbox.channel, Inbox.update_id).where(Inbox.id > bindparam("before"))


@dataclass(frozen=True)
class Arrival:
    """An update on its way in; fields as in `inbox`."""

    channel: str
    update_id: str
    lane: str
    raw_sealed: bytes
    at: datetime


# Without lengths: a cast would cut what is too long, and nobody would hear of it.
TYPES: dict[str, TypeEngine[Any]] = {
    "channel": String(),
    "update_id": String(),
    "lane": String(),
    "raw_sealed": LargeBinary(),
    "at": Moment(),
}


async def store(connection: AsyncConnection, arrivals: list[Arrival]) -> Sequence[int | None]:
    """Inserts what is new; for each arrival its id, or None if it is not the first."""
    if connection.dialect.name == "sqlite":
        return await connection.run_sync(_store, arrivals)
    columns = {name: [getattr(arrival, name) for arrival in arrivals] for name in TYPES}
    return _ids(arrivals, (await connection.execute(STORE, columns)).all())


def _store(connection: Connection, arrivals: list[Arrival]) -> Sequence[int | None]:
    """On SQLite there is but one writer, and what is above the newest row is new."""
    before = connection.execute(NEWEST).scalar_one()
    rows = sqlite.insert(Inbox).on_conflict_do_nothing()
    connection.execute(rows, [vars(arrival) for arrival in arrivals])
    return _ids(arrivals, connection.execute(NEW, {"before": before}).all())


def _ids(arrivals: list[Arrival], rows: Sequence[Any]) -> Sequence[int | None]:
    new = {(channel, update_id): row for row, channel, update_id in rows}
    return [new.pop((arrival.channel, arrival.update_id), None) for arrival in arrivals]


def _store_in_order() -> Any:
    """One statement, which lets in one writer at a time from the first id taken to its end.

    A row is numbered when it has been joined with the lock, which is held by then.
    """
    lock = select(func.pg_advisory_xact_lock(21)).cte("lock")
    given = (bindparam(name, type_=ARRAY(kind)) for name, kind in TYPES.items())
    new = func.unnest(*given).table_valued(*TYPES, with_ordinality="n").render_derived("new")
    rows = select(*(new.c[name] for name in TYPES)).join_from(new, lock, true())
    insert = (
        postgresql.insert(Inbox)
        .from_select(list(TYPES), rows.order_by(new.c.n))
        .on_conflict_do_nothing()
    )
    return insert.returning(Inbox.id, Inbox.channel, Inbox.update_id)


STORE = _store_in_order()


@cache
def oldest(dialect: str) -> Select[Any]:
    """Of each lane in `wanted`, the PAGE updates that have waited longest."""
    place = func.row_number().over(partition_by=Inbox.lane, order_by=Inbox.id).label("place")
    new = select(*COLUMNS, place).where(Inbox.state == "new", among(dialect, Inbox.lane))
    rows = new.subquery()
    return (
        select(*(rows.c[column.key] for column in COLUMNS))
        .where(rows.c.place <= PAGE)
        .order_by(rows.c.id)
    )


@cache
def handled(dialect: str) -> Any:
    """Those in `wanted` are done, and what was in them is dropped."""
    rows = update(Inbox).where(among(dialect, Inbox.id))
    return rows.values(state="done", raw_sealed=None)
