"""After the award: somebody has cheated. The finding, the holder's answer, the decision.

Found by finance or the office that keeps the file, decided by the body that approved, and by
somebody else than who found it. What comes back is reckoned from what was really paid.
Source: 第八条 取消申报人资格，纳入诚信记录，对已核拨的补助经费予以追回.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core import owing
from core.conduct import (
    HearingOpen,
    HearingOver,
    NoGround,
    PaymentUnderway,
)
from core.errors import (
    AlreadyDecided,
    MoveNotAllowed,
    OutsideJurisdiction,
    Unreadable,
)
from core.workflow import Move, State
from handlers import bench, hats, integrity, lying, passage, repaying, returning, sight, tribunal
from handlers.bench import acting, present, scheme_of, within
from handlers.hearings import call, close, tell_dropped, tell_found, tell_upheld
from handlers.office import Office
from handlers.passage import Why
from handlers.tribunal import FINDERS
from storage.tables import SHANGHAI, Application, ClawBack, Officer
from storage.unit import Unit

LONGEST_HEARING = timedelta(days=90)
HEARD = "finding_heard"
AWARDED = (State.PAID, State.COMPLETED)


@dataclass(frozen=True)
class Upheld:
    """The sum (all that was paid, where it is None), in how many parts, the first due when."""

    reason: str
    fen: int | None = None
    parts: int = 1
    first: date | None = None


@dataclass(frozen=True)
class Dropped:
    """Nothing in it: the award stands."""

    reason: str


async def find(
    office: Office,
    officer: Officer,
    application_id: int,
    *,
    ground: int,
    finding: str,
    answer_by: date,
    unit: Unit | None = None,
) -> ClawBack:
    """Opens it and tells the holder, who may answer up to the end of `answer_by`.

    Raises NotYours, OutsideJurisdiction, Recused, MoveNotAllowed (nothing awarded yet, or found
    before), NoGround, Unreadable.
    """
    async with within(office, unit) as work:
        officer = await present(work, officer)
        application = await work.applications.held(application_id)
        officer, paid, payer = await check_findable(office, work, officer, application)
        known = tribunal.grounds(scheme_of(office, application))
        if not 0 <= ground < len(known):
            raise NoGround(cite=scheme_of(office, application).misconduct.cite)
        if not work.today < answer_by <= work.today + LONGEST_HEARING:
            raise Unreadable("date_future")
        opened = await work.claw_backs.open(
            ClawBack(
                application_id=application.id,
                identity_index=application.identity_index,
                state="hearing",
                paid_fen=paid,
                ground=ground,
                say=known[ground].say,
                cite=known[ground].cite,
                finding=tribunal.prose(finding),
                officer_id=officer.id,
                instead_of_id=acting(officer).other_id,
                union_id=officer.union_id,
                payer_id=payer,
                decider_id=await tribunal.decider(office, work, application),
                opened_at=work.now,
                answer_by=answer_by,
            )
        )
        who, on = f"officer:{officer.id}", f"application:{application.id}"
        await work.acts.append(who, "find", on, claw_back=opened.id, cite=opened.cite)
        over = datetime.combine(answer_by + timedelta(days=1), time(9), SHANGHAI)
        await work.timers.set(HEARD, opened.id, over)
        await tell_found(office, work, application, opened)
        return opened


async def check_findable(
    office: Office, unit: Unit, officer: Officer, application: Application
) -> tuple[Officer, int, int | None]:
    """The officer in the office in which he may find something here; what was paid, and by whom.

    Raises NotYours, OutsideJurisdiction, Recused, MoveNotAllowed, AlreadyDecided.
    """
    if not await sight.told_of(office, unit, officer, application):
        raise OutsideJurisdiction("")
    paid, payer = await unit.claw_backs.paid(application.id)
    officer = await tribunal.check_finder(office, unit, officer, application, payer)
    await bench.unconcerned(unit, officer, application.identity_index, -1)
    if not (paid or application.state in AWARDED):
        raise MoveNotAllowed(application.state, Move.CLAW_BACK)
    if await unit.claw_backs.of_application(application.id):
        raise AlreadyDecided
    return officer, paid, payer


async def answer(
    office: Office, unit: Unit, by: Officer | int, claw_back_id: int, text: str
) -> ClawBack:
    """What the holder says to it: once, from the worker's own chat, or written down by an officer
    of the union that found it. Raises NotFound, NotYours, HearingOver, Unreadable."""
    there = await unit.claw_backs.by_id(claw_back_id)
    application = await unit.applications.held(there.application_id)
    found = await unit.claw_backs.held(claw_back_id)
    if isinstance(by, int):
        await unit.applications.own(by, application.id)
        who = f"worker:{by}"
    else:
        officer = await hats.at(unit, await present(unit, by), found.union_id, *FINDERS)
        bench.check_role(officer, *FINDERS)
        if officer.union_id != found.union_id:
            raise OutsideJurisdiction((await unit.unions.by_id(found.union_id or 0)).name)
        who = f"officer:{officer.id}"
    until = found.answer_by or unit.today
    if found.state != "hearing" or found.answered_at is not None or unit.today > until:
        raise HearingOver(until, found.cite)
    unit.claw_backs.take_answer(found, tribunal.prose(text))
    on = f"application:{application.id}"
    await unit.acts.append(who, "answer_finding", on, claw_back=found.id)
    await call(office, unit, found)
    await lying.begin(office, unit, lying.FINDING, found.id)
    return found


async def decide(
    office: Office,
    officer: Officer,
    claw_back_id: int,
    decision: Upheld | Dropped,
    unit: Unit | None = None,
) -> ClawBack:
    """Upheld: the open shares are void, what was paid comes back by a plan, the record is written.

    Raises NotYours, OutsideJurisdiction, Recused, AlreadyDecided, HearingOpen, PaymentUnderway,
    PlanRefused, Unreadable.
    """
    async with within(office, unit) as work:
        officer = await present(work, officer)
        there = await work.claw_backs.by_id(claw_back_id)
        application = await work.applications.held(there.application_id)
        found = await work.claw_backs.held(claw_back_id)
        officer = await tribunal.check_decider(work, officer, found, application)
        if found.state != "hearing":
            raise AlreadyDecided
        check_heard(found, work.today)
        if await work.claw_backs.underway(application.id):
            raise PaymentUnderway
        found.reason = tribunal.prose(decision.reason)
        found.decided_by, found.decided_at = officer.id, work.now
        await work.timers.cancel_all((HEARD, lying.FINDING), found.id)
        match decision:
            case Dropped():
                await _drop(office, work, officer, application, found)
            case Upheld():
                await _uphold(office, work, officer, application, found, decision)
        await close(office, work, found, application.number, acting(officer))
        return found


def check_heard(found: ClawBack, today: date) -> None:
    """The holder has answered, or the days for it are over. Raises HearingOpen."""
    if found.answer_by and found.answered_at is None and today <= found.answer_by:
        raise HearingOpen(found.answer_by, found.cite)


async def heard(office: Office, unit: Unit, claw_back_id: int) -> datetime | None:
    """By the calendar: the days for an answer are over."""
    found = await unit.claw_backs.by_id(claw_back_id)
    if found.state == "hearing":
        await call(office, unit, found)
        if found.answered_at is None:
            await lying.begin(office, unit, lying.FINDING, found.id, found.answer_by)
    return None


async def _drop(
    office: Office, unit: Unit, officer: Officer, application: Application, found: ClawBack
) -> None:
    found.state = "dropped"
    who, on = f"officer:{officer.id}", f"application:{application.id}"
    await unit.acts.append(who, "drop_finding", on, claw_back=found.id)
    await tell_dropped(office, unit, application, found)


async def _uphold(
    office: Office,
    unit: Unit,
    officer: Officer,
    application: Application,
    found: ClawBack,
    decision: Upheld,
) -> None:
    leads_to = tribunal.grounds(scheme_of(office, application))[found.ground or 0]
    found.paid_fen, _ = await unit.claw_backs.paid(application.id)
    back = 0
    if leads_to.returns != "none" and found.paid_fen:
        part = leads_to.returns == "part"
        back = owing.owed(found.paid_fen, decision.fen, in_part=part)
    found.amount_fen = back
    why = Why(reason={"claw_back": found.id, "note": found.reason})
    if leads_to.takes_back:
        move = Move.CLAW_BACK if back else Move.REVOKE
        await returning.cancel_timers(unit, application.id)
        await passage.move(office, unit, application, move, acting(officer), why)
    else:  # the award stands, and the record is written
        who, on = f"officer:{officer.id}", f"application:{application.id}"
        await unit.acts.append(who, "uphold_finding", on, claw_back=found.id)
    found.state = "owed" if back else "done"
    if back:
        first = decision.first or unit.today + timedelta(days=1)
        await repaying.agree(unit, found, owing.plan(back, decision.parts, first, unit.today))
    entered = await integrity.enter(office, unit, officer, application, found, leads_to)
    await tell_upheld(office, unit, application, found, entered)
