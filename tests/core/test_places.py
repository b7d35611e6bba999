"""Places add up, and a rank has its grade."""

from typing import Any

import pytest
from pydantic import ValidationError

from core.places import Quota


def quota(**row: Any) -> Quota:
    return Quota.model_validate({"order": "ranked", "cite": "第一条"} | row)


def test_an_allocation_adds_up_to_the_places() -> None:
    shared = {"五华区总工会": 5, "直属基层工会": 4}
    assert quota(places=9, allocation=shared).allocation == shared
    with pytest.raises(ValidationError, match="adds up to 9, not to 10"):
        quota(places=10, allocation=shared)


def test_a_rank_has_its_grade_or_none() -> None:
    bands = [
        {"name": "技术状元", "first": 1, "last": 1},
        {"name": "技术能手", "first": 2, "last": 10},
        {"name": "组织奖", "places": 3},
    ]
    given = [quota(bands=bands).band(rank) for rank in (1, 2, 10, 11)]
    assert [band and band.name for band in given] == ["技术状元", "技术能手", "技术能手", None]


@pytest.mark.parametrize(
    ("band", "said"),
    [
        ({"name": "一等奖"}, "has places, or ranks"),
        ({"name": "一等奖", "first": 1}, "first and last"),
        ({"name": "一等奖", "first": 3, "last": 2}, "lies after"),
    ],
)
def test_a_band_counts_places_or_ranks(band: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        quota(bands=[band])


def test_a_number_is_bounded_only_where_there_is_one() -> None:
    assert quota(places=20, bound="at_most").bound == "at_most"
    with pytest.raises(ValidationError, match="bound goes with places"):
        quota(bound="about")
