"""Steps by hand, deadlines, and who acts where the tree of unions has no body of that name."""

from typing import Any

import pytest
from pydantic import ValidationError

from core.errors import NotFound
from core.jurisdiction import ROLE_AT, Level, Node, Tree, body_for
from core.stages import RUNS, Body, Stage, StageKind

TREE = Tree(
    [
        Node(1, "yn", "省总", Level.PROVINCE, None),
        Node(2, "km", "昆明市总", Level.PREFECTURE, 1),
        Node(3, "pl", "盘龙区总", Level.COUNTY, 2),
        Node(4, "cj", "春城厂工会", Level.BASE_UNIT, 3),
    ]
)


def stage(**row: Any) -> Stage:
    usual = {
        "stage": "review",
        "name": "审核",
        "tell": "正在审核",
        "by": "provincial_office",
        "cite": "第一条",
    }
    return Stage.model_validate(usual | row)


def test_every_kind_of_step_has_somebody_who_enters_how_it_ended() -> None:
    assert set(ROLE_AT) == set(StageKind)


def test_what_does_not_run_by_itself_is_marked() -> None:
    for kind in set(StageKind) - {StageKind.NOTICE}:
        for by in set(Body) - RUNS.get(kind, frozenset()):
            with pytest.raises(ValidationError, match="by_hand: true"):
                stage(stage=kind, by=by)
            assert not stage(stage=kind, by=by, by_hand=True).runs
        assert all(stage(stage=kind, by=by).runs for by in RUNS.get(kind, ()))


def test_whoever_runs_a_step_has_a_role_at_it() -> None:
    levels = {
        Body.BASE_UNIT: Level.BASE_UNIT,
        Body.PREFECTURE_UNION: Level.PREFECTURE,
        Body.PROVINCIAL_OFFICE: Level.OFFICE,
        Body.PROVINCIAL_CHAIRS: Level.CHAIRS,
        Body.PROVINCIAL_UNION: Level.FINANCE,
    }
    assert all(levels[by] in ROLE_AT[kind] for kind, bodies in RUNS.items() for by in bodies)


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


def test_the_county_acts_where_the_document_says_so() -> None:
    assert body_for(stage(by="county_union", by_hand=True), 4, "", TREE).code == "pl"


@pytest.mark.parametrize("by", [Body.AUTHORITY, Body.EXPERT_PANEL, Body.EVERY_LEVEL, Body.PUBLIC])
def test_a_body_outside_of_the_tree_is_not_guessed(by: Body) -> None:
    with pytest.raises(NotFound):
        body_for(stage(by=by, by_hand=True), 4, "", TREE)
