"""Money on its way back: in how many parts, until when, and what is still open.

The parts are always the whole: fen that do not divide go into the later parts, none is lost.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from core.days import add_months
from core.errors import Refused

MOST_PARTS = 60  # of a plan: five years of months
SOON = timedelta(days=3)  # reminded so long before
ONE_DAY = timedelta(days=1)


class PlanRefused(Refused):
    """What is to come back cannot be so; `why` is first, parts, sum, whole. `most` bounds it."""

    def __init__(self, why: str, most: int = 0) -> None:
        self.why, self.most = why, most
        super().__init__(why=why, most=most)


class RepaidTooMuch(Refused):
    """Only `left` fen are still to come back."""

    def __init__(self, left: int) -> None:
        self.left = left
        super().__init__(left=left)


@dataclass(frozen=True)
class Instalment:
    """So much up to and with this day."""

    due: date
    fen: int


def plan(fen: int, parts: int, first: date, today: date) -> tuple[Instalment, ...]:
    """Monthly parts that differ by a fen at most, the first due on `first`. Raises PlanRefused."""
    if first <= today:
        raise PlanRefused("first")
    if not 1 <= parts <= min(MOST_PARTS, fen):
        raise PlanRefused("parts", most=min(MOST_PARTS, fen))
    return tuple(
        Instalment(add_months(first, n), fen * (n + 1) // parts - fen * n // parts)
        for n in range(parts)
    )


def owed(paid: int, wanted: int | None, *, in_part: bool) -> int:
    """The fen to come back: all that was paid, or the part the document speaks of.

    Raises PlanRefused for more than was paid, and for less where the whole is demanded.
    """
    if wanted is None or wanted == paid:
        return paid
    if not in_part:
        raise PlanRefused("whole", most=paid)
    if not 0 < wanted < paid:
        raise PlanRefused("sum", most=paid)
    return wanted


@dataclass(frozen=True)
class Debt:
    """What is to come back, by which days, and what has come. What comes pays the oldest part."""

    fen: int
    parts: tuple[Instalment, ...] = ()
    repaid: tuple[int, ...] = ()

    @property
    def back(self) -> int:
        return sum(self.repaid)

    @property
    def left(self) -> int:
        return self.fen - self.back

    @property
    def open(self) -> tuple[Instalment, ...]:
        """The parts that have not come yet, with what each still lacks."""
        sums = accumulate(part.fen for part in self.parts)
        return tuple(
            Instalment(part.due, min(part.fen, total - self.back))
            for part, total in zip(self.parts, sums, strict=True)
            if total > self.back
        )

    def late(self, today: date) -> int:
        """The fen that should have come before today."""
        return sum(part.fen for part in self.open if part.due < today)

    def rings(self, today: date) -> date | None:
        """The next day after today on which to remind of a part, or to say that it is late."""
        days = (day for part in self.open for day in (part.due - SOON, part.due + ONE_DAY))
        return min((day for day in days if day > today), default=None)

    def take(self, fen: int) -> "Debt":
        """After so much has come. Raises RepaidTooMuch, PlanRefused for nothing."""
        if fen <= 0:
            raise PlanRefused("sum", most=self.left)
        if fen > self.left:
            raise RepaidTooMuch(self.left)
        return Debt(self.fen, self.parts, (*self.repaid, fen))


def marked(parts: Sequence[Instalment], debt: Debt) -> Iterator[tuple[Instalment, int]]:
    """Each part with the fen of it that have come."""
    left = debt.back
    for part in parts:
        came = min(part.fen, left)
        left -= came
        yield part, came
