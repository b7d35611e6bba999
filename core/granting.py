"""The sum that is granted: the one the document gives, or the one an officer sets in its range."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from core.errors import ConsentNeeded, SumOutOfRange
from core.sums import Sum, Total, together

MONTHS = 12


@dataclass(frozen=True)
class Room:
    """From `low` to `high` fen, None where the document draws no line.

    A `soft` line (原则上) may be passed, with the province's consent, up to `most` where the
    document draws a second one. `cite` draws it. `month` is the sum of one month where the
    document reckons by the month; `given` what this year's line has been used for already.
    """

    low: int
    high: int | None
    soft: bool = False
    cite: str = ""
    month: int | None = None
    given: int = 0
    most: int | None = None

    @property
    def fixed(self) -> int | None:
        """The only sum there is: nobody has to set it."""
        return self.low if self.low == self.high and not self.soft else None

    def after(self, given: int) -> "Room":
        """What is left below a line of the year, once so many fen have been given."""
        if not given or self.high is None:
            return self
        most = None if self.most is None else max(0, self.most - given)
        high = max(0, self.high - given)
        return replace(self, low=min(self.low, high), high=high, given=given, most=most)


def room(sums: Iterable[Sum], totals: Sequence[Total] = ()) -> Room | None:
    """What may be granted for these benefits together; None where no money is given.

    `totals` are those of them below one ceiling. What is given by the month is for one month up
    to a year: how many, the officers say.
    """
    money = [each for each in sums if each.benefit.ours]
    if not money:
        return None
    alone = [s for s in money if not any(t.ceiling.covers(s.benefit) for t in totals)]
    low = sum(s.low or 0 for s in alone) + sum(t.low for t in totals)
    high = together([*(_of_a_year(s, s.high) for s in alone), *(t.high for t in totals)])
    most = together([*(_of_a_year(s, s.most) for s in alone), *(t.most for t in totals)])
    month = money[0].exact if [each.benefit.per for each in money] == ["month"] else None
    soft = high is not None and most != high
    cite = money[0].benefit.cite
    return Room(low, high, soft, cite, month, most=most if soft else None)


def yearly(sums: Iterable[Sum], totals: Iterable[Total] = ()) -> bool:
    """Whether a line is drawn for the whole year (年度最高), not for each application."""
    drawn = any(each.benefit.per == "year" and each.benefit.up_to for each in sums)
    return drawn or any(each.ceiling.per == "year" for each in totals)


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
    if room.most is not None and fen > room.most:
        raise SumOutOfRange(room.low, room.most, room.cite)
    if not province or not note.strip():
        raise ConsentNeeded(room.high, room.cite)


def _of_a_year(found: Sum, fen: int | None) -> int | None:
    """What is given by the month, for as many as there may be."""
    return fen if fen is None or found.benefit.per != "month" else fen * MONTHS
