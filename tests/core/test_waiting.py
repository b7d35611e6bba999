"""When waiting helps, the day is told; and on that day, not a day before, it does help."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.periods import ANNOUNCED
from core.rules import Condition, Value
from core.truth import YES
from core.verdict import holds
from core.waiting import met_from
from tests.core.trees import TODAY, conditions, people


def condition(**test: object) -> Condition:
    return Condition.model_validate({"say": "到时候", "fact": "when", "cite": "第一条"} | test)


@pytest.mark.parametrize(
    ("test", "when", "barred", "told"),
    [
        ({"since": "12个月"}, date(2025, 4, 2), False, date(2026, 4, 2)),
        ({"age_at_least": 60}, date(1966, 3, 11), False, date(2026, 3, 11)),
        ({"within": "5年"}, date(2022, 1, 5), True, date(2027, 1, 6)),
        ({"within": "12个月"}, date(2024, 1, 5), False, None),
        ({"age_at_most": 55}, date(1960, 1, 5), False, None),
        ({"at_least": "2020-01-01"}, date(2019, 1, 5), False, None),
    ],
)
def test_the_day_is_the_first_on_which_it_holds(
    test: dict[str, object], when: date, barred: bool, told: date | None
) -> None:
    if "at_least" in test:
        test = {"at_least": date(2020, 1, 1)}
    assert met_from(condition(**test), {"when": when}, TODAY, ANNOUNCED, barred) == told


@given(conditions, people, st.booleans())
def test_it_is_met_on_that_day_and_not_the_day_before(
    rule: Condition, facts: dict[str, Value], barred: bool
) -> None:
    def met(day: date) -> bool:
        return (holds(rule, facts, day, ANNOUNCED) is YES) is not barred

    if any(fact not in facts for fact in rule.facts) or met(TODAY):
        return
    told = met_from(rule, facts, TODAY, ANNOUNCED, barred)
    if told is not None:
        assert met(told)
        assert not met(told - timedelta(1))
