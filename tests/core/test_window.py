"""When one can apply: every kind of window on both sides of its ends."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from core.periods import ANNOUNCED
from core.rules import Value
from core.truth import NO, UNKNOWN, YES, Truth
from core.window import Window, first_after, over

SHANGHAI = ZoneInfo("Asia/Shanghai")


def window(**row: Any) -> Window:
    return Window.model_validate({"cite": "第一条"} | row)


def days(row: dict[str, Any], facts: dict[str, Value], *dates: date) -> list[Truth]:
    return [window(**row).open_on(day, facts, ANNOUNCED) for day in dates]


def test_a_window_of_every_year_opens_and_closes_each_year() -> None:
    row = {"opens": "04-01", "closes": "06-30"}
    edges = [date(2027, 3, 31), date(2027, 4, 1), date(2027, 6, 30), date(2027, 7, 1)]
    assert days(row, {}, *edges) == [NO, YES, YES, NO]
    assert window(**row).dates(date(2027, 7, 1)) == (date(2028, 4, 1), date(2028, 6, 30))
    assert window(**row).dates(date(2027, 6, 30)) == (date(2027, 4, 1), date(2027, 6, 30))


def test_a_window_between_two_days_opens_once() -> None:
    row = {
        "opens": date(2022, 9, 23),
        "closes": date(2022, 10, 24),
        "at": 17 * 60,
        "late": "refused",
    }
    edges = [date(2022, 9, 22), date(2022, 9, 23), date(2022, 10, 24), date(2022, 10, 25)]
    assert days(row, {}, *edges) == [NO, YES, YES, NO]
    assert window(**row).at == time(17, 0)


@pytest.mark.parametrize(
    ("now", "at", "gone"),
    [
        (datetime(2026, 9, 30, 17, 0, 59, tzinfo=SHANGHAI), time(17), False),
        (datetime(2026, 9, 30, 17, 1, tzinfo=SHANGHAI), time(17), True),
        (datetime(2026, 9, 30, 23, 59, tzinfo=SHANGHAI), None, False),
        (datetime(2026, 10, 1, tzinfo=SHANGHAI), None, True),
        (datetime(2026, 9, 29, 23, 0, tzinfo=SHANGHAI), time(17), False),
        (datetime(2026, 10, 1, tzinfo=SHANGHAI), time(17), True),
    ],
)
def test_the_last_day_ends_with_its_hour(now: datetime, at: time | None, gone: bool) -> None:
    closes = date(2026, 9, 30)
    assert over(closes, at, now) is gone
    assert (now >= first_after(closes, at, SHANGHAI)) is gone


def test_a_window_after_an_event_waits_for_the_event() -> None:
    row = {"event": "told", "within": "5个工作日"}
    edges = [date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 10)]
    assert days(row, {"told": date(2026, 3, 2)}, *edges) == [NO, YES, YES, NO]
    assert days(row, {}, date(2026, 3, 2)) == [UNKNOWN]


def test_a_window_is_always_open_or_announced_for_each_round() -> None:
    assert days({"always": True}, {}, date(2026, 1, 1)) == [YES]
    assert days({"set_by": "provincial_union"}, {}, date(2026, 1, 1)) == [UNKNOWN]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({}, "a window is always"),
        ({"always": True, "closes": "06-30"}, "a window is always"),
        ({"within": "5日"}, "goes with event"),
        ({"within": "1小时", "event": "told"}, "hours belong to"),
        ({"closes": "02-30"}, "day is out of range"),
    ],
)
def test_a_window_is_of_one_kind(row: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        window(**row)
