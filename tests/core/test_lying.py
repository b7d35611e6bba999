from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from core.days import Calendar
from core.lying import PATIENCE, Call, call, lain, rings, since_before

PLAIN = Calendar()
DAYS = st.dates(date(2026, 1, 1), date(2026, 9, 1))


def test_the_day_it_came_does_not_count_and_weekends_neither() -> None:
    came = date(2026, 3, 10)  # Tuesday
    assert rings(came, came, PLAIN) == date(2026, 3, 18)
    assert lain(came, date(2026, 3, 17), PLAIN) == PATIENCE - 1
    assert lain(came, date(2026, 3, 18), PLAIN) == PATIENCE
    assert lain(came, date(2026, 3, 22), PLAIN) == lain(came, date(2026, 3, 20), PLAIN)


@given(DAYS)
def test_first_reminded_then_told_above_then_on_the_first_working_day_of_a_week(
    came: date,
) -> None:
    first = rings(came, came, PLAIN)
    second = rings(came, first, PLAIN)
    third = rings(came, second, PLAIN)
    assert (lain(came, first, PLAIN), call(came, first, PLAIN)) == (PATIENCE, Call.REMIND)
    assert (lain(came, second, PLAIN), call(came, second, PLAIN)) == (2 * PATIENCE, Call.ESCALATE)
    assert PLAIN.working_days_between(second, third) >= PATIENCE - 1
    assert not any(map(PLAIN.is_working, _earlier_in_the_week(third)))
    assert rings(came, third, PLAIN) > third


@given(DAYS, st.sampled_from((Call.REMIND, Call.ESCALATE)))
def test_what_has_lain_long_enough_is_found_by_its_day(today: date, asked: Call) -> None:
    today = PLAIN.working_from(today)
    last = since_before(today, asked, PLAIN)
    assert lain(last, today, PLAIN) >= asked
    assert lain(date.fromordinal(last.toordinal() + 1), today, PLAIN) < asked


def _earlier_in_the_week(day: date) -> list[date]:
    return [date.fromordinal(day.toordinal() - n) for n in range(1, day.weekday() + 1)]
