"""A meeting decides on what it was shown; its minutes say who was there."""

from datetime import date, timedelta

import pytest

from core.errors import AlreadyDecided, LimitReached, Recused, Unreadable
from core.meeting import Minutes, Point, Ruling, hindrance, read_minutes, read_point

DAY = date(2026, 3, 10)
HELD = Minutes("第12次", DAY, (7, 8))
LIMIT = LimitReached("一年一次", "第七条")


@pytest.mark.parametrize(
    ("minutes", "hint"),
    [
        (Minutes(" ", DAY, (7,)), "minutes"),
        (Minutes("长" * 81, DAY, (7,)), "minutes"),
        (Minutes("1", DAY + timedelta(days=1), (7,)), "date_future"),
        (Minutes("1", DAY), "attendance"),
        (Minutes("1", DAY, others="长" * 301), "too_long"),
        (Minutes("1", DAY, (9,)), "choice"),
    ],
)
def test_minutes_need_a_number_a_day_and_who_was_there(minutes: Minutes, hint: str) -> None:
    with pytest.raises(Unreadable) as no:
        read_minutes(minutes, {7, 8}, DAY)
    assert no.value.hint == hint


def test_minutes_are_kept_as_they_were_meant() -> None:
    told = Minutes(" 第12次 ", DAY, (8, 7, 8), " 王主席 ")
    assert read_minutes(told, {7, 8}, DAY) == Minutes("第12次", DAY, (7, 8), "王主席")


def test_a_refusal_needs_its_ground_and_a_postponement_does_not() -> None:
    for point, hint in [
        (Point(1, Ruling.REFUSE, " "), "text"),
        (Point(1, Ruling.REFUSE, "长" * 501), "too_long"),
    ]:
        with pytest.raises(Unreadable) as no:
            read_point(point)
        assert no.value.hint == hint
    assert read_point(Point(1, Ruling.POSTPONE)) == Point(1, Ruling.POSTPONE)


def test_a_meeting_is_hindered_by_change_by_recusal_of_all_and_by_a_limit() -> None:
    no = Recused("relative")
    assert isinstance(hindrance(Point(1), 2, HELD, {}, None), AlreadyDecided)
    assert hindrance(Point(1), 1, HELD, {7: no}, None) is None
    assert hindrance(Point(1), 1, HELD, {7: no, 8: no}, None) is no
    assert hindrance(Point(1), 1, Minutes("1", DAY, (7,), "王主席"), {7: no}, None) is None
    assert hindrance(Point(1), 1, HELD, {}, LIMIT) is LIMIT
    assert hindrance(Point(1, Ruling.REFUSE, "已领过"), 1, HELD, {}, LIMIT) is None
