"""How much somebody gets, in fen: tables, tiers, parts, differences, ceilings, and what is open."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from core.benefits import Benefit, Ceiling
from core.granting import Room, room
from core.periods import ANNOUNCED
from core.rules import Value
from core.sums import Sum, sums, totals
from core.truth import NO, UNKNOWN, YES, Truth
from tests.core.trees import TODAY

WANYUAN = 1_000_000  # 1万元 in fen


def benefit(**row: Any) -> Benefit:
    return Benefit.model_validate({"what": "补助", "cite": "第一条"} | row)


def only(
    row: dict[str, Any], facts: dict[str, Value], tracks: dict[str, Truth] | None = None
) -> Sum:
    (found,) = sums((benefit(**row),), facts, TODAY, ANNOUNCED, tracks or {})
    return found


VENUE = {
    "by": "area",
    "tiers": [
        {"at_least": 4000, "at_most": 5000, "up_to": 7_000_000},
        {"at_least": 3000, "below": 4000, "up_to": 6_000_000},
        {"below": 3000, "up_to": 5_000_000},
    ],
}
RANKS = {
    "by": "rank",
    "tiers": [
        {"name": "技术状元", "at_least": 1, "at_most": 1, "yuan": 10000},
        {"name": "技术能手", "at_least": 2, "at_most": 10, "yuan": 2000},
    ],
}
REWARD = {"percent": Decimal(50), "of": "won", "cap": 2_000_000}
CEILING = {"percent_up_to": Decimal(60), "of": "cost"}
BETWEEN = {"percent_at_least": 1, "percent_up_to": 5, "of": "cost", "cap": 30_000_000}
TOP_UP = {"top_up_to": "line", "from": "income", "per": "month"}

EXACT: list[tuple[dict[str, Any], dict[str, Value], int]] = [
    ({"yuan": 15000}, {}, 1_500_000),
    ({"by": "grade", "yuan": {"一等奖": 60000, "二等奖": 40000}}, {"grade": "二等奖"}, 4_000_000),
    ({"by": "grade", "yuan": {"一等奖": 60000}}, {"grade": "未获奖"}, 0),
    (RANKS, {"rank": 1}, 1_000_000),
    (RANKS, {"rank": 2}, 200_000),
    (RANKS, {"rank": 10}, 200_000),
    (RANKS, {"rank": 11}, 0),
    (REWARD, {"won": 3_000_000_00}, 1_500_000_00),
    (REWARD, {"won": 4_000_000_00}, 2_000_000_00),
    (REWARD, {"won": 4_000_000_02}, 2_000_000_00),
    (REWARD, {"won": 1}, 0),
    (TOP_UP, {"line": 400_000, "income": 320_000}, 80_000),
    (TOP_UP, {"line": 400_000, "income": 400_000}, 0),
    (TOP_UP, {"line": 400_000, "income": 500_000}, 0),
    (TOP_UP | {"cap": 500}, {"line": 400_000, "income": 320_000}, 50_000),
    ({"yuan": 5000, "times": ["people", "years"]}, {"people": 3, "years": 2}, 3_000_000),
    ({"yuan": 5000, "times": "years"}, {"years": Decimal("1.5")}, 750_000),
    (
        {"percent": Decimal("0.5"), "of": "arrears", "times": "days"},
        {"arrears": WANYUAN, "days": 10},
        50_000,
    ),
]


@pytest.mark.parametrize(("row", "facts", "fen"), EXACT, ids=str)
def test_the_sum_is_exact(row: dict[str, Any], facts: dict[str, Value], fen: int) -> None:
    found = only(row, facts)
    assert (found.exact, found.open) == (fen, ())


@pytest.mark.parametrize(
    ("row", "facts", "low", "high"),
    [
        ({"up_to": 30000, "in_principle": True}, {}, None, 3_000_000),
        ({"at_least": 500, "set_by": "provincial_union"}, {}, 50_000, None),
        ({"at_least": 200_000, "up_to": 300_000}, {}, 20_000_000, 30_000_000),
        ({"set_by": "provincial_union"}, {}, None, None),
        (CEILING, {"cost": 100_000_01}, None, 60_000_00),  # 60.006: rounded down
        (CEILING | {"cap": 1_000_000}, {"cost": 2_000_000_00}, None, 1_000_000_00),
        ({"percent_at_least": 30, "of": "cost"}, {"cost": 1_000_00}, 300_00, None),
        (BETWEEN, {"cost": 100_000_000_00}, 1_000_000_00, 5_000_000_00),
        (BETWEEN, {"cost": 1_000_000_000_00}, 10_000_000_00, 30_000_000_00),
        (BETWEEN, {}, None, 30_000_000_00),
        ({"in_kind": True}, {}, None, None),
        (VENUE, {"area": 4000}, None, 700_000_000),
        (VENUE, {"area": 3999}, None, 600_000_000),
        (VENUE, {"area": 2999}, None, 500_000_000),
    ],
)
def test_what_the_document_leaves_open_stays_a_range(
    row: dict[str, Any], facts: dict[str, Value], low: int | None, high: int | None
) -> None:
    found = only(row, facts)
    assert (found.low, found.high, found.exact) == (low, high, None)


def test_a_cap_may_be_a_fact_and_is_asked_for() -> None:
    row = {"percent": 30, "of": "cost", "cap": "due"}
    assert only(row, {"cost": 1_000, "due": 200}).exact == 200
    found = only(row, {"cost": 1_000, "due": 300})
    assert (found.exact, found.cut) == (300, False)
    assert only(row, {"cost": 1_000}).open == ("due",)


def test_what_others_pay_is_told_and_never_granted() -> None:
    match = {"percent_at_least": 30, "of": "cost", "paid_by": "县总工会"}
    rows = benefit(yuan=700), benefit(**match)
    found = list(sums(rows, {"cost": 1_000_00}, TODAY, ANNOUNCED, {}))
    assert [(each.low, each.high) for each in found] == [(70_000, 70_000), (30_000, None)]
    assert room(found) == Room(70_000, 70_000, cite="第一条")
    assert room(found[1:]) is None


def test_a_line_in_principle_may_be_passed_up_to_the_cap_and_the_cap_says_that_it_cut() -> None:
    row = CEILING | {"in_principle": True, "cap": 1_000_000}
    assert (only(row, {"cost": 1_000_000_00}).most, only(CEILING, {"cost": 5}).most) == (10**8, 3)
    found = [only(row, {"cost": cost}) for cost in (1_600_000_00, 1_700_000_00)]
    assert [(each.high, each.cut) for each in found] == [(96_000_000, False), (10**8, True)]


def test_a_missing_fact_is_named_and_the_table_gives_the_range() -> None:
    found = only({"by": "grade", "yuan": {"一等奖": 60000, "优秀奖": 5000}}, {})
    assert (found.low, found.high, found.open) == (500_000, 6_000_000, ("grade",))
    assert only(REWARD, {}).high == 200_000_000
    assert only(TOP_UP, {"income": 1}).open == ("line",)


def test_a_part_for_others_is_left_out_and_one_that_may_be_theirs_says_what_is_missing() -> None:
    row = {"yuan": 600, "when": {"fact": "origin", "is": "引进"}}
    assert only(row, {"origin": "引进"}).exact == 60_000
    assert list(sums((benefit(**row),), {"origin": "本省"}, TODAY, ANNOUNCED, {})) == []
    perhaps = only(row, {})
    assert (perhaps.low, perhaps.high, perhaps.open) == (0, 60_000, ("origin",))


def test_a_track_decides_like_a_condition() -> None:
    row = {"yuan": 600, "track": "退休"}
    assert only(row, {}, {"退休": YES}).exact == 60_000
    assert only(row, {}, {"退休": UNKNOWN}).low == 0
    assert list(sums((benefit(**row),), {}, TODAY, ANNOUNCED, {"退休": NO})) == []


def test_a_sum_is_valid_from_its_first_to_its_last_day() -> None:
    row = benefit(yuan=600, since=date(2026, 3, 10), until=date(2026, 3, 11))
    days = [date(2026, 3, day) for day in (9, 10, 11, 12)]
    assert [len(list(sums((row,), {}, day, ANNOUNCED, {}))) for day in days] == [0, 1, 1, 0]


def test_several_sums_below_one_ceiling_come_to_no_more_than_it() -> None:
    rows = ({"yuan": 5000, "times": "n"}, {"up_to": 3000}, {"yuan": 700, "track": "乙"})
    tracks = {"乙": YES}
    ceiling = Ceiling(yuan=9000, cite="第一条")

    def total(ceiling: Ceiling, n: int) -> tuple[int, int, int | None]:
        there = list(sums(tuple(benefit(**r) for r in rows), {"n": n}, TODAY, ANNOUNCED, tracks))
        (found,) = totals([ceiling], there)
        return found.low, found.high, found.whole

    assert total(ceiling, 1) == (570_000, 870_000, 870_000)
    assert total(ceiling, 2) == (900_000, 900_000, 1_370_000)
    assert total(Ceiling(yuan=600, track="乙", cite="第一条"), 2) == (60_000, 60_000, 70_000)


@given(st.lists(st.integers(1, 10**6), min_size=1), st.integers(1, 10**6))
def test_a_ceiling_takes_away_only_what_is_above_it(yuan: list[int], line: int) -> None:
    rows = tuple(benefit(yuan=each) for each in yuan)
    found = list(sums(rows, {}, TODAY, ANNOUNCED, {}))
    (total,) = totals([Ceiling(yuan=line, cite="第一条")], found)
    assert total.exact == min(sum(yuan), line) * 100
    assert total.cut is (sum(yuan) > line)
    there = room(found, [total])
    assert there is not None
    assert there.fixed == total.exact


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_difference_never_takes_anything_away(line: int, income: int) -> None:
    found = only(TOP_UP, {"line": line, "income": income})
    assert found.exact == max(0, line - income)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({}, "exactly one way"),
        ({"yuan": 5, "up_to": 9}, "exactly one way"),
        ({"yuan": 5, "in_kind": True}, "exactly one way"),
        ({"yuan": {"甲": 5}}, "by names the fact"),
        ({"yuan": 5, "by": "grade"}, "by names the fact"),
        ({"percent": Decimal(50)}, "percent goes with of"),
        ({"percent": 50, "percent_up_to": 60, "of": "cost"}, "exactly one way"),
        ({"percent_at_least": 60, "percent_up_to": 60, "of": "cost"}, "below up_to"),
        ({"top_up_to": "line"}, "top_up_to goes with from"),
        ({"yuan": 5, "cap": 3}, "cap belongs to"),
        ({"at_least": 9, "up_to": 9}, "below up_to"),
        ({"yuan": 5, "in_principle": True}, "in_principle goes with up_to"),
        ({"yuan": 0}, "greater than 0"),
        ({"yuan": 1.5}, "valid integer"),
        ({"by": "area", "tiers": [{"yuan": 5}]}, "a tier needs"),
        ({"by": "area", "tiers": [{"at_least": 1}]}, "either yuan or up_to"),
    ],
)
def test_a_benefit_that_says_too_little_or_too_much_is_refused(
    row: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValidationError, match=said):
        benefit(**row)
