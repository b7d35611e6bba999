"""The sum that is granted: in its range, above a soft line with consent, never above a hard one."""

from datetime import date
from pathlib import Path

import pytest

from core.decision import decide
from core.errors import ConsentNeeded, SumOutOfRange
from core.granting import Room, check, room
from core.periods import ANNOUNCED
from core.rules import Value
from storage.schemes import read

LIBRARY = read(Path("schemes"))
DAY = date(2026, 3, 2)
HARD, SOFT = Room(0, 3_000_000, cite="第十三条"), Room(0, 3_000_000, True, "第十三条")


def test_a_hard_ceiling_is_never_passed() -> None:
    check(HARD, 3_000_000)
    with pytest.raises(SumOutOfRange):
        check(HARD, 3_000_001, province=True, note="情况特殊")


def test_a_soft_one_only_by_the_province_and_with_a_reason() -> None:
    check(SOFT, 3_000_000)
    for province, note in ((False, "情况特殊"), (True, ""), (True, "  ")):
        with pytest.raises(ConsentNeeded):
            check(SOFT, 3_500_000, province=province, note=note)
    check(SOFT, 3_500_000, province=True, note="情况特殊")


def test_behind_a_soft_line_there_may_be_a_hard_one_that_nobody_passes() -> None:
    """原则上不超过60%……最高补助限额为100万元."""
    scheme = LIBRARY.on("yn-inclusive-project-fund", DAY)
    told: dict[str, Value] = {"inclusive_project_cost": 100_000_000}
    there = room(decide(scheme, told, DAY, ANNOUNCED).sums)
    assert there == Room(0, 60_000_000, True, "二（一）4", most=100_000_000)
    check(there, 30_000_000)
    with pytest.raises(ConsentNeeded):
        check(there, 60_000_001)
    check(there, 100_000_000, province=True, note="受益面很广")
    with pytest.raises(SumOutOfRange) as refused:
        check(there, 100_000_001, province=True, note="受益面很广")
    assert refused.value.high == 100_000_000
    told = {"inclusive_project_cost": 200_000_000}
    there = room(decide(scheme, told, DAY, ANNOUNCED).sums)
    assert there == Room(0, 100_000_000, False, "二（一）4")


def test_nothing_is_no_grant_and_less_than_the_floor_neither() -> None:
    for there, fen in ((HARD, 0), (Room(50_000, None), 49_999)):
        with pytest.raises(SumOutOfRange):
            check(there, fen)


def test_the_special_aid_has_a_soft_line() -> None:
    there = decide(LIBRARY.on("yn-model-worker-special-hardship-aid", DAY), {}, DAY, ANNOUNCED)
    assert room(there.sums) == Room(0, 3_000_000, True, "第十三条")
    assert there.due_fen is None


def test_a_monthly_top_up_is_reckoned_and_leaves_the_months_open() -> None:
    facts: dict[str, Value] = {
        "model_worker_standing": "省劳模或先进工作者",
        "employment": "企业",
        "monthly_average_income": 260_000,
        "in_service_model_worker_line": 400_000,
    }
    verdict = decide(
        LIBRARY.on("yn-model-worker-living-hardship-allowance", DAY), facts, DAY, ANNOUNCED
    )
    (found,) = verdict.sums
    assert found.exact == 140_000
    assert found.parts == (
        ("in_service_model_worker_line", 400_000),
        ("monthly_average_income", 260_000),
    )
    there = room(verdict.sums)
    assert there is not None
    assert (there.low, there.high, there.month) == (140_000, 12 * 140_000, 140_000)


def test_what_was_given_lowers_the_line_of_the_year_and_leaves_the_consent() -> None:
    assert SOFT.after(0) == SOFT
    used_up = SOFT.after(3_500_000)
    assert (used_up.high, used_up.fixed) == (0, None)
    check(used_up, 100, province=True, note="情况特殊")
    with pytest.raises(ConsentNeeded):
        check(used_up, 100)


def test_what_gives_no_money_has_no_sum() -> None:
    assert room(decide(LIBRARY.on("yn-union-legal-aid", DAY), {}, DAY, ANNOUNCED).sums) is None
