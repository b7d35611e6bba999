"""The outbox as the delivery loop sees it: claim with a lease, send, write down what came of it.

No transaction is open while something is sent. A process that dies in between leaves rows whose
lease runs out; they are sent again, for a channel cannot be asked whether they have arrived.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, select, update

from storage.among import among
from storage.database import Database
from storage.gather import Gatherer
from storage.outbox import key_of_edit
from storage.tables import Address, Outbox
from storage.unit import Unit


@dataclass(frozen=True)
class Parcel:
    """A claimed row. With `edits` it changes that message instead of sending a new one."""

    id: int
    channel: str
    address: str
    priority: int
    body: dict[str, Any]
    edits: str
    tried: int


LEISURE = 0.01  # seconds; a process that dies in them may leave a message to be sent again

COLUMNS = (
    *(Outbox.id, Outbox.channel, Outbox.address, Outbox.priority),
    *(Outbox.body, Outbox.edits, Outbox.tried),
)
SENT = (
    update(Outbox)
    .where(Outbox.id == bindparam("row"))
    .values(state="sent", sent_id=bindparam("message"))
)
# An edit that was made while its message was on its way.
LET_GO = (
    update(Outbox)
    .where(Outbox.key == bindparam("edit"), Outbox.state == "held")
    .values(state="waiting", edits=bindparam("message"), not_before=bindparam("now"))
)


class Post:
    """Its own transactions; to be awaited outside any unit."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._sent: Gatherer[tuple[int, str], None] = Gatherer(self._write_sent, pause=LEISURE)

    async def take_over(self) -> int:
        """Ends every lease: for a process that knows to be the only one, when it starts.

        Who held them has died; how many messages it left unsent, or sent unnoticed.
        """
        left = update(Outbox).where(Outbox.state == "sending").values(not_before=self._clock())
        async with self._database.unit() as unit:
            return (await unit.connection.execute(left)).rowcount

    async def claim(self, channel: str, limit: int = 30, lease: float = 60.0) -> Sequence[Parcel]:
        """At most `limit` messages that are due, the urgent ones first, for `lease` seconds.

        Nobody else gets them meanwhile. Keep to about a second of sending, so that little is
        repeated after a crash.
        """
        now = self._clock()
        due = due_for(channel, now, limit)
        async with self._database.reading() as unit:  # on SQLite, idling must not stop writers
            if not (await unit.connection.execute(due)).first():
                return []
        async with self._database.unit() as unit:
            locked = due.with_for_update(skip_locked=True)
            ids = (await unit.connection.execute(locked)).scalars().all()
            leased = update(Outbox).where(among(unit.connection.dialect.name, Outbox.id))
            leased = leased.values(
                state="sending",
                not_before=now + timedelta(seconds=lease),
                tried=Outbox.tried + 1,
            )
            rows = await unit.connection.execute(leased.returning(*COLUMNS), {"wanted": ids})
            parcels = [Parcel(*row) for row in rows]
        return sorted(parcels, key=lambda parcel: (parcel.priority, parcel.id))

    async def sent(self, row: int, message_id: str = "") -> None:
        """It has arrived; `message_id` is the channel's, if it may have to be edited by it."""
        await self._sent.put((row, message_id))

    async def try_later(self, row: int, seconds: float) -> None:
        """Not now. Has no effect if somebody else has sent it since the lease ran out."""
        again = {"state": "waiting", "not_before": self._clock() + timedelta(seconds=seconds)}
        async with self._database.unit() as unit:
            mine = update(Outbox).where(Outbox.id == row, Outbox.state == "sending")
            await unit.connection.execute(mine.values(again))

    async def unreachable(self, row: int) -> None:
        """The chat is gone: everything that waits for it is closed, and it is not tried again."""
        async with self._database.unit() as unit:
            chat = await self._close(unit, row)
            if chat is None:
                return
            channel, address = chat
            gone = update(Address).filter_by(channel=channel, address=address)
            await unit.connection.execute(gone.values(reachable=False))
            rest = update(Outbox).filter_by(channel=channel, address=address, state="waiting")
            await unit.connection.execute(rest.values(state="closed"))

    async def give_up(self, row: int) -> None:
        """The channel will never take this message; the chat itself is well."""
        async with self._database.unit() as unit:
            await self._close(unit, row)

    async def close(self) -> None:
        """Writes down what waits, and takes nothing more."""
        await self._sent.close()

    async def _close(self, unit: Unit, row: int) -> tuple[str, str] | None:
        this = update(Outbox).where(Outbox.id == row).values(state="closed")
        chat = await unit.connection.execute(this.returning(Outbox.channel, Outbox.address))
        edit = update(Outbox).where(Outbox.key == key_of_edit(row), Outbox.state == "held")
        await unit.connection.execute(edit.values(state="closed"))
        return chat.one_or_none()

    async def _write_sent(self, messages: list[tuple[int, str]]) -> Sequence[None]:
        if any(message for _, message in messages):
            await self._write_with_ids(messages)
        else:
            await self._write_plain([row for row, _ in messages])
        return [None] * len(messages)

    async def _write_plain(self, rows: list[int]) -> None:
        async with self._database.alone(writing=True) as connection:
            sent = update(Outbox).where(among(connection.dialect.name, Outbox.id))
            await connection.execute(sent.values(state="sent"), {"wanted": rows})

    async def _write_with_ids(self, messages: list[tuple[int, str]]) -> None:
        now = self._clock()
        async with self._database.unit() as unit:
            rows = [{"row": row, "message": message} for row, message in messages]
            await unit.connection.execute(SENT, rows)
            edits = [
                {"edit": key_of_edit(row), "message": message, "now": now}
                for row, message in messages
                if message
            ]
            await unit.connection.execute(LET_GO, edits)


def due_for(channel: str, now: datetime, limit: int) -> Select[int]:
    """Waiting and due, or sending with the lease run out."""
    due: ColumnElement[bool] = Outbox.state.in_(("waiting", "sending"))
    rows = select(Outbox.id).where(due, Outbox.channel == channel, Outbox.not_before <= now)
    return rows.order_by(Outbox.priority, Outbox.id).limit(limit)
