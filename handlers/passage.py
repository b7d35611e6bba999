"""One move of one application: the law is asked, the row changed, the passage and the act kept.

Every clerk that moves an application does it here, with the application held.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from core.jurisdiction import Tree
from core.reserves import refilled
from core.scheme import Scheme
from core.stages import Manner
from core.way import Stop, first_stop, stop_after
from core.workflow import ENDED, LIVE, Move, Standing, State, advance, revokes, settles
from handlers import budget, cards, clock, duties, handed, pleading, register, weighing
from handlers.bench import Actor, scheme_of
from handlers.office import Office
from handlers.route import traveller
from storage.admission import VACANCY
from storage.tables import Application, Passage
from storage.unit import Unit

TAKEN_BACK = (State.CLAWED_BACK, State.REVOKED)  # when it had been decided stays
ONWARD = (Move.START, Move.PASS, Move.ENTER, Move.PAY, Move.MOVE_UP)
# What somebody decides: what it rests on is kept with it, whoever has asked for the move.
DECIDED = (
    *(Move.PASS, Move.ENTER, Move.ASK_CORRECTION, Move.REJECT, Move.POSTPONE, Move.RESERVE),
    *(Move.DISQUALIFY, Move.TERMINATE, Move.CLAW_BACK, Move.REVOKE),
)
UNDECIDED = (State.WAITING, State.CORRECTING, State.RESERVE, State.PAID)


@dataclass(frozen=True)
class Why:
    """What a move brings with it: a date it has to be answered by, a reason to keep, and what
    the decision rests on."""

    due: date | None = None
    reason: dict[str, Any] | None = None
    trace: dict[str, Any] | None = None


async def move(
    office: Office,
    unit: Unit,
    application: Application,
    what: Move,
    by: Actor,
    why: Why | None = None,
    tree: Tree | None = None,
    start: int | None = None,
) -> Application:
    """The application after the move. Raises what `core.workflow.advance` raises.

    `tree` spares reading the unions again where many are moved; `start` is the step at which
    whoever moves up goes on.
    """
    scheme = scheme_of(office, application)
    if what is Move.MOVE_UP:
        stop = await _up(office, unit, application, start)
    else:
        stop = await _next(office, unit, application, what, tree)
    before = await _standing(unit, scheme, application, stop)
    after = advance(before, what, scheme, unit.today)
    why = why or Why()
    if what in DECIDED and by.officer_id is not None and why.trace is None:
        weighed = await weighing.seen(office, unit, application)
        why = replace(why, trace=weighed.trace(scheme))
    _note(unit, application, what, by, why)
    on = f"application:{application.id}"
    left = application.stage
    detail = {"stage": left, "version": application.version}
    await unit.acts.append(by.who, what.value, on, **detail)
    application.version += 1
    _place(application, after, stop if what in ONWARD else None)
    _date(unit, application, what, scheme)
    await _leave(unit, scheme, application)
    if what in (Move.POSTPONE, Move.HAND_OVER):  # its time goes on
        await clock.again(office, unit, application)
    else:
        await clock.wind(office, unit, application, why.due)
    await cards.close(office, unit, application, what, by)
    await budget.moved(office, unit, application)
    if settles(scheme, left, after):
        await register.settle(office, unit, application, by)
    if upheld := revokes(scheme, left, after):
        await register.revoke(office, unit, application, by)
    await pleading.moved(office, unit, application, upheld=upheld)
    if after.state in TAKEN_BACK:
        await register.taken_back(unit, application, by)
    await duties.moved(office, unit, application)
    await handed.moved(office, unit, application)
    return application


async def _next(
    office: Office, unit: Unit, application: Application, what: Move, tree: Tree | None
) -> Stop | None:
    """Where the move would lead, if it is one that leads on."""
    if what not in ONWARD:
        return None
    tree = tree or await unit.unions.tree(application.base_union_id)
    who = await traveller(office, unit, application)
    if what is Move.START:
        return first_stop(who, tree)
    return stop_after(who, tree, application.stage, application.union_id)


async def _up(
    office: Office, unit: Unit, application: Application, start: int | None
) -> Stop | None:
    """Where whoever moves up goes on; None where nobody has judged it yet."""
    if start is None:
        return None
    tree = await unit.unions.tree(application.base_union_id)
    return first_stop(await traveller(office, unit, application), tree, start)


async def _leave(unit: Unit, scheme: Scheme, application: Application) -> None:
    """A place is lost in a step that refills it: the calendar looks who is next."""
    held = application.reserve is None or application.moved_up_at is not None
    if application.state in ENDED and held and refilled(scheme, application.stage):
        await unit.timers.set(VACANCY, application.round_id, unit.now)


async def _standing(
    unit: Unit, scheme: Scheme, application: Application, stop: Stop | None
) -> Standing:
    """What the law wants to know, and no more is read than it needs here."""
    last_day, objection_open = None, False
    if application.state == State.CORRECTING:
        last_day = (await unit.applications.correction(application.id)).due
    elif _hangs(scheme, application):
        last_day = await unit.notices.last_day(application)
        also = scheme.stages[application.stage].also_by is not None
        if also and not await unit.notices.hangs_at(application, application.base_union_id):
            last_day = None  # 所在单位同步公示: it waits for both
        objection_open = bool(await unit.objections.open_on([application.id]))
    return Standing(
        State(application.state),
        application.stage,
        application.stage_began,
        last_day,
        application.corrections,
        objection_open,
        stop.stage if stop else None,
        application.paid_at is not None,
    )


def _hangs(scheme: Scheme, application: Application) -> bool:
    posted = scheme.stages[application.stage].manner is Manner.POST
    return posted and application.stage_began is not None


def _note(unit: Unit, application: Application, what: Move, by: Actor, why: Why) -> None:
    unit.passages.add(
        Passage(
            application_id=application.id,
            version=application.version,
            stage=application.stage,
            move=what.value,
            officer_id=by.officer_id,
            instead_of_id=by.other_id,
            union_id=by.union_id,
            reason=why.reason or {},
            trace=why.trace or {},
            at=unit.now,
        )
    )


def _place(application: Application, after: Standing, stop: Stop | None) -> None:
    """Where it stands now, and which union acts there."""
    application.state = after.state.value
    application.stage = after.stage
    application.stage_began = after.stage_began
    application.corrections = after.corrections
    if after.state not in (State.IN_STAGE, State.CORRECTING):
        application.union_id = None
    elif stop is not None:
        application.union_id = stop.union.id


def _date(unit: Unit, application: Application, what: Move, scheme: Scheme) -> None:
    """When it was decided and paid, and whether it still holds its place."""
    state = State(application.state)
    if what is Move.PAY:
        application.paid_at = application.paid_at or unit.now
    if state not in LIVE:
        application.live = False
    if state is State.IN_STAGE:
        if scheme.stages[application.stage].manner is Manner.PAY:
            application.decided_at = application.decided_at or unit.now
    elif state not in (*UNDECIDED, *TAKEN_BACK):
        application.decided_at = unit.now
