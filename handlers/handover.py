"""找人: a question goes to the people of the right union, with what was said before.

Who answers: the worker's own unit where it has somebody, else the next union above it; somebody we
do not know, the provincial union. Unanswered in time, it goes one level up. State: about.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from core import reading
from core.days import Calendar
from core.errors import AlreadyDecided, OutsideJurisdiction
from core.people import Role, masked_name
from handlers import cards, hats
from handlers.bench import acting, check_role, present, within
from handlers.chat import Choice, Reply
from handlers.discretion import speaks_of_private
from handlers.office import Office
from handlers.tell import tell
from handlers.visit import Go, Offer, Outcome, Visit
from locales import Speaker
from storage.handovers import Asked
from storage.tables import SHANGHAI, Handover, Officer, Union
from storage.unit import Unit

TIMER = "handover_due"
OPENS, CLOSES = time(9), time(17, 30)  # of an office day; a promise of this service, no document's
ANSWERED_WITHIN = 1  # working days
MOST_OPEN = 3  # questions of one chat that wait at a time
LONGEST = 500  # characters
ANSWERING = (Role.REVIEWER, Role.VERIFIER, Role.OFFICE, Role.MANAGER)


@dataclass(frozen=True)
class Question:
    """A question as who answers it reads it; `name` is masked, and empty for a stranger."""

    row: Handover
    asked: Asked
    name: str
    scheme: str


async def begin(visit: Visit) -> Outcome:
    """Asks what it is about, and says who will read it."""
    if await visit.unit.handovers.open_of(visit.talk.id) >= MOST_OPEN:
        visit.note(visit.say("handover.enough", count=MOST_OPEN))
        return Go("human")
    about = str(visit.state.get("scheme") or next(iter(visit.state.get("hits", [])), ""))
    visit.go("handover", about=about)
    return await proceed(visit)


async def proceed(visit: Visit) -> Reply:
    say = visit.say
    union = await _who_answers(visit.unit, await _nearest(visit))
    alone = await speaks_of_private(visit, visit.state["about"])
    text = say("handover.what_alone" if alone else "handover.what", union=union.name, most=LONGEST)
    return visit.ask(text, [Offer("menu", say("menu.back"))], expects="text")


async def answer(visit: Visit) -> Outcome:
    if visit.token == "menu":
        return Go("menu")
    question = checked(visit.prose)
    union = await _who_answers(visit.unit, await _nearest(visit))
    due = answered_by(visit.office.calendar, visit.office.now())
    unit, about = visit.unit, visit.state["about"]
    alone = await speaks_of_private(visit, about)
    about = "" if alone else about
    handed = await unit.handovers.add(visit.talk, union.id, about, question, due, alone=alone)
    await unit.timers.set(TIMER, handed.id, due)
    await unit.acts.append(f"conversation:{visit.talk.id}", "hand_over", f"handover:{handed.id}")
    await _call(visit.office, unit, handed)
    key = "handover.sent" if at_work(visit.office.calendar, visit.office.now()) else "handover.shut"
    visit.note(visit.say(key, union=union.name, day=visit.say.day(due.date(), visit.today)))
    return Go("menu")


async def reply(
    office: Office, officer: Officer, handover_id: int, text: str, unit: Unit | None = None
) -> Handover:
    """The officer's words go to the person who asked.

    Raises NotYours, OutsideJurisdiction, AlreadyDecided, Unreadable (text, too_long), NotFound.
    """
    async with within(office, unit) as work:
        handed = await work.handovers.held(handover_id)
        officer = await check(work, await present(work, officer), handed)
        if handed.state != "open":
            raise AlreadyDecided
        text = checked(text)
        work.handovers.answer(handed, text, officer.id)
        await work.timers.cancel(TIMER, handed.id)
        await work.acts.append(f"officer:{officer.id}", "answer", f"handover:{handed.id}")
        union = (await work.unions.by_id(handed.union_id)).name
        question = work.handovers.asked(handed).question
        said = {"union": union, "question": question, "answer": text}
        key = f"handover:{handed.id}"
        await tell(office, work, handed.conversation_id, "handover.answered", key=key, **said)
        by = acting(officer)
        await _close(office, work, handed, lambda say: say("handover.closed", by=by.named(say)))
        return handed


async def opened(office: Office, unit: Unit, officer: Officer, handover_id: int) -> Question:
    """Each look at it is written down. Raises NotFound, NotYours, OutsideJurisdiction."""
    row = await unit.handovers.held(handover_id)
    officer = await check(unit, officer, row)
    member = await unit.workers.by_id(row.worker_id) if row.worker_id else None
    name = masked_name(unit.workers.name(member)) if member else ""
    known = office.schemes.versions(row.about)
    scheme = known[-1].name if known else ""
    await unit.acts.append(f"officer:{officer.id}", "read_handover", f"handover:{row.id}")
    return Question(row, unit.handovers.asked(row), name, scheme)


async def raise_(office: Office, unit: Unit, handover_id: int) -> datetime | None:
    """Nobody has answered in time: one level up; at the top it is called for again."""
    handed = await unit.handovers.held(handover_id)
    if handed.state != "open":
        return None
    here = await unit.unions.by_id(handed.union_id)
    above = await _who_answers(unit, here.parent_id) if here.parent_id else here
    handed.union_id, handed.raised = above.id, handed.raised + 1
    handed.due = answered_by(office.calendar, office.now())
    await _close(office, unit, handed, lambda say: say("handover.raised", union=above.name))
    await unit.acts.append("calendar", "raise", f"handover:{handed.id}", union=above.id)
    await _call(office, unit, handed)
    return handed.due


def at_work(calendar: Calendar, now: datetime) -> bool:
    """Whether the offices are open."""
    local = now.astimezone(SHANGHAI)
    return calendar.is_working(local.date()) and OPENS <= local.time() < CLOSES


def answered_by(calendar: Calendar, now: datetime) -> datetime:
    """The end of the office day by which an answer is promised."""
    local = now.astimezone(SHANGHAI)
    day = local.date()
    if local.time() >= CLOSES:
        day += timedelta(1)
    begins = day if calendar.is_working(day) else calendar.add_working_days(day, 1)
    ends = calendar.add_working_days(begins, ANSWERED_WITHIN)
    return datetime.combine(ends, CLOSES, SHANGHAI)


def checked(text: str) -> str:
    """As it was written. Raises Unreadable."""
    return reading.read_prose(reading.written(text), LONGEST)


async def _nearest(visit: Visit) -> int | None:
    """The union of the person, if we know it."""
    worker = visit.talk.worker_id
    member = await visit.unit.workers.by_id(worker) if worker else None
    return member.union_id if member else None


async def _who_answers(unit: Unit, at: int | None) -> Union:
    """The first union upwards that has somebody to answer; the province where none has."""
    while at is not None:
        union = await unit.unions.by_id(at)
        if await unit.officers.of_union(union.id, *ANSWERING):
            return union
        at = union.parent_id
    return await unit.unions.top()


async def check(unit: Unit, officer: Officer, handed: Handover) -> Officer:
    """In the office in which he answers it. Raises NotYours, OutsideJurisdiction."""
    officer = await hats.at(unit, officer, handed.union_id, *ANSWERING)
    check_role(officer, *ANSWERING)
    if officer.union_id != handed.union_id:
        raise OutsideJurisdiction((await unit.unions.by_id(handed.union_id)).name)
    return officer


async def _call(office: Office, unit: Unit, handed: Handover) -> None:
    """A card: the question itself is read after pressing, or on the page."""
    url = f"{office.public_url}/console/handovers/{handed.id}"

    def face(say: Speaker) -> Reply:
        read = Choice(say("handover.read"), "primary")
        return Reply(say("handover.called"), (read, Choice(say("handover.open"), url=url)))

    there = await unit.officers.of_union(handed.union_id, *ANSWERING)
    for officer in await hats.covering(unit, there):
        talks = await unit.conversations.for_officer(officer.id)
        await cards.deal(office, unit, (cards.HANDOVER, handed.id, handed.raised), talks, face)


async def _close(
    office: Office, unit: Unit, handed: Handover, said: Callable[[Speaker], str]
) -> None:
    await cards.close_all(office, unit, (cards.HANDOVER,), handed.id, lambda say: Reply(said(say)))
