"""From when a condition that is not met today will be met by waiting alone."""

from datetime import date, timedelta

from core.days import Calendar
from core.rules import Condition
from core.truth import YES
from core.verdict import Facts, holds

LONGEST = 366 * 60  # days; nobody waits longer


def met_from(
    rule: Condition, facts: Facts, today: date, calendar: Calendar, barred: bool
) -> date | None:
    """The first day on which it is met if nothing else changes; None if waiting is no help.

    For conditions on a date (满12个月, 满60周岁, 5年内没有…). After today such a condition turns
    once at most, so the day is found by halving.
    """
    periods = [period for period in (rule.within, rule.since) if period is not None]
    if not rule.needs_date or any(period.unit == "working_days" for period in periods):
        return None

    def met(after: int) -> bool:
        return (holds(rule, facts, today + timedelta(after), calendar) is YES) is not barred

    if not met(LONGEST):
        return None
    low, high = 0, LONGEST  # not met after `low` days, met after `high`
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if met(middle) else (middle, high)
    return today + timedelta(high)
