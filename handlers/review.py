"""Deciding one by one (初审, 复核, 审核, 推荐, 办理…): what waits, and the one way to decide on it.

Chat cards, console pages and the JSON API all end here.
"""

from typing import Any

from core.errors import AlreadyDecided, MoveNotAllowed, UndertakingMissing, Unreadable
from core.scheme import Stage
from core.truth import NO
from core.verdict import Reason
from core.workflow import Move
from handlers import (
    assignment,
    disqualifying,
    docket,
    granting,
    hats,
    inspection,
    joining,
    onward,
    passage,
    pleading,
    reserves,
    returning,
    subject,
    terminating,
    weighing,
)
from handlers.bench import acting, present, scheme_of, within
from handlers.decisions import (
    CardView,
    Decision,
    Disqualify,
    Enter,
    Pass,
    Reject,
    Reserve,
    Return,
    Terminate,
    Waiting,
    Yield,
)
from handlers.docket import card
from handlers.office import Office
from handlers.passage import Why
from handlers.queue import Page, heaps, queue
from storage.tables import Application, Officer
from storage.unit import Unit

__all__ = [
    "CardView",
    "Decision",
    "Page",
    "Waiting",
    "card",
    "decide",
    "heaps",
    "queue",
]

LONGEST_NOTE = 500  # characters


async def decide(
    office: Office,
    officer: Officer,
    application_id: int,
    version: int,
    decision: Decision,
    unit: Unit | None = None,
) -> Application:
    """Decides at the stage the application stands in; tells the worker and calls the next.

    `version` is the one the officer has seen. Raises AlreadyDecided, OutsideJurisdiction,
    Recused, MoveNotAllowed (also where nobody decides one by one), UndertakingMissing,
    InspectionMissing, InspectionUnconfirmed, AttachmentMissing, AssignmentMissing,
    HolderUnheard, HolderMayAnswer, FindingsMissing, NotEligible, SumMissing, SumOutOfRange,
    ConsentNeeded, CorrectionUsed, Overlooked, SubjectMissing, SubjectTaken, PlacesGiven,
    ReserveTaken, Unreadable, NotFound.
    """
    async with within(office, unit) as work:
        officer = await present(work, officer)
        await reserves.hold(office, work, application_id)
        application = await work.applications.held(application_id)
        await _check_version(work, officer, application, version)
        officer = await docket.wearing(office, work, officer, application)
        stage = await docket.check(office, work, officer, application)
        if stage.manner not in docket.ONE_BY_ONE:
            raise MoveNotAllowed(application.state, Move.PASS)
        match decision:
            case Pass():
                await _pass(office, work, officer, application, stage, decision)
            case Enter():
                await _enter(office, work, officer, application, stage, decision)
            case Return():
                await returning.ask(office, work, officer, application, decision)
            case Yield():
                await _yield(office, work, officer, application)
            case Disqualify():
                await disqualifying.disqualify(office, work, officer, application, decision)
            case Terminate():
                await terminating.terminate(office, work, officer, application, decision)
            case Reject():
                await _reject(office, work, officer, application, decision)
            case Reserve():
                _note(decision.note)
                await reserves.put(office, work, officer, application, decision)
        return application


async def _check_version(
    unit: Unit, officer: Officer, application: Application, version: int
) -> None:
    if application.version == version:
        return
    done = await unit.passages.on_version(application.id, version)
    mine = await hats.unions(unit, officer)
    raise AlreadyDecided(done.officer if done and done.union_id in mine else "")


async def _pass(
    office: Office,
    unit: Unit,
    officer: Officer,
    application: Application,
    stage: Stage,
    decision: Pass,
) -> None:
    if stage.undertaking and not decision.undertaking:
        raise UndertakingMissing(cite=stage.cite)
    await inspection.demanded(unit, application, stage)
    await assignment.demanded(unit, application, stage)
    await subject.demanded(office, unit, application)
    heard = await pleading.demanded(office, unit, application)
    note = _note(decision.note)
    await reserves.check_place(office, unit, application)
    weighed = await weighing.weigh(office, unit, application, decision.facts)
    await granting.grant(office, unit, officer, application, weighed, decision.amount_fen, note)
    given: dict[str, Any] = {"undertaking": stage.undertaking} if stage.undertaking else {}
    given |= {"note": note} if note else {}
    given |= heard
    weighing.keep(office, application, weighed)
    why = Why(reason=given, trace=weighed.trace(scheme_of(office, application)))
    await joining.enrol(office, unit, officer, application, stage)
    await passage.move(office, unit, application, Move.PASS, acting(officer), why)
    await onward.passed(office, unit, application, stage)


async def _enter(
    office: Office,
    unit: Unit,
    officer: Officer,
    application: Application,
    stage: Stage,
    decision: Enter,
) -> None:
    """Done, and how: the note is kept with the file."""
    note = _note(decision.note)
    if not note:
        raise Unreadable("text")
    await inspection.demanded(unit, application, stage)
    await assignment.demanded(unit, application, stage)
    await subject.demanded(office, unit, application)
    heard = await pleading.demanded(office, unit, application)
    weighed = await weighing.weigh(office, unit, application, decision.facts)
    await granting.grant(office, unit, officer, application, weighed, decision.amount_fen, note)
    weighing.keep(office, application, weighed)
    trace = weighed.trace(scheme_of(office, application))
    why = Why(reason={"note": note} | heard, trace=trace)
    await joining.enrol(office, unit, officer, application, stage)
    await passage.move(office, unit, application, Move.ENTER, acting(officer), why)
    await onward.passed(office, unit, application, stage)


async def _reject(
    office: Office, unit: Unit, officer: Officer, application: Application, decision: Reject
) -> None:
    weighed = await weighing.seen(office, unit, application)
    reasons = [each for each in weighed.verdict.by_fact if each.fact in decision.facts]
    note = _note(decision.note)
    if not (reasons or note) or len(reasons) != len(set(decision.facts)):
        raise Unreadable("choice")
    why = Why(reason={"facts": list(decision.facts), "note": note})
    await passage.move(office, unit, application, Move.REJECT, acting(officer), why)
    failed = [Reason(NO, reason.say, reason.cite, reason.fact, reason.mend) for reason in reasons]
    await onward.rejected(office, unit, application, failed, note)


async def _yield(office: Office, unit: Unit, officer: Officer, application: Application) -> None:
    """由先收到申请的机构受理: this one ends, the worker hears who goes on."""
    earlier = await docket.received_before(office, unit, application)
    if not earlier:
        raise MoveNotAllowed(application.state, Move.YIELD)
    why = Why(reason={"note": f"{earlier[0].union} {earlier[0].number}", "cite": earlier[0].cite})
    await passage.move(office, unit, application, Move.YIELD, acting(officer), why)
    await onward.yielded(office, unit, application, earlier[0])


def _note(note: str) -> str:
    if len(note) > LONGEST_NOTE:
        raise Unreadable("too_long", most=LONGEST_NOTE)
    return note.strip()
