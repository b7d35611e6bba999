"""Objections (异议) to an entry of a notice, investigated by who posted it.

Under a real name (实名举报、投诉) where the scheme demands it; otherwise by anybody. In the chat,
on the page, or by telephone or mail, as an officer writes it down.

Source: 云工办通〔2021〕27号 第六条(二) 由基层推荐单位负责调查核实，举报属实的取消申报资格; 第八条;
云工通〔2021〕11号 第十六条 可采取电话或邮件方式; 曲工通〔2022〕17号 五（七）应实名提供书面材料.
"""

from dataclasses import dataclass
from datetime import date

from core import reading
from core.errors import AlreadyDecided, FileRefused, NotFound, NoticeOver, Unreadable
from core.people import normal_identity, normal_name
from core.scheme import Stage
from core.workflow import Move, State
from handlers import cards, disqualifying, hats, investigating, lying, onward, passage
from handlers.bench import CALENDAR, acting, present, scheme_of, within
from handlers.office import Office
from handlers.passage import Why
from handlers.tell import tell, tell_worker
from locales import Speaker
from storage.objections import CHANNELS, HERE, Objector
from storage.tables import Application, Notice, Objection, Officer
from storage.unit import Unit

LONGEST_CONTACT, LONGEST_TEXT, LONGEST_FINDING = 100, 2000, 1000  # characters
MOST_PAPERS = 10
OPEN = (State.WAITING, State.IN_STAGE, State.CORRECTING)


@dataclass(frozen=True)
class Heard:
    """How an objection reached an officer: by telephone, mail or a visit, and on which day."""

    channel: str
    on: date


async def make(
    office: Office,
    notice_id: int,
    number: str,
    said: Objector,
    conversation_id: int | None = None,
    unit: Unit | None = None,
) -> Objection:
    """Objects to the application with this number, up to the end of the notice's last day.

    The same person's, or the same chat's, second objection to it is the first one. Raises
    NoticeOver, NotFound, FileRefused(many), Unreadable (name, identity_…, contact, text, too_long,
    objection_papers).
    """
    async with within(office, unit) as work:
        notice = await work.notices.held(notice_id)
        application = await work.notices.entry(notice_id, number.strip())
        stage = _stage(office, notice, application, work.today)
        objector = _read(said, work, stage)
        earlier = await _earlier(office, work, application, objector, conversation_id)
        if earlier is not None:
            return earlier
        made = _objection(notice, application, work)
        made.union_id = await investigating.investigator(office, work, notice, application)
        made.conversation_id = conversation_id
        return await _enter(office, work, made, application, objector, "public")


async def record(
    office: Office,
    officer: Officer,
    notice_id: int,
    number: str,
    said: Objector,
    heard: Heard,
    unit: Unit | None = None,
) -> Objection:
    """Written down by an officer of the union that posted the notice, who may not be concerned.

    Its day counts, not today's. Raises what `make` raises, OutsideJurisdiction, Recused,
    Unreadable(choice, objection_day).
    """
    async with within(office, unit) as work:
        officer = await present(work, officer)
        notice = await work.notices.held(notice_id)
        application = await work.notices.entry(notice_id, number.strip())
        officer = await hats.at(work, officer, notice.union_id)
        await investigating.check(office, work, officer, notice, application, "", recording=True)
        if heard.channel not in CHANNELS:
            raise Unreadable("choice")
        check_day(notice, heard.on, work.today)
        stage = _stage(office, notice, application, heard.on)
        objector = _read(said, work, stage)
        made = _objection(notice, application, work)
        made.union_id = await investigating.investigator(office, work, notice, application)
        made.channel, made.said_on, made.recorded_by = heard.channel, heard.on, officer.id
        index = office.vault.index(objector.identity, "identity") if objector.identity else ""
        await investigating.check_concerned(work, officer, application, index)
        earlier = await _earlier(office, work, application, objector, None)
        who = f"officer:{officer.id}"
        return earlier or await _enter(office, work, made, application, objector, who)


def check_day(notice: Notice, said_on: date, today: date) -> None:
    """Said while it hung, and not in days to come. Raises Unreadable(objection_day)."""
    if not notice.posted_at.date() <= said_on <= today:
        raise Unreadable("objection_day")


async def decide(
    office: Office,
    officer: Officer,
    objection_id: int,
    *,
    upheld: bool,
    finding: str,
    reason: str,
    ground: int | None = None,
    unit: Unit | None = None,
) -> Objection:
    """Upheld: disqualified. Dismissed: on, once the notice is over.

    `finding` stays on file; `reason` is what both sides are told. `ground` is the cheating that
    came out (`handlers.disqualifying.grounds`), entered in the record of integrity; None where
    it was something else. Raises AlreadyDecided, OutsideJurisdiction, Recused, Unreadable.
    """
    async with within(office, unit) as work:
        officer = await present(work, officer)
        objection = await work.objections.held(objection_id)
        if objection.state != "open":
            by = await work.officers.by_id(objection.officer_id or 0)
            raise AlreadyDecided(by.name if by else "")
        notice = await work.notices.by_id(objection.notice_id)
        application = await work.applications.held(objection.application_id)
        index = objection.identity_index
        officer = await hats.at(work, officer, objection.union_id)
        await investigating.check(office, work, officer, notice, application, index)
        objection.state = "upheld" if upheld else "dismissed"
        objection.finding, objection.reason = _prose(finding), _prose(reason)
        objection.officer_id, objection.decided_at = officer.id, work.now
        who, on = f"officer:{officer.id}", f"application:{application.id}"
        await work.acts.append(who, f"objection_{objection.state}", on, objection=objection.id)
        await _follow(office, work, officer, objection, notice, application, ground)
        await cards.close_objection(office, work, objection, application.number, acting(officer))
        await _tell_objector(office, work, objection, application.number)
        return objection


