"""A receipt: the acts on one application, each with its place in the chain, and nobody else's.

Whoever holds it can check by himself that each line still has the digest it was sealed with, and
let the archive tell whether that digest still stands where it stood.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from sqlalchemy import select

from core.errors import Unreadable
from storage.acts import ENTRIES, Entry
from storage.chain import ORIGIN, link
from storage.database import Database
from storage.tables import Act, Seal
from storage.unit import Unit


@dataclass(frozen=True)
class Line:
    """One act; `before` is the digest of the act sealed before it, and tells nothing else."""

    seq: int
    before: str
    digest: str
    act: Entry

    @property
    def whole(self) -> bool:
        """Whether the act is the one that was sealed."""
        return link(self.before, self.act) == self.digest

    def as_json(self) -> dict[str, Any]:
        act = self.act
        told = {"id": act.id, "at": act.at.isoformat(), "who": act.who, "what": act.what}
        told |= {"on": act.on, "detail": act.detail}
        return {"seq": self.seq, "before": self.before, "digest": self.digest, "act": told}

    @classmethod
    def from_json(cls, told: Any) -> Self:
        """Raises Unreadable for what is no line of a receipt."""
        try:
            act = dict(told["act"])
            entry = Entry(
                int(act["id"]),
                datetime.fromisoformat(act["at"]),
                str(act["who"]),
                str(act["what"]),
                str(act["on"]),
                dict(act["detail"]),
            )
            return cls(int(told["seq"]), str(told["before"]), str(told["digest"]), entry)
        except (KeyError, TypeError, ValueError):
            raise Unreadable("receipt") from None


async def collect(unit: Unit, on: str) -> list[Line]:
    """The sealed acts on this, oldest first; the last moments are not sealed yet."""
    sealed = (
        select(Seal.seq, Seal.digest, *ENTRIES.selected_columns)
        .join_from(Seal, Act, Seal.act_id == Act.id)
        .where(Act.on == on)
        .order_by(Seal.seq)
    )
    rows = (await unit.connection.execute(sealed)).all()
    before = await _digests(unit, [row.seq - 1 for row in rows])
    return [Line(seq, before[seq - 1], digest, Entry(*act)) for seq, digest, *act in rows]


async def still_there(database: Database, lines: Sequence[Line]) -> list[Line]:
    """The lines that the chain no longer bears out: altered here, or gone or changed there."""
    async with database.reading() as unit:
        digests = await _digests(unit, [seq for line in lines for seq in (line.seq - 1, line.seq)])
    return [
        line
        for line in lines
        if not line.whole
        or digests.get(line.seq) != line.digest
        or digests.get(line.seq - 1) != line.before
    ]


async def _digests(unit: Unit, seqs: Sequence[int]) -> dict[int, str]:
    wanted = select(Seal.seq, Seal.digest).where(Seal.seq.in_(set(seqs)))
    rows = await unit.connection.execute(wanted)
    return {ORIGIN.seq: ORIGIN.digest} | {row.seq: row.digest for row in rows}
