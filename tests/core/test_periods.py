"""A deadline ends as the documents and the Civil Code say."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.named_days import NamedDay, named_day
from core.periods import ANNOUNCED, Length, length

SHANGHAI = ZoneInfo("Asia/Shanghai")
FRIDAY = date(2026, 3, 6)


def read(said: str) -> Length:
    found = length(said)
    assert isinstance(found, Length)
    return found


@pytest.mark.parametrize(
    ("said", "last"),
    [
        ("7日", date(2026, 3, 13)),
        ("15天", date(2026, 3, 21)),
        ("5个工作日", date(2026, 3, 13)),
        ("5工作日", date(2026, 3, 13)),
        ("1个月", date(2026, 4, 6)),
        ("半年", date(2026, 9, 6)),
        ("2年", date(2028, 3, 6)),
    ],
)
def test_the_day_it_begins_does_not_count(said: str, last: date) -> None:
    assert read(said).ends(FRIDAY) == last


def test_a_month_ends_with_the_last_day_of_a_shorter_one() -> None:
    assert read("1个月").ends(date(2026, 1, 31)) == date(2026, 2, 28)


def test_an_hour_is_counted_to_the_minute_and_a_day_to_midnight() -> None:
    accident = datetime(2026, 3, 6, 22, 30, tzinfo=SHANGHAI)
    assert read("2小时").ends_at(accident) == datetime(2026, 3, 7, 0, 30, tzinfo=SHANGHAI)
    assert read("1个工作日").ends_at(accident) == datetime(2026, 3, 10, tzinfo=SHANGHAI)


def test_hours_cannot_be_counted_from_a_day() -> None:
    with pytest.raises(ValueError, match="from an instant"):
        read("1小时").ends(FRIDAY)


@pytest.mark.parametrize("said", ["5", "五日", "5周", "", "5个工作日内", "-5日", "10000000日"])
def test_other_words_are_no_length(said: str) -> None:
    with pytest.raises(ValueError, match="is not a length of time"):
        length(said)


DAYS = st.dates(date(2024, 1, 1), date(2026, 6, 1)) | st.sampled_from(
    [date(2024, 2, 29), date(2025, 2, 28), date(2025, 3, 31), date(2025, 4, 30)]
)
PERIODS = st.sampled_from(["3日", "5个工作日", "1个月", "2个月", "半年", "1年"]).map(read)
ONE = timedelta(days=1)


@given(DAYS, PERIODS)
def test_the_earliest_start_is_the_first_that_has_not_run_out(today: date, period: Length) -> None:
    earliest = period.earliest(today)
    assert period.ends(earliest) >= today > period.ends(earliest - ONE)


@given(DAYS, PERIODS)
def test_so_long_before_an_event_and_so_long_after_it_meet(event: date, period: Length) -> None:
    """But for the last days of a longer month, and for days on which nobody works."""
    early = timedelta(days=3 if period.unit == "months" else 0)
    late = ANNOUNCED.working_from(event) if period.unit == "working_days" else event
    assert event - early <= period.ends(period.before(event)) <= late


@given(DAYS, PERIODS)
def test_the_latest_start_is_the_last_that_has_wholly_passed(today: date, period: Length) -> None:
    latest = period.latest(today)
    assert period.ends(latest) <= today < period.ends(latest + ONE)


@pytest.mark.parametrize(
    ("said", "began", "last"),
    [
        ("2月底", date(2027, 1, 11), date(2027, 2, 28)),  # the first after it has begun
        ("2月底", date(2027, 3, 1), date(2028, 2, 29)),
        ("12月10日", date(2026, 12, 10), date(2026, 12, 10)),
        ("次年12月10日", date(2027, 12, 12), date(2027, 12, 10)),  # begun too late
        ("当年12月5日", date(2027, 1, 4), date(2026, 12, 5)),
        ("次年2月29日", date(2026, 11, 3), date(2027, 2, 28)),
    ],
)
def test_a_named_day_is_of_the_year_the_document_means(said: str, began: date, last: date) -> None:
    named = named_day(said)
    assert isinstance(named, NamedDay)
    assert named.after(began, 2026) == last
