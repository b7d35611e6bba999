"""By which days a duty after the award is due, and when the calendar looks at it."""

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from core.days import Calendar
from core.duties import Duty, rings, soon, still_open, watched
from core.errors import AlreadyDecided
from storage.schemes import read

LIBRARY = read(Path("schemes"))
SAID = {"say": "报告使用情况", "cite": "第二十八条"}


def a_duty(**said: object) -> Duty:
    return Duty.model_validate({**SAID, **said})


def the_days(duty: Duty, began: date, count: int) -> list[date]:
    found: list[date] = []
    while len(found) < count:
        due = duty.next_due(began, found[-1] if found else None, Calendar())
        assert due is not None
        found.append(due)
    return found


def test_days_of_the_year_come_round_from_the_day_after_the_end() -> None:
    half = a_duty(every="半年", until=["6月30日", "11月30日"])
    assert the_days(half, date(2026, 6, 30), 3) == [
        date(2026, 11, 30),
        date(2027, 6, 30),
        date(2027, 11, 30),
    ]
    yearly = a_duty(every="1年", until="12月31日")
    assert the_days(yearly, date(2026, 12, 30), 2) == [date(2026, 12, 31), date(2027, 12, 31)]
    assert yearly.event == "end"


def test_a_span_after_the_award_or_the_payment_comes_once() -> None:
    once = a_duty(within="1个月", after="payment")
    assert once.next_due(date(2026, 1, 31), None, Calendar()) == date(2026, 2, 28)
    assert once.next_due(date(2026, 1, 31), date(2026, 2, 28), Calendar()) is None
    assert once.event == "payment"
    assert a_duty(within="10个工作日", after="award").watched


def test_what_names_no_day_or_binds_somebody_else_is_told_only() -> None:
    assert not any(a_duty(**more).watched for more in ({}, {"every": "1年"}, {"within": "30日"}))
    studio = LIBRARY.on("yn-worker-innovation-studio", date(2026, 3, 2))
    (yearly,) = watched(studio.duties)
    assert [day.said for day in studio.duties[yearly].until] == ["12月31日"]
    accident = LIBRARY.on("yn-work-safety-accident-report", date(2026, 3, 2))
    assert list(watched(accident.duties)) == []


@pytest.mark.parametrize(
    "said",
    [
        {"until": "12月31日"},
        {"until": "12月31日", "every": "半年"},
        {"until": ["6月30日", "11月30日"], "every": "1年"},
        {"until": "2月29日", "every": "1年"},
        {"until": "年底", "every": "1年"},
        {"after": "award"},
        {"after": "award", "within": "2小时"},
        {"after": "award", "within": "2年", "every": "1年", "until": "12月31日"},
        {"after": "visit", "within": "2年"},
    ],
)
def test_a_duty_that_does_not_fit_together_is_no_duty(said: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        a_duty(**said)


def test_the_calendar_looks_seven_days_before_and_the_day_after() -> None:
    due, later = date(2026, 12, 31), date(2027, 1, 20)
    assert rings(due, due, date(2026, 3, 1)) == date(2026, 12, 24)
    assert rings(due, due, date(2026, 12, 24)) == date(2027, 1, 1)
    assert rings(due, due, date(2027, 1, 1)) is None
    assert rings(due, later, date(2027, 1, 1)) == date(2027, 1, 13)
    assert rings(due, later, date(2027, 1, 13)) == date(2027, 1, 21)
    days = [date(2026, 12, 23), date(2026, 12, 24), due, date(2027, 1, 1)]
    assert [soon(due, day) for day in days] == [False, True, True, False]


def test_what_is_done_is_decided_once() -> None:
    for state in ("open", "reported", "overdue"):
        still_open(state)
    for state in ("fulfilled", "ended"):
        with pytest.raises(AlreadyDecided):
            still_open(state)
