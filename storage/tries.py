"""Wrong tries, counted under a key, and the lock that follows too many of them.

The count has to be committed: refuse after the unit has ended, not by raising inside it.
"""

from datetime import datetime, timedelta

from sqlalchemy import Case, and_, case, delete, literal, null, select

from core.errors import Locked
from storage.book import Book
from storage.tables import Moment, Tries

HOUR = timedelta(hours=1)


class WrongTries(Book):
    """Keys name a thing and hold no personal data: bind:telegram:42, login:zhang, an index."""

    async def wrong(self, key: str, limit: int = 5, lock: timedelta = HOUR) -> datetime | None:
        """Counts one. At the `limit`th, locks for `lock`; returns until when, if it is locked.

        One statement, so that two wrong tries at once count as two.
        """
        until = self.now + lock
        first = {"key": key, "wrong": 1, "locked_until": until if limit <= 1 else None}
        count, locked = self._count(), self._locked(limit, until)
        counted = (
            self.insert(Tries)
            .values(first)
            .on_conflict_do_update(
                index_elements=[Tries.key], set_={"wrong": count, "locked_until": locked}
            )
            .returning(Tries.locked_until)
        )
        return (await self.connection.execute(counted)).scalar_one()

    async def check(self, key: str) -> None:
        """Raises Locked while the key is locked."""
        until = await self.connection.scalar(select(Tries.locked_until).where(Tries.key == key))
        if until is not None and until > self.now:
            raise Locked(until)

    async def clear(self, key: str) -> None:
        """A right try: nothing counts against this key any more."""
        await self.connection.execute(delete(Tries).where(Tries.key == key))

    def _count(self) -> Case[int]:
        served = and_(Tries.locked_until.is_not(None), Tries.locked_until <= self.now)
        return case((served, 1), else_=Tries.wrong + 1)

    def _locked(self, limit: int, until: datetime) -> Case[datetime | None]:
        return case(
            (Tries.locked_until > self.now, Tries.locked_until),  # one lock is not prolonged
            (self._count() >= limit, literal(until, Moment())),
            else_=null(),
        )
