"""The sum that is granted: in its range, above a soft line with consent, never above a hard one."""

from datetime import date
from pathlib import Path

import pytest

from core.decision import decide
from core.errors import ConsentNeeded, SumOutOfRange
from core.granting import Room, check, room
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


def test_nothing_is_no_grant_and_less_than_the_floor_neither() -> None:
    for there, fen in ((HARD, 0), (Room(50_000, None), 49_999)):
        with pytest.raises(SumOutOfRange):
            check(there, fen)


def test_the_special_aid_has_a_soft_line() -> None:
    there = decide(LIBRARY.on("yn-model-worker-special-hardship-aid", DAY), {}, DAY)
    assert room(there.sums) == Room(0, 3_000_000, True, "第十三条")
    assert there.due_fen is None


def test_a_monthly_top_up_is_reckoned_and_leaves_the_months_open() -> None:
    facts: dict[str, Value] = {
        "model_worker_standing": "省劳模或先进工作者",
        "employment": "企业",
        "monthly_average_income": 260_000,
        "in_service_model_worker_line": 400_000,
    }
    verdict = decide(LIBRARY.on("yn-model-worker-living-hardship-allowance", DAY), facts, DAY)
    (found,) = verdict.sums
    assert found.exact == 140_000
    assert found.parts == (
        ("in_service_model_worker_line", 400_000),
        ("monthly_average_income", 260_000),
    )
    there = room(verdict.sums)
    assert there is not None
    assert (there.low, there.high) == (140_000, 12 * 140_000)


def test_what_gives_no_money_has_no_sum() -> None:
    assert room(decide(LIBRARY.on("yn-union-legal-aid", DAY), {}, DAY).sums) is None
