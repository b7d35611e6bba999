"""What lies still where no document names a time, and when this service asks after it.

After so many working days whoever has it is reminded, after as many again the next one up is told,
then both every week until it is done. The day on which it came does not count.
"""

from datetime import date, timedelta
from enum import IntEnum

from core.days import ONE_DAY, Calendar

PATIENCE = 5  # working days; a promise of this service, no document's


class Call(IntEnum):
    """Who is asked, and how many whole working days it has lain by then."""

    NOBODY = 0
    REMIND = PATIENCE
    ESCALATE = 2 * PATIENCE


def lain(since: date, today: date, calendar: Calendar) -> int:
    """The whole working days it has lain; on a free day as many as on the working day before."""
    morning = today if calendar.is_working(today) else calendar.working_before(today)
    return calendar.working_days_between(since, morning - ONE_DAY)


def call(since: date, today: date, calendar: Calendar) -> Call:
    """Who is asked by now."""
    days = lain(since, today, calendar)
    return max(each for each in Call if each <= days)


def rings(since: date, today: date, calendar: Calendar) -> date:
    """The next day on which somebody is asked: later on all of a week's at once, on its first
    working day, and nobody twice within as many days."""
    for days in (Call.REMIND, Call.ESCALATE):
        first = calendar.add_working_days(since, days + 1)
        if first > today:
            return first
    early = calendar.add_working_days(today, PATIENCE - 1)
    return calendar.working_from(early + timedelta(days=-early.weekday() % 7))


def since_before(today: date, days: int, calendar: Calendar) -> date:
    """What came on this day, or before it, has lain so many working days."""
    for _ in range(days):
        today = calendar.working_before(today)
    return today - ONE_DAY
