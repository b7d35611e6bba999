"""What the calendar does by itself: rows with a day, polled, fired once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from storage.book import Book
from storage.tables import Timer


@dataclass(frozen=True, slots=True)
class Alarm:
    """A timer that has fallen due."""

    id: int
    kind: str
    ref: int
    due: datetime


class Timers(Book):
    """One timer for each kind and thing."""

    async def set(self, kind: str, ref: int, due: datetime) -> None:
        """Sets it, anew if it was set or has fired before."""
        row = {"kind": kind, "ref": ref, "due": due, "fired": None}
        timer = self.insert(Timer).values(row)
        again = {"due": due, "fired": None}
        keys = [Timer.kind, Timer.ref]
        await self.connection.execute(timer.on_conflict_do_update(index_elements=keys, set_=again))

    async def cancel(self, kind: str, ref: int) -> None:
        await self.connection.execute(delete(Timer).where(Timer.kind == kind, Timer.ref == ref))

    async def cancel_all(self, kinds: Collection[str], ref: int) -> None:
        timers = delete(Timer).where(Timer.kind.in_(kinds), Timer.ref == ref)
        await self.connection.execute(timers)

    async def due(self, limit: int = 100) -> Sequence[Alarm]:
        """The oldest that are due; in a writing unit nobody else gets the same ones."""
        timers = (
            select(Timer.id, Timer.kind, Timer.ref, Timer.due)
            .where(Timer.fired.is_(None), Timer.due <= self.now)
            .order_by(Timer.due, Timer.id)
            .limit(limit)
        )
        if self.work.writing:
            timers = timers.with_for_update(skip_locked=True)
        return [Alarm(*row) for row in await self.connection.execute(timers)]

    async def fire(self, alarm: Alarm) -> bool:
        """Marks it as done, in the unit in which it is done. False if it no longer stands so."""
        timer = update(Timer).where(
            Timer.id == alarm.id, Timer.fired.is_(None), Timer.due == alarm.due
        )
        return (await self.connection.execute(timer.values(fired=self.now))).rowcount == 1
