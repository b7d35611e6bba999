"""口头申请: what an officer writes down for somebody, until the person sends it.

Chat and console both end here. It is submitted when it is confirmed, not when it is written.
"""

from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, time

from core.errors import AlreadyDecided, NotFound, NotYours, PapersMissing
from core.jurisdiction import Level
from core.oral import TERM, Proof, Record, Word, after, may_be_told, to_be_signed
from core.papers import SIGNED, SIGNED_PAPER
from core.people import normal_identity, normal_name, normal_phone
from core.scheme import Scheme
from handlers import bench, hats, sending
from handlers.bench import acting
from handlers.chat import Choice, Reply, Turn
from handlers.meant import PLACE
from handlers.office import Office
from handlers.recorded import keeper, offices, scheme_of
from handlers.tell import tell_officer, tell_worker
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
    office: Office,
    unit: Unit,
    officer: Officer,
    scheme_id: str,
    person: Person,
    union_id: int | None = None,
) -> Recording | None:
    """Finds or registers the person, and opens a folder; None where the number is another name's.

    That is a wrong try, and has to be written down: whoever refuses it does so after the unit.
    `union_id` is that of the office it is told in, where he has several. Raises NotYours,
    NotFound, Unreadable, Locked.
    """
    there = await offices(unit, officer)
    here = [each for each in there if union_id in (None, each.union_id)]
    if not here:
        raise NotYours
    officer = hats.wear(unit, here[0])
    scheme = next((each for each in schemes(office) if each.id == scheme_id), None)
    if scheme is None:
        raise NotFound(scheme=scheme_id)
    worker = await _person(unit, officer, person)
    if worker is None:
        return None
    union = await unit.unions.by_id(officer.union_id)
    taken_in = union.id if Level(union.kind) in TAKING_IN else None
    about = (union.id, worker.id, scheme.id, taken_in)
    row = await unit.recordings.begin(officer.id, acting(officer).other_id, *about)
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
    draft = await unit.drafts.own(row.worker_id, row.draft_id)
    if draft.accused_sealed and (name := office.vault.open(draft.accused_sealed, PLACE)):
        lines.append(visit.say("behalf.about", name=name))
    if scheme.undertaking:
        lines += ["", visit.say.scheme(scheme.undertaking)]
    return lines


async def ask(office: Office, unit: Unit, officer: Officer, row: Recording) -> str:
    """Read back. How the person confirms it: to_sign, asked (in their chat) or no_chat.

    The card in the chat does not say what was told: the code opens it. Raises Recused for an
    officer whom it is about.
    """
    officer = await keeper(office, unit, officer, row)
    await _check_unconcerned(office, unit, officer, row)
    row.state = after(Record(row.state), Word.ASK)
    row.version += 1
    row.due = _term(office)
    await unit.timers.set(TIMER, row.id, row.due)
    await unit.codes.revoke(CARD, row.id)
    await unit.acts.append(acting(officer).who, "read_back", f"recording:{row.id}")
    if to_be_signed(scheme_of(office, row)):
        return "to_sign"
    talk = await unit.conversations.for_worker(row.worker_id)
    if talk is None:
        return "no_chat"
    say = office.speak(talk.language)
    union = await unit.unions.by_id(row.union_id)
    until = say.day(row.due.date(), unit.today)
    text = say("oral.card", union=union.name, officer=officer.name, until=until)
    choices = [Choice(say("oral.enter"), "primary"), Choice(say("oral.wrong"))]
    choices.append(Choice(say("oral.refuse"), "danger"))
    card = await unit.outbox.card(CARD, row.id, row.version)
    reply = Reply(text, tuple(choices), card=card, step=row.version)
    await unit.outbox.say(talk.id, reply.as_json(), key=f"card:{card}")
    return "asked"


