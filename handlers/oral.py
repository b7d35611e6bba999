"""口头申请: what an officer writes down for somebody, until the person's own word sends it.

Chat and console both end here. It is submitted when it is confirmed, not when it is written.
"""

from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, time

from core.errors import AlreadyDecided, NotFound, OutsideJurisdiction, PapersMissing
from core.jurisdiction import Level
from core.oral import TERM, Record, Word, after, may_be_told
from core.papers import SIGNED, SIGNED_PAPER
from core.people import normal_identity, normal_name, normal_phone
from core.scheme import Scheme
from handlers import sending
from handlers.bench import acting, present
from handlers.chat import Choice, Reply, Turn
from handlers.office import Office
from handlers.tell import tell_officer
from handlers.transfer import DECIDING
from handlers.visit import Submission, Visit
from locales import Speaker
from storage.admission import Admitted
from storage.conversations import Talk
from storage.tables import SHANGHAI, Officer, Recording, Worker
from storage.unit import Unit

CARD, TIMER = "oral", "oral_due"
TAKING_IN = (Level.COUNTY, Level.PREFECTURE, Level.INDUSTRIAL)
EVENING = time(17, 30)


@dataclass(frozen=True)
class Person:
    """Whom the officer has before them, as typed."""

    name: str
    identity: str
    phone: str


def schemes(office: Office) -> list[Scheme]:
    """Those that may be brought by word of mouth."""
    found = office.schemes.in_force(office.today())
    return [scheme for scheme in found if may_be_told(scheme)]


async def begin(
    office: Office, unit: Unit, officer: Officer, scheme_id: str, person: Person
) -> Recording | None:
    """Finds or registers the person, and opens a folder; None where the number is another name's.

    That is a wrong try, and has to be written down: whoever refuses it does so after the unit.
    Raises NotYours, NotFound, Unreadable, Locked.
    """
    officer = await present(unit, officer, *DECIDING)
    scheme = next((each for each in schemes(office) if each.id == scheme_id), None)
    if scheme is None:
        raise NotFound(scheme=scheme_id)
    worker = await _person(unit, officer, person)
    if worker is None:
        return None
    here = await unit.unions.by_id(officer.union_id)
    taken_in = here.id if Level(here.kind) in TAKING_IN else None
    row = await unit.recordings.begin(officer.id, here.id, worker.id, scheme.id, taken_in)
    row.due = _term(office)
    await unit.timers.set(TIMER, row.id, row.due)
    who, on = acting(officer).who, f"recording:{row.id}"
    await unit.acts.append(who, "record", on, worker=worker.id, scheme=scheme.id)
    return row


async def _person(unit: Unit, officer: Officer, person: Person) -> Worker | None:
    """One identity is one person; a number that is another name's is not taken."""
    name = normal_name(person.name)
    identity, phone = normal_identity(person.identity, unit.today), normal_phone(person.phone)
    key = f"record:{officer.id}"
    await unit.tries.check(key)
    there = await unit.workers.by_identity(identity)
    if there is None or not (there.active or there.guest):
        there = await unit.workers.receive(officer.union_id, name, identity, phone)
    if there is None or unit.workers.name(there) != name:
        await unit.tries.wrong(key)
        return None
    await unit.tries.clear(key)
    return there


def check_open(row: Recording) -> None:
    """Raises AlreadyDecided for what has been read back, or is over."""
    if row.state != Record.OPEN:
        raise AlreadyDecided


async def held(unit: Unit, officer: Officer, recording_id: int) -> Recording:
    """Of this union. Raises NotFound, NotYours, OutsideJurisdiction."""
    officer = await present(unit, officer, *DECIDING)
    row = await unit.recordings.held(recording_id)
    if row.union_id != officer.union_id:
        raise OutsideJurisdiction("")
    return row


def stand_in(
    office: Office, unit: Unit, row: Recording, language: str, visit: Visit | None = None
) -> Visit:
    """The visit of the person who is spoken for: their answers, their folder."""
    talk = Talk(
        id=visit.talk.id if visit else 0,
        worker_id=row.worker_id,
        officer_id=None,
        language=language,
        topic=row.place.get("topic", ""),
        state=deepcopy(row.place.get("state", {})),
        facts=dict(row.facts),
        reply={},
        step=visit.talk.step if visit else 0,
        seen={},
        at=unit.now,
    )
    turn = visit.turn if visit else Turn("terminal", "", "")
    files, trouble = (visit.files, visit.trouble) if visit else ((), "")
    return Visit(office, unit, talk, turn, files, trouble, draft=row.draft_id)


async def readback(office: Office, unit: Unit, row: Recording, language: str) -> list[str]:
    """Everything as it will be sent, to be read aloud, printed or shown to the person."""
    visit = stand_in(office, unit, row, language)
    visit.go("sending", scheme=row.scheme_id, look="summary", draft=row.draft_id)
    scheme = sending.here(visit)
    lines = await sending.lines(visit, scheme)
    if scheme.undertaking:
        lines += ["", visit.say.scheme(scheme.undertaking)]
    return lines


