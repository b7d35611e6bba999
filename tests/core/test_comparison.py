"""Every test a condition may use, on both sides of its bound."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from core.comparison import Comparison, OneOf, Within
from core.periods import ANNOUNCED
from core.rules import Value
from core.truth import NO, UNKNOWN, YES
from core.verdict import holds
from tests.core.trees import TODAY

OTHERS: dict[str, Value] = {
    "line": 400_000,
    "received": date(2026, 3, 2),
    "other_day": date(2026, 1, 5),
}


def passes(test: dict[str, Any], value: Value) -> bool:
    comparison = Comparison.model_validate({"fact": "it"} | test)
    return holds(comparison, OTHERS | {"it": value}, TODAY, ANNOUNCED) is YES


BOTH_SIDES: list[tuple[dict[str, Any], Value, Value]] = [
    ({"is": True}, True, False),
    ({"is": "焊工"}, "焊工", "电工"),
    ({"in": ["甲", "乙"]}, "乙", "丙"),
    ({"at_least": 5}, 5, 4),
    ({"at_least": Decimal("1.5")}, Decimal("1.5"), Decimal("1.4")),
    ({"at_most": 2}, 2, 3),
    ({"above": 2}, 3, 2),
    ({"below": 10}, 9, 10),
    ({"between": [100, 200]}, 200, 201),
    ({"between": [100, 200]}, 100, 99),
    ({"at_least": "1.5万元"}, 1_500_000, 1_499_999),
    ({"at_most": "30000元"}, 3_000_000, 3_000_001),
    ({"below": "line"}, 399_999, 400_000),
    ({"at_most": "line"}, 400_000, 400_001),
    ({"at_least": date(2019, 1, 1)}, date(2019, 1, 1), date(2018, 12, 31)),
    ({"before": date(2022, 1, 1)}, date(2021, 12, 31), date(2022, 1, 1)),
    ({"after": date(2022, 1, 1)}, date(2022, 1, 2), date(2022, 1, 1)),
    ({"after": "other_day"}, date(2026, 1, 6), date(2026, 1, 5)),
    ({"same_year": True}, date(2026, 12, 31), date(2025, 12, 31)),
    ({"within_months": 12}, date(2025, 3, 10), date(2025, 3, 9)),
    ({"within": "12个月"}, date(2025, 3, 10), date(2025, 3, 9)),
    ({"within": "20日"}, date(2026, 2, 18), date(2026, 2, 17)),
    ({"within": "5个工作日"}, date(2026, 3, 3), date(2026, 3, 2)),
    ({"within": "2年"}, TODAY, date(2026, 3, 11)),
    ({"within": "5个工作日", "of": "received"}, date(2026, 3, 9), date(2026, 3, 10)),
    ({"within": "5个工作日", "of": "received"}, date(2026, 3, 2), date(2026, 3, 1)),
    ({"not_yet": True}, date(2026, 3, 11), TODAY),
    ({"since": "2年"}, date(2024, 3, 10), date(2024, 3, 11)),
    ({"since": "半年"}, date(2025, 9, 10), date(2025, 9, 11)),
    ({"since": "30日"}, date(2026, 2, 8), date(2026, 2, 9)),
    ({"since": "5个工作日"}, date(2026, 3, 3), date(2026, 3, 4)),
    ({"since": "1个月", "of": "other_day"}, date(2026, 2, 5), date(2026, 2, 4)),
    ({"age_at_least": 60}, date(1966, 3, 10), date(1966, 3, 11)),
    ({"age_at_most": 55}, date(1970, 3, 11), date(1970, 3, 10)),
]


@pytest.mark.parametrize(("test", "inside", "outside"), BOTH_SIDES, ids=str)
def test_the_bound_itself_is_on_the_right_side(
    test: dict[str, Any], inside: Value, outside: Value
) -> None:
    assert passes(test, inside)
    assert not passes(test, outside)


def test_whoever_is_born_on_the_29th_of_february_comes_of_age_in_march() -> None:
    eighteen = Comparison(fact="born", age_at_least=18)
    facts: dict[str, Value] = {"born": date(2004, 2, 29)}
    assert holds(eighteen, facts, date(2022, 2, 28), ANNOUNCED) is NO
    assert holds(eighteen, facts, date(2022, 3, 1), ANNOUNCED) is YES


def test_a_comparison_waits_for_every_fact_it_needs() -> None:
    poor = Comparison(fact="income", below="line")
    assert poor.facts == ("income", "line")
    assert holds(poor, {"income": 1}, TODAY, ANNOUNCED) is UNKNOWN
    assert holds(poor, {"line": 1}, TODAY, ANNOUNCED) is UNKNOWN


def test_there_are_but_two_shapes() -> None:
    shapes = {
        type(Comparison.model_validate({"fact": "it"} | test).test(TODAY, ANNOUNCED, OTHERS))
        for test, _, _ in BOTH_SIDES
    }
    assert shapes == {OneOf, Within}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({}, "exactly one test, this one has 0"),
        ({"is": True, "at_least": 3}, "exactly one test, this one has 2"),
        ({"is": True, "of": "other"}, "counted from"),
        ({"within": "1小时"}, "ask for the number of hours"),
        ({"since": "2小时"}, "ask for the number of hours"),
        ({"within": "五天"}, "5个工作日, 15日, 12个月"),
        ({"at_most": "三万"}, "no sum like 30000元"),
        ({"at_most": "万元"}, "no sum like 30000元"),
        ({"at_least": True}, "valid integer"),
        ({"at_least": 1.5}, "valid integer"),
    ],
)
def test_what_is_no_test_is_refused_with_what_would_be_one(row: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Comparison.model_validate({"fact": "it"} | row)