async def _check_unconcerned(office: Office, unit: Unit, officer: Officer, row: Recording) -> None:
    """Raises Recused: whom it is about, or whose family, does not write it down either."""
    draft = await unit.drafts.own(row.worker_id, row.draft_id)
    if draft.accused_sealed:
        accused = office.vault.open(draft.accused_sealed, PLACE)
        await bench.unnamed(unit, officer, accused)


async def confirmed(office: Office, unit: Unit, row: Recording, proof: Proof) -> Submission:
    """By the person, in the chat or on paper; the place is taken after this unit.

    Raises AlreadyDecided, NotEligible, PapersMissing.
    """
    visit = stand_in(office, unit, row, "zh_CN")
    visit.go("sending", scheme=row.scheme_id, look="summary", draft=row.draft_id)
    draft = await unit.drafts.own(row.worker_id, row.draft_id)
    papers = {paper.slot for paper in await unit.drafts.papers(draft.id)}
    signed = proof is Proof.SIGNED or to_be_signed(scheme_of(office, row))
    if signed and SIGNED not in papers:
        raise PapersMissing([SIGNED_PAPER.what])
    row.state = after(Record(row.state), Word.CONFIRM)
    row.proof = row.proof or proof.value
    await unit.codes.revoke(CARD, row.id)
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
    other = {"instead_of": f"officer:{row.instead_of_id}"} if row.instead_of_id else {}
    await unit.acts.append(who, "recorded", on, recording=row.id, proof=row.proof, **other)
    await _tell(office, unit, row, "oral.officer.confirmed", number=admitted.number)
    if row.proof == Proof.SIGNED:  # whoever has not signed hears of it
        about = {"union": (await unit.unions.by_id(row.union_id)).name, "number": admitted.number}
        key = f"oral:{row.id}:sent"
        await tell_worker(office, unit, row.worker_id, "oral.worker.sent", key=key, **about)


async def wrong(office: Office, unit: Unit, row: Recording, what: str) -> None:
    """By the person: back to the officer, with what is to be put right."""
    row.state = after(Record(row.state), Word.CORRECT)
    row.version += 1
    await unit.codes.revoke(CARD, row.id)
    await unit.acts.append(f"worker:{row.worker_id}", "record_wrong", f"recording:{row.id}")
    await _tell(office, unit, row, "oral.officer.wrong", what=what)


async def mended(office: Office, unit: Unit, officer: Officer, row: Recording) -> None:
    """By the officer, who takes it up again. Raises NotYours, OutsideJurisdiction."""
    officer = await keeper(office, unit, officer, row)
    await unit.codes.revoke(CARD, row.id)
    row.state = after(Record(row.state), Word.CORRECT)
    row.version, row.place = row.version + 1, {}
    await unit.acts.append(acting(officer).who, "record_mended", f"recording:{row.id}")


async def stopped(office: Office, unit: Unit, officer: Officer, row: Recording) -> None:
    """By an officer of that office. Raises NotYours, OutsideJurisdiction."""
    await refused(office, unit, row, acting(await keeper(office, unit, officer, row)).who)


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
    if not await unit.recordings.there(recording_id):
        return None
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
    await unit.codes.revoke(CARD, row.id)
    draft = await unit.drafts.own(row.worker_id, row.draft_id)
    draft.state = "dropped"


async def _tell(office: Office, unit: Unit, row: Recording, key: str, **values: str) -> None:
    """Who wrote it down, for whom, and who stands in for them now."""
    there = await unit.officers.some(row.officer_id, row.instead_of_id)
    scheme = office.schemes.versions(row.scheme_id)[-1]

    def text(say: Speaker) -> str:
        return say(key, scheme=say.scheme(scheme.name), record=row.id, **values)

    for each in await hats.covering(unit, there):
        await tell_officer(office, unit, each, text, key=f"oral:{row.id}:{row.version}:{key}")


def _term(office: Office) -> datetime:
    """The end of the office day by which the person has to confirm."""
    day = office.calendar.add_working_days(office.today(), TERM)
    return datetime.combine(day, EVENING, SHANGHAI)
