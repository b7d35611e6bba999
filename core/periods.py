"""A length of time as the documents print it: 5个工作日, 15日, 12个月, 半年, 1小时.

Counted as in Civil Code art. 201: the day (or hour) on which it begins does not count.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, InstanceOf

from core.days import ONE_DAY, Calendar, add_months, months_before

ANNOUNCED = Calendar()
SAID = re.compile(r"(\d{1,4})(小时|个工作日|工作日|日|天|个月|年)")
Unit = Literal["hours", "working_days", "days", "months"]
UNITS: dict[str, tuple[Unit, int]] = {
    "小时": ("hours", 1),
    "个工作日": ("working_days", 1),
    "工作日": ("working_days", 1),
    "日": ("days", 1),
    "天": ("days", 1),
    "个月": ("months", 1),
    "年": ("months", 12),
}


@dataclass(frozen=True)
class Length:
    """`n` of a unit; `said` is how the file writes it."""

    n: int
    unit: Unit
    said: str

    def ends(self, start: date, calendar: Calendar = ANNOUNCED) -> date:
        """The last day. ValueError for hours, which need an instant."""
        match self.unit:
            case "days":
                return start + timedelta(days=self.n)
            case "working_days":
                return calendar.add_working_days(start, self.n)
            case "months":
                return add_months(start, self.n)
            case "hours":
                raise ValueError(f"{self.said} is counted from an instant, not from a day")

    def before(self, event: date, calendar: Calendar = ANNOUNCED) -> date:
        """The day this long before an event. ValueError for hours."""
        match self.unit:
            case "days":
                return event - timedelta(days=self.n)
            case "working_days":
                for _ in range(self.n):
                    event = calendar.working_before(event)
                return event
            case "months":
                return months_before(event, self.n)
            case "hours":
                raise ValueError(f"{self.said} is counted from an instant, not from a day")

    def ends_at(self, start: datetime, calendar: Calendar = ANNOUNCED) -> datetime:
        """The first instant that is too late: days end at midnight, hours to the minute.

        A time in which something has to be done does not end on a holiday, but with the first
        working day after it (Civil Code art. 203). Hours run on through nights and holidays.
        """
        if self.unit == "hours":
            return start + timedelta(hours=self.n)
        last = calendar.working_from(self.ends(start.date(), calendar))
        return datetime.combine(last + ONE_DAY, time(), start.tzinfo)

    def earliest(self, today: date, calendar: Calendar = ANNOUNCED) -> date:
        """The first day from which the period has not run out before `today`."""
        day = self._about(today)
        while self.ends(day, calendar) < today:
            day += ONE_DAY
        while self.ends(day - ONE_DAY, calendar) >= today:
            day -= ONE_DAY
        return day

    def latest(self, today: date, calendar: Calendar = ANNOUNCED) -> date:
        """The last day from which the whole period has passed by `today`."""
        day = self._about(today)
        while self.ends(day, calendar) > today:
            day -= ONE_DAY
        while self.ends(day + ONE_DAY, calendar) <= today:
            day += ONE_DAY
        return day

    def _about(self, today: date) -> date:
        """A day near both; months of different length and holidays decide the rest."""
        months = self.unit == "months"
        return months_before(today, self.n) if months else today - timedelta(days=self.n)


def length(raw: Any) -> Any:
    """A Length out of 5个工作日 or 半年. ValueError with examples for anything else."""
    if isinstance(raw, Length):
        return raw
    if raw == "半年":
        return Length(6, "months", raw)
    found = SAID.fullmatch(str(raw))
    if not found:
        raise ValueError(
            f"{raw} is not a length of time: 5个工作日, 15日, 12个月, 2年, 半年, 1小时"
        )
    unit, times = UNITS[found[2]]
    return Length(int(found[1]) * times, unit, found[0])


Period = Annotated[InstanceOf[Length], BeforeValidator(length)]
