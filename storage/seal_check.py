"""Walks the chain of seals and says where the book of acts is not as it was sealed."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum, auto
from typing import Any

from sqlalchemy import Row, Select, func, select

from storage.acts import Entry
from storage.chain import ORIGIN, UNSEALED, Head, link
from storage.database import Database
from storage.tables import Act, Seal

CHUNK = 2000
LATE = timedelta(minutes=10)  # how far an act may lie behind one that was sealed before it


class Kind(StrEnum):
    """What is wrong."""

    ALTERED = auto()  # the act is not the one sealed here: changed, or moved here
    DELETED = auto()  # sealed, but no longer in the book
    INSERTED = auto()  # dated long before acts that were sealed without it
    GAP = auto()  # seals are missing in the middle of the chain
    TRUNCATED = auto()  # the chain ends before the known head
    REWRITTEN = auto()  # the known head is not in this chain: it was made anew


@dataclass(frozen=True, slots=True)
class Fault:
    """`seq` is the place in the chain, 0 outside it; `act_id` 0 where there is none to name."""

    kind: Kind
    seq: int
    act_id: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """`acts` are in the book, `sealed` in the chain; `head` is where the chain ends."""

    acts: int
    sealed: int
    unsealed: int
    head: Head
    faults: tuple[Fault, ...]


SEALS: Select[Any] = (
    select(
        Seal.seq,
        Seal.act_id,
        Seal.digest,
        Act.id,
        Act.at,
        Act.who,
        Act.what,
        Act.on,
        Act.detail,
    )
    .join_from(Seal, Act, Seal.act_id == Act.id, isouter=True)
    .order_by(Seal.seq)
    .limit(CHUNK)
)


async def verify(database: Database, known: Head | None = None) -> Report:
    """Checks the whole chain; with the `known` head also that nothing was cut off or redone.

    Short transactions only: the office goes on meanwhile. A clock that was set back by more
    than ten minutes looks like acts slipped in.
    """
    walk = Walk(known)
    async for row in seals(database):
        walk.step(row)
    walk.arrive()
    unsealed, slipped_in = await outside(database, walk.latest)
    faults = (*walk.faults, *(Fault(Kind.INSERTED, 0, act_id) for act_id in slipped_in))
    return Report(walk.present + unsealed, walk.sealed, unsealed, walk.head, faults)


async def seals(database: Database) -> AsyncIterator[Row[Any]]:
    after = 0
    while True:
        async with database.reading() as unit:
            rows = (await unit.connection.execute(SEALS.where(Seal.seq > after))).all()
        for row in rows:
            yield row
        if len(rows) < CHUNK:
            return
        after = rows[-1].seq


async def outside(database: Database, latest: datetime | None) -> tuple[int, list[int]]:
    """How many acts wait for their seal, and which of them come too late to be honest."""
    async with database.reading() as unit:
        waiting = select(func.count()).select_from(Act).where(UNSEALED)
        unsealed = await unit.connection.scalar(waiting) or 0
        if latest is None:
            return unsealed, []
        late = select(Act.id).where(UNSEALED, Act.at < latest - LATE).order_by(Act.id)
        return unsealed, list((await unit.connection.scalars(late)).all())


class Walk:
    """One pass along the chain."""

    def __init__(self, known: Head | None) -> None:
        self.known = known
        self.head = ORIGIN
        self.sealed = 0
        self.present = 0
        self.latest: datetime | None = None  # of the acts passed so far
        self.faults: list[Fault] = []

    def step(self, row: Row[Any]) -> None:
        columns: tuple[Any, ...] = tuple(row)
        seq, act_id, digest, *act = columns
        whole = seq == self.head.seq + 1
        if not whole:
            self._fault(Kind.GAP, self.head.seq + 1)
        if act[0] is None:
            self._fault(Kind.DELETED, seq, act_id)
        else:
            self._meet(Entry(*act), seq, digest, whole)
        self.sealed += 1
        self.head = Head(seq, digest)
        if self.known is not None and seq == self.known.seq and digest != self.known.digest:
            self._fault(Kind.REWRITTEN, seq, act_id)

    def _meet(self, act: Entry, seq: int, digest: str, whole: bool) -> None:
        self.present += 1
        # Past a gap the digest before is lost, so this one link cannot be checked.
        if whole and link(self.head.digest, act) != digest:
            self._fault(Kind.ALTERED, seq, act.id)
        if self.latest is not None and act.at < self.latest - LATE:
            self._fault(Kind.INSERTED, seq, act.id)
        if self.latest is None or act.at > self.latest:
            self.latest = act.at

    def arrive(self) -> None:
        if self.known is not None and self.head.seq < self.known.seq:
            self._fault(Kind.TRUNCATED, self.head.seq + 1)

    def _fault(self, kind: Kind, seq: int, act_id: int = 0) -> None:
        self.faults.append(Fault(kind, seq, act_id))
