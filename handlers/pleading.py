"""申辩: before a title is taken away its holder is told of the charge, and answers in time.

In his own chat where he is known to us, else an officer writes down how and when he was heard.
Who has reported it stands in nothing he reads.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core import pleading as law
from core import reading
from core.errors import AlreadyDecided, FileRefused, MoveNotAllowed, NotFound, Unreadable
from core.people import normal_identity
from core.workflow import ENDED, State
from handlers import cards, docket, lying, sight
from handlers.bench import acting, present, scheme_of, stage_of, within
from handlers.chat import Choice, Reply
from handlers.meant import meant
from handlers.office import Office
from handlers.tell import tell_officer, tell_worker
from locales import Speaker
from storage.files import Stored
from storage.objections import CHANNELS, HERE
from storage.tables import SHANGHAI, Application, Officer, Plea, Title
from storage.unit import Unit

TIMER = "plea_over"


@dataclass(frozen=True)
class Charge:
    """`title` is an entry of the register, `identity` a number of the roster; neither where nobody
    knows him here. `text` says what he is accused of, and not by whom."""

    text: str
    answer_by: date
    title: int | None = None
    identity: str = ""


@dataclass(frozen=True)
class Said:
    """What he said to an officer, by which way and on which day; or that he said nothing."""

    text: str
    channel: str
    on: date
    papers: tuple[Stored, ...] = ()


async def holders(office: Office, unit: Unit, application: Application) -> list[Title]:
    """Entries of the register under the name of whom it is about, that this may end."""
    accused = (await meant(office, unit, application)).accused
    titles = {each.title for each in scheme_of(office, application).ends}
    there = await unit.titles.standing(titles) if accused else ()
    return [each for each in there if unit.titles.name(each) == accused]


async def put(
    office: Office,
    officer: Officer,
    application_id: int,
    version: int,
    charge: Charge,
    unit: Unit | None = None,
) -> Plea:
    """To the holder, once, by whoever acts in the step that hears him.

    Raises AlreadyDecided, OutsideJurisdiction, Recused, MoveNotAllowed, NotFound, Unreadable
    (text, too_long, hearing_days, names_reporter, roster_name, identity_…).
    """
    async with within(office, unit) as work:
        officer = await present(work, officer)
        officer, application = await _here(office, work, officer, application_id, version)
        if await work.pleas.of(application.id):
            raise AlreadyDecided
        text = reading.read_prose(charge.text, law.LONGEST)
        await check_silent(work, application, text)
        law.check_time(charge.answer_by, work.today, office.calendar)
        holder = await holder_of(office, work, application, charge)
        talk = await work.conversations.for_worker(holder) if holder else None
        row = Plea(
            application_id=application.id,
            stage=application.stage,
            title_id=charge.title,
            worker_id=holder if talk else None,
            officer_id=officer.id,
            opened_at=work.now,
            answer_by=charge.answer_by,
        )
        plea = await work.pleas.open(row, text)
        reached = plea.worker_id is not None
        on = f"plea:{plea.id}"  # not on the matter: its receipt is read by who has reported it
        await work.acts.append(acting(officer).who, "put_charge", on, reached=reached)
        if reached:
            await _tell_holder(office, work, application, plea)
            over = datetime.combine(charge.answer_by + timedelta(days=1), time(9), SHANGHAI)
            await work.timers.set(TIMER, plea.id, over)
            await lying.end_step(work, application)  # it is the holder's turn
        return plea


async def answer(
    office: Office,
    unit: Unit,
    worker_id: int,
    plea_id: int,
    text: str,
    papers: Sequence[Stored] = (),
) -> Plea:
    """By the holder, once, in his own chat. Raises NotFound, PleaOver, FileRefused, Unreadable."""
    plea = await own(unit, worker_id, plea_id)
    application = await unit.applications.held(plea.application_id)
    stage = stage_of(office, application)
    over = plea.answered_at is not None or unit.today > plea.answer_by
    if over or application.state != State.IN_STAGE:
        raise law.PleaOver(plea.answer_by, stage.cite)
    plea.channel = HERE
    who = f"worker:{worker_id}"
    await _take(office, unit, application, plea, text, papers, who)
    return plea


async def record(
    office: Office,
    officer: Officer,
    application_id: int,
    version: int,
    said: Said,
    unit: Unit | None = None,
) -> Plea:
    """How and when he was heard, and what he said, as an officer of the step writes it down.

    Raises what `put` raises, HolderUnheard where nothing was put to him, PleaOver.
    """
    async with within(office, unit) as work:
        officer = await present(work, officer)
        officer, application = await _here(office, work, officer, application_id, version)
        plea = await work.pleas.of(application.id)
        if plea is None:
            raise law.HolderUnheard(cite=stage_of(office, application).cite)
        if plea.answered_at is not None:
            raise law.PleaOver(plea.answer_by, stage_of(office, application).cite)
        if said.channel not in CHANNELS:
            raise Unreadable("choice")
        law.check_day(said.on, plea.opened_at.date(), work.today)
        plea.channel, plea.said_on, plea.recorded_by = said.channel, said.on, officer.id
        who = acting(officer).who
        await _take(office, work, application, plea, said.text, said.papers, who)
        return plea


async def demanded(office: Office, unit: Unit, application: Application) -> dict[str, int]:
    """What the decision keeps of it. Raises HolderUnheard, HolderMayAnswer."""
    plea = await unit.pleas.of(application.id)
    known = None
    if plea is not None:
        known = law.Plea(plea.answered_at is not None, plea.worker_id is not None, plea.answer_by)
    law.check(stage_of(office, application).hears, known, unit.today)
    return {"plea": plea.id} if plea else {}


async def over(office: Office, unit: Unit, plea_id: int) -> datetime | None:
    """By the calendar: the time to answer is over, and nothing came."""
    plea = await unit.pleas.by_id(plea_id)
    application = await unit.applications.held(plea.application_id)
    if plea.answered_at is None and application.state == State.IN_STAGE:
        await _goes_on(office, unit, application, plea, "plea.officer.over")
    return None


async def own(unit: Unit, worker_id: int, plea_id: int) -> Plea:
    """Raises NotFound for anybody else's."""
    plea = await unit.pleas.by_id(plea_id)
    if plea.worker_id != worker_id:
        raise NotFound
    return plea


