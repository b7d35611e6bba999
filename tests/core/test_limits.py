"""What earlier awards forbid: how often, in what time, of this scheme or another."""

from typing import Any

import pytest

from core.limits import Award, UnitLimitReached, archive_facts, check_unit, first_time, of_units
from core.restrictions import Limit
from core.scheme import Scheme

WORDS = {
    "say": "没有超过",
    "ask": "超过了吗？",
    "why": "有限制。",
    "name": "超过",
    "cite": "第一条",
}
SCHEME = {
    "id": "yn-a",
    "name": "甲",
    "kind": "subsidy",
    "applicant": "worker",
    "source": {
        "document": "甲号",
        "title": "甲办法",
        "issued": "2020-01-01",
        "in_force": "2020-01-01",
    },
}


def scheme(*limits: dict[str, Any], **more: Any) -> Scheme:
    rows = [WORDS | {"fact": f"reached_{n}"} | limit for n, limit in enumerate(limits)]
    return Scheme.model_validate(SCHEME | {"limits": rows} | more)


def reached(
    limit: dict[str, Any], *awards: Award, needs: str = "焊工", this_round: str = ""
) -> bool:
    found = archive_facts(scheme(limit), awards, {"trade": needs}, 2026, this_round)
    return bool(found["reached_0"])


def award(year: int, **more: Any) -> Award:
    usual: dict[str, Any] = {"scheme": "yn-a", "year": year, "level": "甲"}
    return Award(**(usual | more))


def test_three_a_year_are_allowed_and_a_fourth_is_not() -> None:
    limit = {"barred_by": "this_year", "most": 2}
    two = [award(2026), award(2026), award(2025)]
    assert not reached(limit, *two)
    assert reached(limit, *two, award(2026))


def test_once_for_life_and_once_in_five_years() -> None:
    assert reached({"barred_by": "ever"}, award(1999))
    five = {"barred_by": "within_years", "years": 5}
    assert reached(five, award(2021))
    assert not reached(five, award(2020))


def test_once_in_a_round() -> None:
    limit = {"barred_by": "this_round"}
    assert reached(limit, award(2026, round="7"), this_round="7")
    assert not reached(limit, award(2026, round="6"), this_round="7")
    assert not reached(limit, award(2026, round=""), this_round="")


def test_the_same_trade_once() -> None:
    limit = {"barred_by": "same_trade", "needs": "trade"}
    assert reached(limit, award(2020, trade="焊工"))
    assert not reached(limit, award(2020, trade="电工"))


def test_an_award_of_another_scheme_excludes_this_one() -> None:
    limit = {"barred_by": "ever", "schemes": "yn-b"}
    assert reached(limit, award(2024, scheme="yn-b"))
    assert not reached(limit, award(2024))


def test_what_the_unit_got_counts_for_limits_of_the_unit_only() -> None:
    unit = award(2026, of="unit")
    assert reached({"barred_by": "this_year", "of": "unit"}, unit)
    assert reached({"barred_by": "this_year", "of": "unit"}, award(2026))
    assert not reached({"barred_by": "this_year"}, unit)


def test_who_never_got_this_may_still_have_got_the_other() -> None:
    both = scheme(
        {"barred_by": "this_year"},
        {"barred_by": "ever", "schemes": ["yn-b"]},
        earlier="got_before",
    )
    assert first_time(both, {"got_before": False}) == {"reached_0": False}


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        ({"barred_by": "within_years"}, "years belong to within_years"),
        ({"barred_by": "this_year", "years": 3}, "years belong to within_years"),
        ({"barred_by": "same_trade"}, "needs the fact it compares"),
    ],
)
def test_a_limit_says_what_it_counts(limit: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Limit.model_validate(WORDS | {"fact": "reached"} | limit)


def test_what_the_person_got_elsewhere_is_not_the_units() -> None:
    elsewhere = award(2026, of="elsewhere")
    assert reached({"barred_by": "this_year"}, elsewhere)
    assert not reached({"barred_by": "this_year", "of": "unit"}, elsewhere)


def test_the_unit_hears_how_many_it_has() -> None:
    limited = scheme({"barred_by": "this_year", "of": "unit", "most": 1})
    assert of_units(limited) == {"yn-a"}
    two = [award(2026, of="unit"), award(2026)]
    check_unit(limited, [*two[:1], award(2025)], {}, 2026)
    with pytest.raises(UnitLimitReached) as refused:
        check_unit(limited, two, {}, 2026)
    assert (refused.value.count, refused.value.this_year) == (2, True)
