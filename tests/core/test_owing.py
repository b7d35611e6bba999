"""Money that comes back: never more than was paid, in parts that are the whole, never twice."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.owing import (
    MOST_PARTS,
    Debt,
    Instalment,
    PlanRefused,
    RepaidTooMuch,
    marked,
    owed,
    plan,
)

DAY = date(2026, 3, 31)
NEXT = date(2026, 4, 30)


@given(st.integers(1, 10**12), st.integers(1, MOST_PARTS))
def test_the_parts_are_the_whole_and_differ_by_a_fen(fen: int, parts: int) -> None:
    if parts > fen:
        with pytest.raises(PlanRefused):
            plan(fen, parts, NEXT, DAY)
        return
    made = plan(fen, parts, NEXT, DAY)
    sums = [part.fen for part in made]
    assert sum(sums) == fen
    assert max(sums) - min(sums) <= 1
    assert [part.due for part in made] == sorted({part.due for part in made})


def test_a_part_falls_on_the_last_day_of_a_shorter_month() -> None:
    made = plan(300, 3, date(2026, 12, 31), DAY)
    assert [str(part.due) for part in made] == ["2026-12-31", "2027-01-31", "2027-02-28"]


@pytest.mark.parametrize(("parts", "first"), [(1, DAY), (0, NEXT), (MOST_PARTS + 1, NEXT)])
def test_a_plan_lies_ahead_and_has_an_end(parts: int, first: date) -> None:
    with pytest.raises(PlanRefused):
        plan(100_000, parts, first, DAY)


def test_the_whole_comes_back_unless_the_document_speaks_of_a_part() -> None:
    assert owed(100_000, None, in_part=False) == owed(100_000, 100_000, in_part=False) == 100_000
    assert owed(100_000, 30_000, in_part=True) == 30_000
    for wanted, in_part in ((99_999, False), (100_001, False), (100_001, True), (0, True)):
        with pytest.raises(PlanRefused):
            owed(100_000, wanted, in_part=in_part)


@given(st.integers(1, 10**6), st.integers(1, 12), st.lists(st.integers(-5, 10**6), max_size=20))
def test_what_comes_pays_the_oldest_part_and_never_more_than_all(
    fen: int, parts: int, comes: list[int]
) -> None:
    debt = Debt(fen, plan(fen, min(parts, fen), NEXT, DAY))
    for sum_ in comes:
        try:
            debt = debt.take(sum_)
        except (RepaidTooMuch, PlanRefused):
            assert sum_ <= 0 or sum_ > debt.left
        assert debt.back + debt.left == fen
        assert sum(part.fen for part in debt.open) == debt.left
        assert sum(came for _, came in marked(debt.parts, debt)) == debt.back
    assert bool(debt.left) == bool(debt.open) == (debt.rings(DAY) is not None)


def test_the_calendar_rings_before_and_after_each_part_until_all_is_back() -> None:
    debt = Debt(100, (Instalment(NEXT, 50), Instalment(date(2026, 5, 30), 50)))
    days, day = [], DAY
    while (rings := debt.rings(day)) is not None:
        days.append(str(rings))
        day = rings
    assert days == ["2026-04-27", "2026-05-01", "2026-05-27", "2026-05-31"]
    late = NEXT + timedelta(days=1)
    assert (debt.late(NEXT), debt.late(late), debt.take(20).late(late)) == (0, 50, 30)
    assert str(debt.take(50).rings(DAY)) == "2026-05-27"
