"""The chain over the book of acts, made afterwards, so that no turn waits for another's link.

Each digest covers one act and the digest before it. Whoever changes, removes, moves or slips in
an act breaks the chain from there on; whoever cuts its end, or makes it anew, cannot give it
the head that was published before.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, select, text

from storage.acts import ENTRIES, Entry
from storage.book import Work
from storage.chain import UNSEALED, Head, head_of, links
from storage.database import Database
from storage.seal_check import Fault, Kind, Report, verify
from storage.tables import Act, Seal

__all__ = ["Fault", "Head", "Kind", "Report", "Sealer", "verify"]

LOCK = 20060906  # of PostgreSQL: one sealer at a time
SETTLED = timedelta(minutes=2)  # no transaction is open for half as long
DAY = timedelta(days=1)


class Sealer:
    """Seals what waits, `chunk` acts at a time; run `seal` about once a second.

    Ids are not given in the order of commits: an act may appear below others already sealed.
    So each round looks again at the last minutes, and the first one, and one a day, through
    the whole book.
    """

    def __init__(self, database: Database, chunk: int = 2000) -> None:
        self.database = database
        self.chunk = chunk
        self._next_look = datetime.min.replace(tzinfo=UTC)  # through the whole book

    async def seal(self) -> int:
        """How many acts it has sealed; fewer than wait if another sealer was at work."""
        now, total = self.database.clock(), 0
        thorough = now >= self._next_look
        after = 0 if thorough else await self._settled(now)
        while waiting := await self._waiting(after):
            if not await self._append(*waiting):
                return total
            _, acts = waiting
            total, after = total + len(acts), acts[-1].id
        if thorough:
            self._next_look = now + DAY
        return total

    async def _settled(self, now: datetime) -> int:
        """Up to here every act is committed or will never be."""
        old = select(Act.id).where(Act.at <= now - SETTLED).order_by(Act.id.desc()).limit(1)
        async with self.database.reading() as unit:
            return await unit.connection.scalar(old) or 0

    async def _waiting(self, after: int) -> tuple[Head, Sequence[Entry]] | None:
        acts = ENTRIES.where(Act.id > after, UNSEALED).order_by(Act.id).limit(self.chunk)
        async with self.database.reading() as unit:
            head = await head_of(unit)  # first: while it stands, the acts read next do wait
            entries = [Entry(*row) for row in await unit.connection.execute(acts)]
        return (head, entries) if entries else None

    async def _append(self, head: Head, acts: Sequence[Entry]) -> bool:
        """False if another sealer has been faster: it goes on."""
        rows = list(links(head, acts, self.database.clock()))
        async with self.database.unit() as unit:
            if not await alone(unit) or await head_of(unit) != head:
                return False
            await unit.connection.execute(insert(Seal), rows)
        return True


async def alone(work: Work) -> bool:
    if not work.postgres:
        return True  # the one writer
    lock = text("SELECT pg_try_advisory_xact_lock(:lock)").bindparams(lock=LOCK)
    return bool(await work.connection.scalar(lock))
