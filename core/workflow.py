"""The life of an application: which move is allowed when, and where it leads.

Between waiting and its end it is one loop over the stages of the scheme file.
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
from core.scheme import Scheme, Stage
from core.stages import Manner, StageKind


class State(StrEnum):
    """Where an application stands."""

    WAITING = auto()  # has its place; the first stage has not started
    IN_STAGE = auto()
    CORRECTING = auto()  # 补正: back with the applicant
    PAID = auto()
    COMPLETED = auto()  # 办结: through every stage, without money
    REJECTED = auto()
    WITHDRAWN = auto()
    LAPSED = auto()  # 逾期未补正, 视为放弃
    DISQUALIFIED = auto()  # 取消资格
    CLAWED_BACK = auto()  # 追回
    REVOKED = auto()  # 撤销: nothing comes back
    TERMINATED = auto()  # 终止: ended under way, on a ground of the document
    RESERVE = auto()  # 备选: good enough, but no place is left
    UNPLACED = auto()  # 备选 to the end of the round


class Move(StrEnum):
    """What can be done to it."""

    START = auto()
    POST = auto()  # the notice about it is posted
    PASS = auto()
    ENTER = auto()  # 办理完毕: it was done, and how
    ASK_CORRECTION = auto()
    CORRECT = auto()
    REJECT = auto()
    POSTPONE = auto()  # 暂缓: the meeting leaves it to another one
    WITHDRAW = auto()
    LAPSE = auto()
    DISQUALIFY = auto()
    PAY = auto()
    CLAW_BACK = auto()
    HAND_OVER = auto()  # 移交: the same step, at another union
    YIELD = auto()  # 由先收到申请的受理: another union had it before
    REVOKE = auto()
    TERMINATE = auto()
    RESERVE = auto()
    MOVE_UP = auto()  # 递补
    CLOSE = auto()  # the round is over without it


ALLOWED: dict[tuple[State, Move], State] = {
    (State.WAITING, Move.START): State.IN_STAGE,
    (State.WAITING, Move.WITHDRAW): State.WITHDRAWN,
    (State.WAITING, Move.DISQUALIFY): State.DISQUALIFIED,
    (State.IN_STAGE, Move.POST): State.IN_STAGE,
    (State.IN_STAGE, Move.PASS): State.IN_STAGE,  # or the end, after the last stage
    (State.IN_STAGE, Move.ENTER): State.IN_STAGE,
    (State.IN_STAGE, Move.ASK_CORRECTION): State.CORRECTING,
    (State.IN_STAGE, Move.REJECT): State.REJECTED,
    (State.IN_STAGE, Move.POSTPONE): State.IN_STAGE,
    (State.IN_STAGE, Move.DISQUALIFY): State.DISQUALIFIED,
    (State.IN_STAGE, Move.WITHDRAW): State.WITHDRAWN,
    (State.IN_STAGE, Move.PAY): State.IN_STAGE,
    (State.IN_STAGE, Move.HAND_OVER): State.IN_STAGE,
    (State.IN_STAGE, Move.YIELD): State.WITHDRAWN,
    (State.CORRECTING, Move.CORRECT): State.IN_STAGE,
    (State.CORRECTING, Move.LAPSE): State.LAPSED,
    (State.CORRECTING, Move.WITHDRAW): State.WITHDRAWN,
    (State.CORRECTING, Move.DISQUALIFY): State.DISQUALIFIED,
    (State.PAID, Move.CLAW_BACK): State.CLAWED_BACK,
    (State.IN_STAGE, Move.CLAW_BACK): State.CLAWED_BACK,  # a share has been paid
    (State.CORRECTING, Move.CLAW_BACK): State.CLAWED_BACK,
    (State.TERMINATED, Move.CLAW_BACK): State.CLAWED_BACK,
    (State.REJECTED, Move.CLAW_BACK): State.CLAWED_BACK,  # not accepted after a share was paid
    (State.TERMINATED, Move.REVOKE): State.REVOKED,
    (State.REJECTED, Move.REVOKE): State.REVOKED,
    (State.IN_STAGE, Move.TERMINATE): State.TERMINATED,
    (State.PAID, Move.REVOKE): State.REVOKED,
    (State.COMPLETED, Move.REVOKE): State.REVOKED,
    (State.IN_STAGE, Move.REVOKE): State.REVOKED,
    (State.CORRECTING, Move.REVOKE): State.REVOKED,
    (State.IN_STAGE, Move.RESERVE): State.RESERVE,
    (State.RESERVE, Move.MOVE_UP): State.IN_STAGE,  # or waiting, where nobody has judged it yet
    (State.RESERVE, Move.WITHDRAW): State.WITHDRAWN,
    (State.RESERVE, Move.DISQUALIFY): State.DISQUALIFIED,
    (State.RESERVE, Move.CLOSE): State.UNPLACED,
}

MANNERS: dict[Move, tuple[Manner, ...]] = {
    Move.POST: (Manner.POST,),
    Move.PASS: (Manner.DECIDE, Manner.MEET, Manner.POST),
    Move.ENTER: (Manner.ENTER,),
    Move.PAY: (Manner.PAY,),
    Move.ASK_CORRECTION: (Manner.DECIDE,),
    Move.REJECT: (Manner.DECIDE, Manner.MEET, Manner.ENTER),
    Move.TERMINATE: (Manner.DECIDE, Manner.ENTER),
    Move.POSTPONE: (Manner.MEET,),
    Move.RESERVE: (Manner.DECIDE,),
}

ENDED = (  # a place is lost
    *(State.REJECTED, State.WITHDRAWN, State.LAPSED),
    *(State.DISQUALIFIED, State.TERMINATED),
)
LIVE = (
    *(State.WAITING, State.IN_STAGE, State.CORRECTING, State.RESERVE),
    *(State.PAID, State.COMPLETED),
)
GOING = (State.WAITING, State.IN_STAGE, State.CORRECTING)
UNPAID = (*GOING, State.TERMINATED, State.REJECTED)  # where money may have been paid, or not


@dataclass(frozen=True)
class Standing:
    """What the law needs to know of an application to move it.

    `stage_began` is the day the stage began; for a notice, the day it was posted, and None
    before that. `last_day` is the last day of that notice, or of the correction asked for.
    `leads` is the stage that comes next (`core.way`): the same one while unions further up have
    to act in it, None at the end. `paid` says that a part of the money has gone out.
    """

    state: State
    stage: int = 0
    stage_began: date | None = None
    last_day: date | None = None
    corrections: int = 0
    objection_open: bool = False
    leads: int | None = None
    paid: bool = False


def advance(standing: Standing, move: Move, scheme: Scheme, on: date) -> Standing:
    """The standing after the move on this day, or the refusal the document demands."""
    state = ALLOWED.get((standing.state, move))
    if state is None:
        raise MoveNotAllowed(standing.state, move)
    stage = scheme.stages[standing.stage]
    if move in MANNERS and stage.manner not in MANNERS[move]:
        raise MoveNotAllowed(standing.state, move)
    match move:
        case Move.TERMINATE if not scheme.termination or not standing.stage:
            raise MoveNotAllowed(standing.state, move)
        case Move.START | Move.ENTER | Move.PAY:
            return _onward(standing, move, scheme, on)
        case Move.POST:
            return _post(standing, on)
        case Move.PASS:
            _may_leave(standing, stage, on)
            return _onward(standing, move, scheme, on)
        case Move.RESERVE if not stage.reserves:
            raise MoveNotAllowed(standing.state, move)
        case Move.MOVE_UP if standing.leads is None:
            return replace(standing, state=State.WAITING)
        case Move.MOVE_UP:
            return _onward(standing, move, scheme, on)
        case Move.ASK_CORRECTION:
            if stage.correction is None:
                raise CorrectionUsed(cite=stage.cite)
            return replace(standing, state=state, corrections=standing.corrections + 1)
        case Move.CORRECT:
            if standing.last_day is not None and on > standing.last_day:
                raise CorrectionOverdue(standing.last_day, stage.cite)
            return replace(standing, state=state, last_day=None)
        case Move.WITHDRAW if standing.paid:
            raise MoveNotAllowed(standing.state, move)
        case Move.CLAW_BACK | Move.REVOKE if standing.state in UNPAID and not standing.paid:
            raise MoveNotAllowed(standing.state, move)
        case _:
            return replace(standing, state=state)


def _onward(standing: Standing, move: Move, scheme: Scheme, on: date) -> Standing:
    """Into the stage it leads to, or to the end."""
    paid = standing.paid or move is Move.PAY
    if standing.leads is None:
        end = State.PAID if paid else State.COMPLETED
        return replace(standing, state=end, last_day=None, paid=paid)
    waits_for_posting = scheme.stages[standing.leads].manner is Manner.POST
    return replace(
        standing,
        state=State.IN_STAGE,
        stage=standing.leads,
        stage_began=None if waits_for_posting else on,
        last_day=None,
        paid=paid,
    )


def _post(standing: Standing, on: date) -> Standing:
    if standing.stage_began is not None:
        raise MoveNotAllowed(standing.state, Move.POST)
    return replace(standing, stage_began=on)


def _may_leave(standing: Standing, stage: Stage, on: date) -> None:
    if stage.manner is not Manner.POST:
        return
    if standing.stage_began is None or standing.last_day is None:
        raise MoveNotAllowed(standing.state, Move.PASS)
    if on <= standing.last_day:
        raise NoticeStillRunning(standing.last_day, stage.cite)
    if standing.objection_open:
        raise ObjectionOpen(cite=stage.cite)


def settles(scheme: Scheme, left: int, now: Standing) -> bool:
    """Whether the step that was left gives a title: the last conferral, or the end."""
    return bool(scheme.confers) and _last(StageKind.CONFERRAL, scheme, left, now)


def revokes(scheme: Scheme, left: int, now: Standing) -> bool:
    """Whether it ends one: the last approval decides that, what comes after only carries it out."""
    return bool(scheme.ends) and _last(StageKind.APPROVAL, scheme, left, now)


def _last(kind: StageKind, scheme: Scheme, left: int, now: Standing) -> bool:
    if now.state in (State.PAID, State.COMPLETED):
        return True
    onward = now.state is State.IN_STAGE and now.stage > left
    return onward and scheme.stages[left].stage is kind and scheme.stages[now.stage].stage != kind
