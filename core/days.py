"""Days of the law: calendar days, working days, months.

Every day is a day of Asia/Shanghai, and today is always handed in. Periods are counted as in
Civil Code art. 201: the day on which something starts does not count.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from chinese_calendar import holidays, is_workday

ONE_DAY = timedelta(days=1)
ANNOUNCED = frozenset(day.year for day in holidays)


@dataclass(frozen=True)
class Span:
    """A period ends with the end of `last`; what waited for it may go on the day after.

    `certain` is False while the State Council has not announced the holidays it was counted over.
    """

    last: date
    certain: bool


def add_months(day: date, n: int) -> date:
    """The same day `n` months later (earlier if negative), or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + n, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_before(day: date, n: int) -> date:
    """The same day `n` months earlier, or the last day of a shorter month."""
    return add_months(day, -n)


def _announced(day: date) -> bool | None:
    """Whether the announced calendar calls it a working day; None for a year it does not hold."""
    return bool(is_workday(day)) if day.year in ANNOUNCED else None


@dataclass(frozen=True)
class Calendar:
    """Working days as announced by the State Council; `overrides` (day: works?) go first."""

    overrides: Mapping[date, bool] = field(default_factory=dict, hash=False)

    def is_working(self, day: date) -> bool:
        """Monday to Friday where nothing has been announced: then `knows` is False."""
        if day in self.overrides:
            return self.overrides[day]
        announced = _announced(day)
        return day.weekday() < 5 if announced is None else announced

    def knows(self, day: date) -> bool:
        """Whether `is_working` rests on an announcement or an override.

        The last week of December belongs to the New Year holiday and is announced with the year
        after: 2018-12-29 was a working Saturday and 2018-12-31 was free, both said in December.
        """
        if day in self.overrides:
            return True
        decisive = date(day.year + 1, 1, 1) if (day.month, day.day) >= (12, 25) else day
        return _announced(day) is not None and _announced(decisive) is not None

    def add_working_days(self, day: date, n: int) -> date:
        """The `n`-th working day after `day`; `day` itself for 0. ValueError below 0."""
        if n < 0:
            raise ValueError("working days are counted forward")
        while n:
            day += ONE_DAY
            n -= self.is_working(day)
        return day

    def working_from(self, day: date) -> date:
        """This day, or the first working day after it."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def working_before(self, day: date) -> date:
        """The last working day before this one."""
        day -= ONE_DAY
        while not self.is_working(day):
            day -= ONE_DAY
        return day

    def last_day(self, start: date, days: int, kind: Literal["calendar", "working"]) -> Span:
        """The last of `days` days after `start` (Civil Code art. 201). ValueError below 0.

        Meant for minimums such as "not less than 5 days": a last day that is a holiday is not moved
        on, as art. 203 does for deadlines.
        """
        if days < 0:
            raise ValueError("a period has no fewer than 0 days")
        if kind == "calendar":
            return Span(start + timedelta(days=days), certain=True)
        last = self.add_working_days(start, days)
        return Span(last, certain=all(map(self.knows, _days_after(start, last))))

    def working_days_between(self, a: date, b: date) -> int:
        """Working days after `a` up to and with `b`; 0 if `b` is not after `a`."""
        return sum(map(self.is_working, _days_after(a, b)))


def _days_after(a: date, b: date) -> list[date]:
    return [a + timedelta(days=n) for n in range(1, (b - a).days + 1)]