def _stage(office: Office, notice: Notice, application: Application, said_on: date) -> Stage:
    """The step in which it hangs. Raises NoticeOver, NotFound where it has left it."""
    stage = scheme_of(office, application).stages[notice.stage]
    if said_on > notice.last_day:
        raise NoticeOver(notice.last_day, stage.cite)
    if (application.state, application.stage) != (State.IN_STAGE, notice.stage):
        raise NotFound(number=application.number)
    return stage


def _read(said: Objector, unit: Unit, stage: Stage) -> Objector:
    """What the scheme demands has to be there; what else was given has to be readable."""
    contact, text = reading.clean(said.contact), said.text.strip()
    if not contact and stage.named:
        raise Unreadable("contact")
    if not text:
        raise Unreadable("text")
    if len(contact) > LONGEST_CONTACT or len(text) > LONGEST_TEXT:
        raise Unreadable("too_long", most=LONGEST_TEXT)
    if stage.papers and not said.papers:
        raise Unreadable("objection_papers")
    if len(said.papers) > MOST_PAPERS:
        raise FileRefused("many")
    name, identity = said.name.strip(), said.identity.strip()
    if stage.named or identity:
        identity = normal_identity(identity, unit.today)
    name = normal_name(name) if stage.named or name else ""
    return Objector(name, identity, contact, text, said.papers)


async def _earlier(
    office: Office,
    unit: Unit,
    application: Application,
    objector: Objector,
    conversation_id: int | None,
) -> Objection | None:
    """The same objection, said once more."""
    if objector.identity:
        index = office.vault.index(objector.identity, "identity")
        return await unit.objections.open_by(application.id, index)
    if conversation_id is not None:
        return await unit.objections.open_from(application.id, conversation_id)
    return None


def _objection(notice: Notice, application: Application, unit: Unit) -> Objection:
    return Objection(
        notice_id=notice.id,
        application_id=application.id,
        union_id=notice.union_id,
        channel=HERE,
        state="open",
        made_at=unit.now,
    )


async def _enter(
    office: Office,
    unit: Unit,
    objection: Objection,
    application: Application,
    objector: Objector,
    who: str,
) -> Objection:
    await unit.objections.add(objection, objector)
    await lying.begin(office, unit, lying.OBJECTION, objection.id)
    on = f"application:{application.id}"
    about = {"notice": objection.notice_id, "objection": objection.id}
    await unit.acts.append(who, "object", on, channel=objection.channel, **about)
    await cards.of_objection(office, unit, objection, application)
    await _tell_applicant(office, unit, application, objection)
    return objection


def _prose(text: str) -> str:
    return reading.read_prose(text, LONGEST_FINDING)


async def _follow(
    office: Office,
    unit: Unit,
    officer: Officer,
    objection: Objection,
    notice: Notice,
    application: Application,
    ground: int | None,
) -> None:
    """What the decision does to the application, if it has not ended meanwhile."""
    await unit.flush()
    if application.state not in OPEN:
        return
    scheme = scheme_of(office, application)
    stage = scheme.stages[notice.stage]
    if objection.state == "upheld":
        cheat = None if ground is None else disqualifying.ground_of(scheme, ground)
        why = Why(reason={"objection": objection.id} | ({"ground": cheat.say} if cheat else {}))
        cite, also = stage.cite, scheme.misconduct
        if also.before_payment == "disqualify":
            cite = f"{cite}、{also.cite}"
        # The finding stays with the objection: others read what stands behind the record.
        told = disqualifying.Told(cite, objection.reason, objection.reason)
        await disqualifying.ends(office, unit, officer, application, why, cheat, told)
        return
    await _tell_dismissed(office, unit, application, objection)
    free = await unit.notices.over(application, unit.today, also_by_unit=stage.also_by is not None)
    over = free and application.stage == notice.stage
    if over and not await unit.objections.open_on([application.id]):
        await passage.move(office, unit, application, Move.PASS, CALENDAR)
        await onward.passed(office, unit, application, stage)


async def _tell_applicant(
    office: Office, unit: Unit, application: Application, objection: Objection
) -> None:
    key = f"objection:{objection.id}"
    named = bool(objection.identity_index)
    await tell_worker(
        office,
        unit,
        application.worker_id,
        "procedure.worker.objection" if named else "objections.worker.made",
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
        reason=objection.reason,
    )


async def _tell_objector(office: Office, unit: Unit, objection: Objection, number: str) -> None:
    """The outcome and its reason, in the chat it came from; not the finding, which may hold what
    is not the objector's to know. Who left another way is told by the officer."""

    def text(say: Speaker) -> str:
        key = f"procedure.objector.{objection.state}"
        return say(key, number=number, reason=objection.reason)

    if objection.conversation_id is not None:
        key = f"outcome:{objection.id}"
        await tell(office, unit, objection.conversation_id, text, key=key)