async def moved(office: Office, unit: Unit, application: Application, *, upheld: bool) -> None:
    """The holder who was told of the charge hears what has become of it."""
    scheme = scheme_of(office, application)
    if not scheme.ends or not (upheld or application.state in ENDED):
        return
    plea = await unit.pleas.of(application.id)
    if plea is None or plea.worker_id is None:
        return
    entry = await unit.titles.by_id(plea.title_id) if plea.title_id else None
    sentence = "plea.holder.upheld" if upheld else "plea.holder.dropped"

    def text(say: Speaker) -> str:
        return say(sentence, title=say.scheme(entry.title if entry else scheme.name))

    await unit.timers.cancel(TIMER, plea.id)
    await tell_worker(office, unit, plea.worker_id, text, key=f"plea:{plea.id}:ended")


async def _here(
    office: Office, unit: Unit, officer: Officer, application_id: int, version: int
) -> tuple[Officer, Application]:
    application = await unit.applications.held(application_id)
    if application.version != version:
        raise AlreadyDecided
    officer = await docket.wearing(office, unit, officer, application)
    await docket.check(office, unit, officer, application)
    if application.state != State.IN_STAGE or not stage_of(office, application).hears:
        raise MoveNotAllowed(application.state, "hear")
    return officer, application


async def check_silent(unit: Unit, application: Application, text: str) -> None:
    """Who has reported it must not stand in it. Raises Unreadable(names_reporter)."""
    reporter = await unit.workers.by_id(application.worker_id)
    if reporter is None:
        return
    said = "".join(text.split())
    known = (unit.workers.name(reporter), unit.workers.identity(reporter), application.number)
    if any(each and each in said for each in known):
        raise Unreadable("names_reporter")


async def holder_of(
    office: Office, unit: Unit, application: Application, charge: Charge
) -> int | None:
    """The person of the roster, where there is one. Raises NotFound, Unreadable(roster_name)."""
    if charge.title is not None:
        there = {each.id: each for each in await holders(office, unit, application)}
        if charge.title not in there:
            raise NotFound(title=charge.title)
        return there[charge.title].worker_id
    if not charge.identity.strip():
        return None
    identity = normal_identity(charge.identity, unit.today)
    worker = await unit.workers.by_identity(identity)
    if worker is None:
        return None
    if unit.workers.name(worker) != (await meant(office, unit, application)).accused:
        raise Unreadable("roster_name")
    return worker.id


async def _take(
    office: Office,
    unit: Unit,
    application: Application,
    plea: Plea,
    text: str,
    papers: Sequence[Stored],
    who: str,
) -> None:
    if len(papers) > law.MOST_PAPERS:
        raise FileRefused("many")
    await unit.pleas.take_answer(plea, reading.read_prose(text, law.LONGEST), papers)
    await unit.timers.cancel(TIMER, plea.id)
    await unit.acts.append(who, "answer_charge", f"plea:{plea.id}", channel=plea.channel)
    await _goes_on(office, unit, application, plea, "plea.officer.answered")


async def _goes_on(
    office: Office, unit: Unit, application: Application, plea: Plea, sentence: str
) -> None:
    """Those who decide hear that they can."""
    if application.due is None:
        await lying.begin_step(office, unit, application)
    stage = stage_of(office, application)

    def text(say: Speaker) -> Reply:
        said = say(sentence, number=application.number, stage=say.scheme(stage.name))
        open_ = Choice(say("procedure.button.open"), url=cards.console(office, application.id))
        return Reply(said, (open_,))

    for officer in await cards.responsible(unit, stage, application.union_id):
        if not await sight.hidden(office, unit, officer, application):
            await tell_officer(office, unit, officer, text, key=f"{sentence}:{plea.id}")


async def _tell_holder(office: Office, unit: Unit, application: Application, plea: Plea) -> None:
    scheme, stage = scheme_of(office, application), stage_of(office, application)
    entry = await unit.titles.by_id(plea.title_id) if plea.title_id else None
    cite = (stage.hears and stage.hears.cite) or stage.cite

    def face(say: Speaker) -> Reply:
        said = say(
            "plea.holder.told",
            title=say.scheme(entry.title if entry else scheme.name),
            charge=unit.pleas.charge(plea),
            until=say.day(plea.answer_by),
            cite=say("cite.short", article=say.article(cite)),
        )
        return Reply(said, (Choice(say("plea.button.answer"), "primary"),))

    talk = await unit.conversations.for_worker(plea.worker_id or 0)
    if talk is not None:
        await cards.deal(office, unit, (cards.PLEA, plea.id, 0), [talk], face)
