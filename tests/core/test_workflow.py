"""The procedure of 云工办通〔2021〕27号 第六条, move by move."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import (
    CorrectionOverdue,
    CorrectionUsed,
    MoveNotAllowed,
    NoticeStillRunning,
    ObjectionOpen,
    Refused,
)
from core.scheme import StageKind
from core.workflow import Move, Standing, State, advance
from storage.schemes import read

DAY = date(2026, 3, 10)
SKILL = read(Path(__file__).parents[2] / "schemes").on("yn-skill-upgrade-subsidy", DAY)
KINDS = [stage.stage for stage in SKILL.stages]
ENDS = {
    State.REJECTED,
    State.WITHDRAWN,
    State.LAPSED,
    State.DISQUALIFIED,
    State.CLAWED_BACK,
    State.REVOKED,
}


def at(stage: int, **more: object) -> Standing:
    leads = stage + 1 if stage + 1 < len(KINDS) else None
    there = Standing(State.IN_STAGE, stage, DAY, leads=leads)
    return replace(there, **more)  # type: ignore[arg-type]


def test_two_reviews_one_verification_two_notices_then_the_chairs_then_the_money() -> None:
    assert KINDS == [
        StageKind.FIRST_REVIEW,
        StageKind.NOTICE,
        StageKind.VERIFICATION,
        StageKind.REVIEW,
        StageKind.NOTICE,
        StageKind.APPROVAL,
        StageKind.PAYMENT,
    ]


def test_a_notice_waits_to_be_posted_and_hangs_five_whole_days() -> None:
    waiting = advance(at(0), Move.PASS, SKILL, DAY)
    assert waiting.stage_began is None
    with pytest.raises(MoveNotAllowed):
        advance(waiting, Move.PASS, SKILL, DAY)
    posted = advance(replace(waiting, leads=2), Move.POST, SKILL, DAY)
    hanging = replace(posted, last_day=DAY + timedelta(days=5))
    with pytest.raises(NoticeStillRunning) as refused:
        advance(hanging, Move.PASS, SKILL, DAY + timedelta(days=5))
    assert refused.value.cite == "第六条(二)"
    assert advance(hanging, Move.PASS, SKILL, DAY + timedelta(days=6)).stage == 2


def test_an_open_objection_stops_this_application() -> None:
    hanging = at(1, last_day=DAY, objection_open=True)
    with pytest.raises(ObjectionOpen):
        advance(hanging, Move.PASS, SKILL, DAY + timedelta(days=1))


def test_corrections_are_asked_for_only_where_the_document_says_so() -> None:
    with pytest.raises(CorrectionUsed):
        advance(at(0), Move.ASK_CORRECTION, SKILL, DAY)
    asked = advance(at(3), Move.ASK_CORRECTION, SKILL, DAY)
    assert asked.state is State.CORRECTING
    back = advance(replace(asked, last_day=DAY), Move.CORRECT, SKILL, DAY)
    assert (back.state, back.stage, back.corrections) == (State.IN_STAGE, 3, 1)


def test_a_correction_after_its_date_comes_too_late() -> None:
    asked = replace(advance(at(3), Move.ASK_CORRECTION, SKILL, DAY), last_day=DAY)
    with pytest.raises(CorrectionOverdue):
        advance(asked, Move.CORRECT, SKILL, DAY + timedelta(days=1))
    assert advance(asked, Move.LAPSE, SKILL, DAY + timedelta(days=1)).state is State.LAPSED


def test_only_money_ends_the_last_stage() -> None:
    with pytest.raises(MoveNotAllowed):
        advance(at(6), Move.PASS, SKILL, DAY)
    paid = advance(at(6), Move.PAY, SKILL, DAY)
    assert paid.state is State.PAID
    assert advance(paid, Move.CLAW_BACK, SKILL, DAY).state is State.CLAWED_BACK
    assert advance(paid, Move.REVOKE, SKILL, DAY).state is State.REVOKED
    with pytest.raises(MoveNotAllowed):
        advance(paid, Move.WITHDRAW, SKILL, DAY)


def test_a_share_that_was_paid_can_be_clawed_back_and_nothing_else() -> None:
    for move in (Move.CLAW_BACK, Move.REVOKE):
        with pytest.raises(MoveNotAllowed):
            advance(at(6), move, SKILL, DAY)
    assert advance(at(6, paid=True), Move.CLAW_BACK, SKILL, DAY).state is State.CLAWED_BACK


@given(st.lists(st.tuples(st.sampled_from(list(Move)), st.integers(0, 9)), max_size=60))
def test_no_walk_skips_a_stage_or_leaves_an_end(walk: list[tuple[Move, int]]) -> None:
    standing, day = Standing(State.WAITING), DAY
    for move, days in walk:
        day += timedelta(days=days)
        ahead = 0 if standing.state is State.WAITING else standing.stage + 1
        there = replace(standing, leads=ahead if ahead < len(KINDS) else None)
        try:
            moved = advance(there, move, SKILL, day)
        except Refused:
            continue
        assert standing.state not in ENDS
        assert moved.stage - standing.stage in (0, 1)
        assert moved.stage == standing.stage or move is Move.PASS
        if move is Move.PAY:
            assert KINDS[standing.stage] is StageKind.PAYMENT
        if move is Move.POST:
            moved = replace(moved, last_day=day + timedelta(days=5))
        standing = moved
