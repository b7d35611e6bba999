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
}
tests: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "member": st.booleans().map(lambda value: {"is": value}),
    "level": st.lists(values["level"], min_size=1, max_size=2, unique=True).map(
        lambda levels: {"in": tuple(levels)}
    ),
    "age": st.one_of(
        st.integers(0, 90).map(lambda years: {"at_least": years}),
        st.integers(0, 90).map(lambda years: {"at_most": years}),
    ),
    "issued": st.one_of(
        st.just({"same_year": True}),
        st.integers(1, 36).map(lambda months: {"within_months": months}),
    ),
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
        lambda all_, any_, none: Rules(all=tuple(all_), any=tuple(any_), none=tuple(none)),
        st.lists(inner, min_size=1, max_size=3),
        st.lists(inner, max_size=2),
        st.lists(inner, max_size=2),
    ),
    max_leaves=10,
)
trees = st.lists(parts, min_size=1, max_size=3).map(lambda some: Rules(all=tuple(some)))
people = st.fixed_dictionaries({}, optional=values)
