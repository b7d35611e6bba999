"""What is to be done after the award, until when, and how a report on it stands."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, InstanceOf, model_validator

from core.days import ONE_DAY, Calendar
from core.errors import AlreadyDecided
from core.periods import Period
from core.words import Article, Listed, Sentence, Strict

SOON = timedelta(days=7)  # reminded so long before; the documents do not say
LATEST = timedelta(days=90)  # asked again, nobody is kept waiting longer
LONGEST = 1000  # characters of a report or a reason
SAID = re.compile(r"(\d{1,2})月(\d{1,2})日")
NO_LEAP_YEAR = 2001


class DutyState(StrEnum):
    """How one day's duty stands. Ended: the award is over, or the office has let it go."""

    OPEN = auto()
    REPORTED = auto()
    OVERDUE = auto()
    FULFILLED = auto()
    ENDED = auto()


DONE = (DutyState.FULFILLED, DutyState.ENDED)


@dataclass(frozen=True)
class YearDay:
    """A day of every year, 12月31日; `said` is how the file writes it."""

    month: int
    day: int
    said: str

    def of(self, year: int) -> date:
        return date(year, self.month, self.day)


def year_day(raw: Any) -> Any:
    """A YearDay out of 6月30日. ValueError with an example for anything else."""
    if isinstance(raw, YearDay):
        return raw
    found = SAID.fullmatch(str(raw))
    if not found:
        raise ValueError(f"{raw} is no day of the year: 6月30日, 12月31日")
    there = YearDay(int(found[1]), int(found[2]), found[0])
    there.of(NO_LEAP_YEAR)
    return there


Day = Annotated[InstanceOf[YearDay], BeforeValidator(year_day)]


class Duty(Strict):
    """Something to be done after the award.

    `every` repeats; with `until`, by these days of each year the holder reports on it. `within`
    is a span; with `after`, the holder reports within so long after the award or the payment.
    Without either it is told, and not watched: the document names no day, or binds somebody else.
    """

    say: Sentence
    within: Period | None = None
    after: Literal["award", "payment"] | None = None
    every: Period | None = None
    until: Annotated[tuple[Day, ...], Listed] = ()
    cite: Article

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.after and self.within is None:
            raise ValueError("after says from when within is counted: write within")
        if self.after and self.within and self.within.unit == "hours":
            raise ValueError("within is counted from a day here: write days or months")
        if self.after and self.until:
            raise ValueError("a duty is watched by after or by until, not by both")
        if self.until and not self._often_enough():
            raise ValueError("until names each day of the year on which every falls due")
        return self

    def _often_enough(self) -> bool:
        often = self.every
        return often is not None and often.unit == "months" and often.n * len(self.until) == 12

    @property
    def watched(self) -> bool:
        return bool(self.until or self.after)

    @property
    def event(self) -> Literal["award", "payment", "end"]:
        """From when it is counted; the days of a year, from the day the matter came to its end."""
        return self.after or "end"

    def next_due(self, began: date, last: date | None, calendar: Calendar) -> date | None:
        """The day after `last` (None: the first) by which it is due; None where no more is.

        `began` is the day of its event. A day of the year counts from the day after.
        """
        if self.after and self.within:
            return self.within.ends(began, calendar) if last is None else None
        since = last or began
        days = (each.of(year) for year in (since.year, since.year + 1) for each in self.until)
        return min((day for day in days if day > since), default=None)


def watched(duties: Sequence[Duty]) -> Iterator[int]:
    """The positions of those a calendar can watch."""
    return (position for position, duty in enumerate(duties) if duty.watched)


def rings(due: date, answer_by: date, today: date) -> date | None:
    """The next day after today to remind, to call late, or to look for the next time it is due."""
    days = (answer_by - SOON, answer_by + ONE_DAY, due + ONE_DAY)
    return min((day for day in days if day > today), default=None)


def soon(answer_by: date, today: date) -> bool:
    return answer_by - SOON <= today <= answer_by


def still_open(state: str) -> None:
    """Only then it is reported on, asked for again, or decided. Raises AlreadyDecided."""
    if state in DONE:
        raise AlreadyDecided
