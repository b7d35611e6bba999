"""The sum that is granted: the one the document gives, or the one an officer sets in its range."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.errors import ConsentNeeded, SumOutOfRange
from core.sums import Sum

MONTHS = 12


@dataclass(frozen=True)
class Room:
    """From `low` to `high` fen, None where the document draws no line.

    A `soft` line (原则上) may be passed, with the province's consent. `cite` draws it.
    """

    low: int
    high: int | None
    soft: bool = False
    cite: str = ""

    @property
    def fixed(self) -> int | None:
        """The only sum there is: nobody has to set it."""
        return self.low if self.low == self.high else None


def room(sums: Iterable[Sum]) -> Room | None:
    """What may be granted for these benefits together; None where no money is given.

    What is given by the month is for one month up to a year: how many, the officers say.
    """
    money = [each for each in sums if each.benefit.is_money]
    if not money:
        return None
    low, high = 0, 0
    open_end = False
    for each in money:
        low += each.low or 0
        open_end = open_end or each.high is None
        high += (each.high or 0) * (MONTHS if each.benefit.per == "month" else 1)
    soft = any(each.benefit.in_principle for each in money)
    return Room(low, None if open_end else high, soft, money[0].benefit.cite)


def check(room: Room, fen: int, *, province: bool = False, note: str = "") -> None:
    """Whether this sum may be granted. Raises SumOutOfRange, or ConsentNeeded above a soft line.

    `province` says whether the provincial union itself sets it; it then writes down why.
    """
    if fen < room.low or fen <= 0:
        raise SumOutOfRange(room.low, room.high, room.cite)
    if room.high is None or fen <= room.high:
        return
    if not room.soft:
        raise SumOutOfRange(room.low, room.high, room.cite)
    if not province or not note.strip():
        raise ConsentNeeded(room.high, room.cite)
