"""Real-name objections (实名举报、投诉) to an entry of a notice, investigated by who posted it.

Source: 第六条(二) 由基层推荐单位负责调查核实，举报属实的取消申报资格; 第八条.
"""

from core import reading, recusal
from core.errors import AlreadyDecided, NotFound, NoticeOver, Recused, Unreadable
from core.jurisdiction import check as check_jurisdiction
from core.people import normal_identity, normal_name
from core.workflow import Move, State
from handlers import bench, cards, onward, passage
from handlers.bench import CALENDAR, acting, present, scheme_of, within
from handlers.office import Office
from handlers.passage import Why
from handlers.tell import tell, tell_worker
from locales import Speaker
from storage.objections import Objector
from storage.tables import Application, Notice, Objection, Officer
from storage.unit import Unit

LONGEST_CONTACT, LONGEST_TEXT, LONGEST_FINDING = 100, 2000, 1000  # characters
OPEN = (State.WAITING, State.IN_STAGE, State.CORRECTING)


async def make(
    office: Office,
    notice_id: int,
    number: str,
    said: Objector,
    conversation_id: int | None = None,
    unit: Unit | None = None,
) -> Objection:
    """Objects to the application with this number, up to the end of the notice's last day.

    The same person's second objection to it is the first one. Raises NoticeOver, NotFound,
    Unreadable (name, identity_…, contact, text, too_long).
    """
    async with within(office, unit) as work:
        notice = await work.notices.held(notice_id)
        application = await work.notices.entry(notice_id, number.strip())
        stage = scheme_of(office, application).stages[notice.stage]
        if work.today > notice.last_day:
            raise NoticeOver(notice.last_day, stage.cite)
        if (application.state, application.stage) != (State.IN_STAGE, notice.stage):
            raise NotFound(number=number)
        objector = _read(said, work)
        index = office.vault.index(objector.identity, "identity")
        earlier = await work.objections.open_by(application.id, index)
        return earlier or await _enter(office, work, notice, application, objector, conversation_id)


async def decide(
    office: Office,
    officer: Officer,
    objection_id: int,
    *,
    upheld: bool,
    finding: str,
    unit: Unit | None = None,
) -> Objection:
    """Upheld: disqualified, the record of integrity. Dismissed: on, once the notice is over.

    Raises AlreadyDecided, OutsideJurisdiction, Recused, Unreadable.
    """
    async with within(office, unit) as work:
        officer = await present(work, officer)
        objection = await work.objections.held(objection_id)
        if objection.state != "open":
            by = await work.officers.by_id(objection.officer_id or 0)
            raise AlreadyDecided(by.name if by else "")
        notice = await work.notices.by_id(objection.notice_id)
        application = await work.applications.held(objection.application_id)
        await _check(office, work, officer, objection, notice, application)
        objection.state = "upheld" if upheld else "dismissed"
        objection.finding = _finding(finding)
        objection.officer_id, objection.decided_at = officer.id, work.now
        who, on = f"officer:{officer.id}", f"application:{application.id}"
        await work.acts.append(who, f"objection_{objection.state}", on, objection=objection.id)
        await _follow(office, work, officer, objection, notice, application)
        await cards.close_objection(office, work, objection, application.number, acting(officer))
        await _tell_objector(office, work, objection, application.number)
        return objection


def _read(said: Objector, unit: Unit) -> Objector:
    contact, text = reading.clean(said.contact), said.text.strip()
    if not contact:
        raise Unreadable("contact")
    if not text:
        raise Unreadable("text")
    if len(contact) > LONGEST_CONTACT or len(text) > LONGEST_TEXT:
        raise Unreadable("too_long", most=LONGEST_TEXT)
    identity = normal_identity(said.identity, unit.today)
    return Objector(normal_name(said.name), identity, contact, text)


async def _enter(
    office: Office,
    unit: Unit,
    notice: Notice,
    application: Application,
    objector: Objector,
    conversation_id: int | None,
) -> Objection:
    objection = Objection(
        notice_id=notice.id,
        application_id=application.id,
        conversation_id=conversation_id,
        union_id=notice.union_id,
        state="open",
        made_at=unit.now,
    )
    await unit.objections.add(objection, objector)
    on = f"application:{application.id}"
    await unit.acts.append("public", "object", on, objection=objection.id, notice=notice.id)
    await cards.of_objection(office, unit, objection, application)
    await _tell_applicant(office, unit, application, objection)
    return objection


async def _check(
    office: Office,
    unit: Unit,
    officer: Officer,
    objection: Objection,
    notice: Notice,
    application: Application,
) -> None:
    """Those who posted it investigate; not the applicant, a relative, or who objects."""
    stage = scheme_of(office, application).stages[notice.stage]
    tree = await unit.unions.tree(application.base_union_id)
    check_jurisdiction(stage, tree[objection.union_id], officer.union_id, officer.role)
    judge = await bench.judge(unit, officer)
    recusal.check(judge, application.identity_index, notice.stage, ())
    if objection.identity_index in {judge.person, *judge.relatives}:
        raise Recused("objector")


def _finding(text: str) -> str:
    text = text.strip()
    if not text:
        raise Unreadable("text")
    if len(text) > LONGEST_FINDING:
        raise Unreadable("too_long", most=LONGEST_FINDING)
    return text


async def _follow(
    office: Office,
    unit: Unit,
    officer: Officer,
    objection: Objection,
    notice: Notice,
    application: Application,
) -> None:
    """What the decision does to the application, if it has not ended meanwhile."""
    await unit.flush()
    if application.state not in OPEN:
        return
    scheme = scheme_of(office, application)
    stage = scheme.stages[notice.stage]
    if objection.state == "upheld":
        why = Why(reason={"objection": objection.id})
        by = acting(officer)
        await passage.move(office, unit, application, Move.DISQUALIFY, by, why)
        cite = f"{stage.cite}、{scheme.misconduct.cite}"
        await onward.ended(office, unit, application, "procedure.worker.disqualified", cite)
        return
    await _tell_dismissed(office, unit, application, objection)
    over = unit.today > notice.last_day and application.stage == notice.stage
    if over and not await unit.objections.open_on([application.id]):
        await passage.move(office, unit, application, Move.PASS, CALENDAR)
        await onward.passed(office, unit, application, stage.name)


async def _tell_applicant(
    office: Office, unit: Unit, application: Application, objection: Objection
) -> None:
    key = f"objection:{objection.id}"
    await tell_worker(
        office,
        unit,
        application.worker_id,
        "procedure.worker.objection",
        key=key,
        number=application.number,
    )


async def _tell_dismissed(
    office: Office, unit: Unit, application: Application, objection: Objection
) -> None:
    await tell_worker(
        office,
        unit,
        application.worker_id,
        "procedure.worker.dismissed",
        key=f"dismissed:{objection.id}",
        number=application.number,
    )


async def _tell_objector(office: Office, unit: Unit, objection: Objection, number: str) -> None:
    """The outcome, not the finding: it may hold what is not the objector's to know."""

    def text(say: Speaker) -> str:
        return say(f"procedure.objector.{objection.state}", number=number)

    if objection.conversation_id is not None:
        key = f"outcome:{objection.id}"
        await tell(office, unit, objection.conversation_id, text, key=key)
