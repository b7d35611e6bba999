"""Which lost places are refilled from the reserve list, and where whoever moves up goes on."""

from pathlib import Path

import pytest

from core import reserves
from core.catalogue import read_scheme
from core.errors import MoveNotAllowed, SchemeFileError
from core.workflow import Move, Standing, State, advance
from storage.schemes import read
from tests.core.trees import TODAY

SCHEMES = read(Path(__file__).parents[2] / "schemes")
ZHUYUAN = SCHEMES.versions("qj-zhuyuan-craftsman-selection-2022")[-1]
YUNLING = SCHEMES.on("yn-yunling-craftsman-selection", TODAY)
SKILL = SCHEMES.on("yn-skill-upgrade-subsidy", TODAY)
LINE = SKILL.model_copy(
    update={"quota": SKILL.quota.model_copy(update={"when_full": "reserve_list"})}
)
NAMES = [stage.name for stage in ZHUYUAN.stages]
LISTED, EXAMINED, DISCUSSED, HANGS = map(
    NAMES.index, ["综合组复评", "审核考察", "领导小组审议", "社会公示"]
)
LISTS = "by_hand: true, reserves: true, reserves_of: prefecture"
EVERY_KEY = Path(__file__).with_name("every_key.yaml").read_text("utf-8")


def test_a_place_lost_in_the_notice_goes_to_the_next_and_is_shown_anew() -> None:
    assert reserves.chosen_in(ZHUYUAN) == LISTED
    assert reserves.refilled(ZHUYUAN, HANGS)
    assert reserves.goes_on_at(ZHUYUAN, HANGS) == HANGS


def test_who_moves_up_before_the_leading_group_is_examined_first() -> None:
    assert reserves.goes_on_at(ZHUYUAN, DISCUSSED) == EXAMINED


def test_the_province_refills_what_the_inspection_loses_but_not_what_the_notice_does() -> None:
    names = [stage.name for stage in YUNLING.stages]
    assert reserves.refilled(YUNLING, names.index("审核考察"))
    assert not reserves.refilled(YUNLING, names.index("社会公示"))


def test_each_lost_place_is_refilled_once_in_the_order_of_loss() -> None:
    lost = [reserves.Lost(stage) for stage in (EXAMINED, DISCUSSED, HANGS, HANGS)]
    assert reserves.vacant(ZHUYUAN, lost, []) == lost[1:]
    assert reserves.vacant(ZHUYUAN, lost, [0, 0]) == lost[3:]
    assert reserves.vacant(ZHUYUAN, lost, [0, 0, 0]) == []


def test_what_one_list_has_refilled_leaves_the_place_of_another_open() -> None:
    lost = [reserves.Lost(HANGS, 1), reserves.Lost(HANGS, 2), reserves.Lost(HANGS, 1)]
    assert reserves.vacant(ZHUYUAN, lost, [2]) == [lost[0], lost[2]]
    assert reserves.vacant(ZHUYUAN, lost, [1]) == [lost[1], lost[2]]


def test_who_stands_in_line_for_places_begins_at_the_beginning() -> None:
    assert reserves.by_submission(LINE)
    assert not reserves.by_submission(SKILL)
    assert reserves.refilled(LINE, 0)
    assert reserves.goes_on_at(LINE, 4) is None


@pytest.mark.parametrize(
    ("given", "places"), [(None, 10), (8, 8)], ids=["the document's", "the round's"]
)
def test_the_jury_gives_the_places_of_the_round_or_of_the_document(
    given: int | None, places: int
) -> None:
    assert reserves.places(ZHUYUAN, given) == places
    assert not reserves.counted_at_once(ZHUYUAN)
    assert reserves.counted_at_once(SKILL)


def test_only_the_step_that_gives_the_places_puts_on_the_list() -> None:
    there = Standing(State.IN_STAGE, LISTED, TODAY, leads=EXAMINED)
    listed = advance(there, Move.RESERVE, ZHUYUAN, TODAY)
    assert listed.state is State.RESERVE
    with pytest.raises(MoveNotAllowed):
        advance(Standing(State.IN_STAGE, EXAMINED, TODAY), Move.RESERVE, ZHUYUAN, TODAY)
    up = advance(Standing(State.RESERVE, LISTED, leads=HANGS), Move.MOVE_UP, ZHUYUAN, TODAY)
    assert (up.state, up.stage, up.stage_began) == (State.IN_STAGE, HANGS, None)
    first = advance(Standing(State.RESERVE), Move.MOVE_UP, LINE, TODAY)
    assert first.state is State.WAITING


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("when_full: reserve_list", "when_full: close", "reserves needs quota.when_full"),
        (LISTS, "by_hand: true", "needs an earlier stage with reserves"),
        ("moves_up_to: 考察", "moves_up_to: 首拨", "首拨 is no stage between the list and here"),
        ("vacancy: from_reserves, ", "", "moves_up_to belongs to vacancy"),
    ],
)
def test_the_loader_says_what_a_list_lacks(before: str, after: str, why: str) -> None:
    assert before in EVERY_KEY
    with pytest.raises(SchemeFileError, match=why):
        read_scheme(EVERY_KEY.replace(before, after), {}, "every_key.yaml")
