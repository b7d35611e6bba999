"""The life of an application: which move is allowed when, and where it leads.

Between waiting and paid it is one loop over the stages of the scheme file.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum, auto

from core.errors import (
    CorrectionOverdue,
    CorrectionUsed,
    MoveNotAllowed,
    NoticeStillRunning,
    ObjectionOpen,
)
from core.scheme import Scheme, Stage, StageKind


class State(StrEnum):
    """Where an application stands."""

    WAITING = auto()  # has its place; the first stage has not started
    IN_STAGE = auto()
    CORRECTING = auto()  # 补正: back with the applicant
    PAID = auto()
    REJECTED = auto()
    WITHDRAWN = auto()
    LAPSED = auto()  # 逾期未补正, 视为放弃
    DISQUALIFIED = auto()  # 取消资格
    CLAWED_BACK = auto()  # 追回


class Move(StrEnum):
    """What can be done to it."""

    START = auto()
    POST = auto()  # the notice about it is posted
    PASS = auto()
    ASK_CORRECTION = auto()
    CORRECT = auto()
    REJECT = auto()
    WITHDRAW = auto()
    LAPSE = auto()
    DISQUALIFY = auto()
    PAY = auto()
    CLAW_BACK = auto()


ALLOWED: dict[tuple[State, Move], State] = {
    (State.WAITING, Move.START): State.IN_STAGE,
    (State.WAITING, Move.WITHDRAW): State.WITHDRAWN,
    (State.WAITING, Move.DISQUALIFY): State.DISQUALIFIED,
    (State.IN_STAGE, Move.POST): State.IN_STAGE,
    (State.IN_STAGE, Move.PASS): State.IN_STAGE,
    (State.IN_STAGE, Move.ASK_CORRECTION): State.CORRECTING,
    (State.IN_STAGE, Move.REJECT): State.REJECTED,
    (State.IN_STAGE, Move.DISQUALIFY): State.DISQUALIFIED,
    (State.IN_STAGE, Move.WITHDRAW): State.WITHDRAWN,
    (State.IN_STAGE, Move.PAY): State.PAID,
    (State.CORRECTING, Move.CORRECT): State.IN_STAGE,
    (State.CORRECTING, Move.LAPSE): State.LAPSED,
    (State.CORRECTING, Move.WITHDRAW): State.WITHDRAWN,
    (State.CORRECTING, Move.DISQUALIFY): State.DISQUALIFIED,
    (State.PAID, Move.CLAW_BACK): State.CLAWED_BACK,
}

KINDS: dict[Move, tuple[StageKind, ...]] = {
    Move.POST: (StageKind.NOTICE,),
    Move.PAY: (StageKind.PAYMENT,),
    Move.REJECT: (
        StageKind.FIRST_REVIEW,
        StageKind.VERIFICATION,
        StageKind.REVIEW,
        StageKind.APPROVAL,
    ),
}

LIVE = (State.WAITING, State.IN_STAGE, State.CORRECTING, State.PAID)


@dataclass(frozen=True)
class Standing:
    """What the law needs to know of an application to move it.

    `stage_began` is the day the stage began; for a notice, the day it was posted, and None
    before that. `last_day` is the last day of that notice, or of the correction asked for.
    """

    state: State
    stage: int = 0
    stage_began: date | None = None
    last_day: date | None = None
    corrections: int = 0
    objection_open: bool = False


def advance(standing: Standing, move: Move, scheme: Scheme, on: date) -> Standing:
    """The standing after the move on this day, or the refusal the document demands."""
    state = ALLOWED.get((standing.state, move))
    if state is None:
        raise MoveNotAllowed(standing.state, move)
    stage = scheme.stages[standing.stage]
    if move in KINDS and stage.stage not in KINDS[move]:
        raise MoveNotAllowed(standing.state, move)
    match move:
        case Move.START:
            return _enter(replace(standing, state=state), scheme, 0, on)
        case Move.POST:
            return _post(standing, on)
        case Move.PASS:
            _may_leave(standing, stage, on)
            return _enter(replace(standing, state=state), scheme, standing.stage + 1, on)
        case Move.ASK_CORRECTION:
            if stage.correction is None or standing.corrections:
                raise CorrectionUsed(cite=stage.cite)
            return replace(standing, state=state, corrections=standing.corrections + 1)
        case Move.CORRECT:
            if standing.last_day is not None and on > standing.last_day:
                raise CorrectionOverdue(standing.last_day, stage.cite)
            return replace(standing, state=state, last_day=None)
        case _:
            return replace(standing, state=state)


def _enter(standing: Standing, scheme: Scheme, stage: int, on: date) -> Standing:
    if stage >= len(scheme.stages):
        raise MoveNotAllowed(standing.state, Move.PASS)
    waits_for_posting = scheme.stages[stage].stage is StageKind.NOTICE
    began = None if waits_for_posting else on
    return replace(standing, stage=stage, stage_began=began, last_day=None)


def _post(standing: Standing, on: date) -> Standing:
    if standing.stage_began is not None:
        raise MoveNotAllowed(standing.state, Move.POST)
    return replace(standing, stage_began=on)


def _may_leave(standing: Standing, stage: Stage, on: date) -> None:
    if stage.stage is StageKind.PAYMENT:
        raise MoveNotAllowed(standing.state, Move.PASS)  # only money ends it
    if stage.stage is not StageKind.NOTICE:
        return
    if standing.stage_began is None or standing.last_day is None:
        raise MoveNotAllowed(standing.state, Move.PASS)
    if on <= standing.last_day:
        raise NoticeStillRunning(standing.last_day, stage.cite)
    if standing.objection_open:
        raise ObjectionOpen(cite=stage.cite)