async def ask(office: Office, unit: Unit, officer: Officer, row: Recording) -> bool:
    """Read back: the person is asked in their chat, if they have one; whether they have."""
    row.state = after(Record(row.state), Word.ASK)
    row.version += 1
    row.due = _term(office)
    await unit.timers.set(TIMER, row.id, row.due)
    await unit.acts.append(acting(officer).who, "read_back", f"recording:{row.id}")
    talk = await unit.conversations.for_worker(row.worker_id)
    if talk is None:
        return False
    say = office.speak(talk.language)
    union = await unit.unions.by_id(row.union_id)
    told = "\n".join(await readback(office, unit, row, talk.language))
    until = say.day(row.due.date(), unit.today)
    about = {"union": union.name, "officer": officer.name, "record": told, "until": until}
    choices = [Choice(say("oral.right"), "primary"), Choice(say("oral.wrong"))]
    choices.append(Choice(say("oral.refuse"), "danger"))
    card = await unit.outbox.card(CARD, row.id, row.version)
    reply = Reply(say("oral.card", **about), tuple(choices), card=card, step=row.version)
    await unit.outbox.say(talk.id, reply.as_json(), key=f"card:{card}")
    return True


async def confirmed(office: Office, unit: Unit, row: Recording, proof: str) -> Submission:
    """The person's word, in the chat or on paper; the place is taken after this unit.

    Raises AlreadyDecided, NotEligible, PapersMissing.
    """
    visit = stand_in(office, unit, row, "zh_CN")
    visit.go("sending", scheme=row.scheme_id, look="summary", draft=row.draft_id)
    draft = await unit.drafts.own(row.worker_id, row.draft_id)
    papers = {paper.slot for paper in await unit.drafts.papers(draft.id)}
    if proof == "signed" and SIGNED not in papers:
        raise PapersMissing([SIGNED_PAPER.what])
    row.state = after(Record(row.state), Word.CONFIRM)
    row.proof = row.proof or proof
    if draft.state == "oral":
        draft.state = "open"
    submission = await sending.submission(visit)
    await unit.timers.cancel(TIMER, row.id)
    await unit.session.flush()
    return Submission(submission.ticket, recording=row.id)


async def submitted(office: Office, unit: Unit, recording_id: int, admitted: Admitted) -> None:
    """It has its place: the file says who wrote it down, and the officer hears."""
    row = await unit.recordings.held(recording_id)
    if row.application_id is not None:
        return
    row.application_id, row.ended_at = admitted.application_id, unit.now
    who, on = f"officer:{row.officer_id}", f"application:{admitted.application_id}"
    await unit.acts.append(who, "recorded", on, recording=row.id, proof=row.proof)
    await _tell(office, unit, row, "oral.officer.confirmed", number=admitted.number)


async def wrong(office: Office, unit: Unit, row: Recording, what: str) -> None:
    """Back to the officer, with what is to be put right."""
    row.state = after(Record(row.state), Word.CORRECT)
    row.version += 1
    await unit.acts.append(f"worker:{row.worker_id}", "record_wrong", f"recording:{row.id}")
    await _tell(office, unit, row, "oral.officer.wrong", what=what)


async def refused(office: Office, unit: Unit, row: Recording, who: str) -> None:
    """Nothing is sent."""
    row.state, row.ended_at = after(Record(row.state), Word.REFUSE), unit.now
    row.version += 1
    await _drop(unit, row)
    await unit.timers.cancel(TIMER, row.id)
    await unit.acts.append(who, "record_refused", f"recording:{row.id}")
    await _tell(office, unit, row, "oral.officer.refused")


async def lapse(office: Office, unit: Unit, recording_id: int) -> datetime | None:
    """By the calendar: nobody has confirmed it, so nothing is sent."""
    row = await unit.recordings.held(recording_id)
    if row.state not in (Record.OPEN, Record.ASKED):
        return None
    row.state, row.ended_at = after(Record(row.state), Word.LAPSE), unit.now
    row.version += 1
    await _drop(unit, row)
    await unit.acts.append("calendar", "record_lapsed", f"recording:{row.id}")
    await _tell(office, unit, row, "oral.officer.lapsed")
    return None


async def _drop(unit: Unit, row: Recording) -> None:
    draft = await unit.drafts.own(row.worker_id, row.draft_id)
    draft.state = "dropped"


async def _tell(office: Office, unit: Unit, row: Recording, key: str, **values: str) -> None:
    officer = await unit.officers.by_id(row.officer_id)
    if officer is None:
        return
    scheme = office.schemes.versions(row.scheme_id)[-1]

    def text(say: Speaker) -> str:
        return say(key, scheme=say.scheme(scheme.name), record=row.id, **values)

    await tell_officer(office, unit, officer, text, key=f"oral:{row.id}:{row.version}:{key}")


def _term(office: Office) -> datetime:
    """The end of the office day by which the person has to confirm."""
    day = office.calendar.add_working_days(office.today(), TERM)
    return datetime.combine(day, EVENING, SHANGHAI)
