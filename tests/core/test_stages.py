"""Steps by hand, deadlines, and what belongs to which kind of step."""

from typing import Any

import pytest
from pydantic import ValidationError

from core.jurisdiction import ROLE_AT, Level
from core.stages import RUNS, Body, Stage, StageKind


def stage(**row: Any) -> Stage:
    usual = {
        "stage": "review",
        "name": "审核",
        "tell": "正在审核",
        "by": "provincial_office",
        "cite": "第一条",
    }
    return Stage.model_validate(usual | row)


def test_every_level_of_the_tree_has_somebody_who_acts() -> None:
    assert set(ROLE_AT) == set(Level)


def test_what_does_not_run_by_itself_is_marked() -> None:
    for kind in set(StageKind) - {StageKind.NOTICE}:
        for by in set(Body) - RUNS.get(kind, frozenset()):
            with pytest.raises(ValidationError, match="by_hand: true"):
                stage(stage=kind, by=by)
            assert not stage(stage=kind, by=by, by_hand=True).runs
        assert all(stage(stage=kind, by=by).runs for by in RUNS.get(kind, ()))


def test_a_notice_has_days_or_says_that_the_document_has_none() -> None:
    assert stage(stage="notice", days=5).runs
    assert not stage(stage="notice", days_open=True).runs
    with pytest.raises(ValidationError, match="not both"):
        stage(stage="notice", days=5, days_open=True)
    with pytest.raises(ValidationError, match="days belong to a notice"):
        stage(days_open=True)


def test_a_deadline_is_not_the_length_of_a_notice() -> None:
    within = stage(within="7日").within
    assert within is not None
    assert (within.n, within.unit) == (7, "days")


@pytest.mark.parametrize(
    "row", [{"objection": "anybody"}, {"share": 80}, {"stage": "payment", "share": 101}]
)
def test_what_belongs_to_one_kind_stands_nowhere_else(row: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        stage(**row)
