from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.days import Calendar, Span, add_months, months_before

PLAIN = Calendar()
KNOWN = st.dates(date(2004, 1, 1), date(2026, 11, 30))
ANY_DAY = st.dates(date(1950, 1, 1), date(2100, 1, 1))


def test_the_national_holiday_of_2025_is_eight_days_long():
    days = [date(2025, 10, n) for n in range(1, 9)]
    assert not any(map(PLAIN.is_working, days))
    assert PLAIN.is_working(date(2025, 10, 9))


@pytest.mark.parametrize("day", [date(2025, 9, 28), date(2025, 10, 11)])
def test_a_weekend_day_moved_to_make_up_for_a_holiday_is_a_working_day(day):
    assert day.weekday() >= 5
    assert PLAIN.is_working(day)
    assert PLAIN.knows(day)


def test_an_ordinary_weekend_is_free_and_known():
    assert not PLAIN.is_working(date(2025, 10, 18))
    assert PLAIN.knows(date(2025, 10, 18))


def test_a_year_not_announced_follows_the_weekdays_and_is_not_known():
    assert PLAIN.is_working(date(2099, 10, 1))  # a Thursday, whatever it will be
    assert not PLAIN.knows(date(2099, 10, 1))


def test_an_override_is_known_and_goes_before_the_announcement():
    calendar = Calendar({date(2099, 10, 1): False, date(2025, 10, 1): True})
    assert not calendar.is_working(date(2099, 10, 1))
    assert calendar.knows(date(2099, 10, 1))
    assert calendar.is_working(date(2025, 10, 1))
    assert not calendar.knows(date(2099, 10, 2))


def test_the_last_week_of_december_is_known_only_with_the_year_after():
    last = max(year for year in range(2020, 2100) if PLAIN.knows(date(year, 6, 1)))
    assert PLAIN.knows(date(last, 12, 24))
    assert not PLAIN.knows(date(last, 12, 25))
    assert PLAIN.knows(date(last - 1, 12, 31))


def test_a_notice_posted_on_the_first_runs_five_days_and_ends_with_the_sixth():
    assert PLAIN.last_day(date(2026, 3, 1), 5, "calendar") == Span(date(2026, 3, 6), True)


def test_five_working_days_jump_over_the_national_holiday():
    assert PLAIN.last_day(date(2025, 9, 30), 5, "working") == Span(date(2025, 10, 14), True)


def test_a_working_period_over_days_not_announced_is_not_certain():
    span = PLAIN.last_day(date(2099, 9, 30), 5, "working")
    assert span == Span(date(2099, 10, 7), certain=False)


def test_a_period_that_starts_unknown_is_certain_if_every_counted_day_is_overridden():
    days = {date(2099, 10, n): n == 8 for n in range(1, 9)}
    assert Calendar(days).last_day(date(2099, 9, 30), 1, "working") == Span(date(2099, 10, 8), True)


@pytest.mark.parametrize("kind", ["calendar", "working"])
def test_a_period_of_negative_length_is_a_mistake_of_the_caller(kind):
    with pytest.raises(ValueError, match="fewer"):
        PLAIN.last_day(date(2026, 3, 1), -1, kind)


def test_working_days_are_counted_forward_only():
    with pytest.raises(ValueError, match="forward"):
        PLAIN.add_working_days(date(2026, 3, 1), -1)


def test_working_days_between_leaves_out_the_first_day_and_counts_the_last():
    friday, monday = date(2026, 3, 6), date(2026, 3, 9)
    assert PLAIN.working_days_between(friday, monday) == 1
    assert PLAIN.working_days_between(friday, friday) == 0
    assert PLAIN.working_days_between(monday, friday) == 0


@given(KNOWN, st.integers(1, 40))
def test_the_nth_working_day_is_a_working_day_with_n_working_days_up_to_it(start, n):
    last = PLAIN.add_working_days(start, n)
    assert PLAIN.is_working(last)
    assert PLAIN.working_days_between(start, last) == n


@given(ANY_DAY, st.integers(0, 60))
def test_a_working_period_is_never_shorter_than_a_calendar_period(start, days):
    working = PLAIN.last_day(start, days, "working").last
    assert working >= PLAIN.last_day(start, days, "calendar").last == start + timedelta(days=days)


@pytest.mark.parametrize(
    ("day", "n", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 11, 15), 2, date(2027, 1, 15)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 5, 5), 0, date(2026, 5, 5)),
    ],
)
def test_months_keep_the_day_or_end_with_the_shorter_month(day, n, then):
    assert add_months(day, n) == then


def test_twelve_months_before_is_the_same_day_of_last_year():
    assert months_before(date(2026, 11, 21), 12) == date(2025, 11, 21)
    assert months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)


@given(ANY_DAY, st.integers(-600, 600))
def test_months_land_in_the_month_that_is_n_further(day, n):
    there = add_months(day, n)
    assert there.year * 12 + there.month == day.year * 12 + day.month + n
    assert there.day == day.day or (there + timedelta(days=1)).day == 1


@given(ANY_DAY, st.integers(0, 600), st.integers(0, 600))
def test_more_months_never_come_earlier(day, n, m):
    assert (add_months(day, n) <= add_months(day, m)) or n > m
