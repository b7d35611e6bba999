"""Random rule trees and random people, for what has to hold of all of them."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from core.rules import Condition, Rules, Value

TODAY = date(2026, 3, 10)
CITE = "第一条"

values: dict[str, st.SearchStrategy[Value]] = {
    "member": st.booleans(),
    "level": st.sampled_from(["甲", "乙", "丙"]),
    "age": st.integers(0, 90),
    "issued": st.dates(date(2023, 1, 1), date(2027, 1, 1)),
    "handed_in": st.dates(date(2023, 1, 1), date(2027, 1, 1)),
    "born": st.dates(date(1940, 1, 1), date(2012, 1, 1)),
    "income": st.integers(0, 500_000),
    "line": st.integers(0, 500_000),
}
tests: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "member": st.booleans().map(lambda value: {"is": value}),
    "level": st.lists(values["level"], min_size=1, max_size=2, unique=True).map(
        lambda levels: {"in": tuple(levels)}
    ),
    "age": st.one_of(
        st.integers(0, 90).map(lambda years: {"at_least": years}),
        st.integers(0, 90).map(lambda years: {"at_most": years}),
        st.integers(0, 90).map(lambda years: {"above": years}),
        st.integers(0, 90).map(lambda years: {"below": years}),
        st.integers(0, 60).map(lambda years: {"between": (years, years + 20)}),
    ),
    "issued": st.one_of(
        st.just({"same_year": True}),
        st.integers(1, 36).map(lambda months: {"within_months": months}),
        st.sampled_from(["30日", "7个工作日", "6个月", "2年"]).map(lambda said: {"within": said}),
        st.sampled_from(["30日", "18个月", "1年"]).map(lambda said: {"since": said}),
        st.dates(date(2023, 1, 1), date(2027, 1, 1)).map(lambda day: {"before": day}),
        st.just({"within": "20日", "of": "handed_in"}),
        st.just({"since": "1个月", "of": "handed_in"}),
    ),
    "handed_in": st.just({"after": "issued"}),
    "born": st.one_of(
        st.integers(16, 70).map(lambda years: {"age_at_least": years}),
        st.integers(16, 70).map(lambda years: {"age_at_most": years}),
    ),
    "income": st.sampled_from(
        [{"below": "line"}, {"at_most": "line"}, {"at_least": "line"}, {"above": "1200.5元"}]
    ),
    "line": st.just({"at_most": "3000元"}),
}

conditions = st.sampled_from(sorted(tests)).flatmap(
    lambda fact: tests[fact].map(
        lambda test: Condition.model_validate(
            {"say": f"{fact}合适", "fact": fact, "cite": CITE} | test
        )
    )
)
parts = st.recursive(
    conditions,
    lambda inner: st.builds(
        lambda track, all_, any_, none: Rules(
            track=track, all=tuple(all_), any=tuple(any_), none=tuple(none)
        ),
        st.sampled_from(["", "在职", "退休"]),
        st.lists(inner, min_size=1, max_size=3),
        st.lists(inner, max_size=2),
        st.lists(inner, max_size=2),
    ),
    max_leaves=10,
)
trees = st.lists(parts, min_size=1, max_size=3).map(lambda some: Rules(all=tuple(some)))
people = st.fixed_dictionaries({}, optional=values)
