"""Duties after the award (获得以后的义务): opened, reminded of, reported, called late, decided.

A duty with a day becomes a row when the award stands; one that repeats opens its next row once
its day is past, until the award or the title with it has ended. The office that keeps the file
looks at every report.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time

from core.bodies import Home, responsible
from core.duties import Duty as Rule
from core.duties import DutyState, rings, soon, watched
from core.jurisdiction import ROLE_AT, Level
from core.workflow import State
from handlers import cards, hats
from handlers.bench import scheme_of
from handlers.chat import Choice, Reply
from handlers.office import Office
from handlers.tell import tell_worker
from locales import Speaker
from storage.tables import SHANGHAI, Application, Duty
from storage.unit import Unit

TIMER = "duty"
MORNING = time(9, tzinfo=SHANGHAI)
AWARDED = (State.PAID, State.COMPLETED)
STANDS = (State.IN_STAGE, *AWARDED)


async def moved(office: Office, unit: Unit, application: Application) -> None:
    """After a move: what is due from now on, or nothing more where the award is lost."""
    rules = scheme_of(office, application).duties
    if not any(watched(rules)):
        return
    if application.state not in STANDS:
        await over(unit, application.id, "calendar")
        return
    days = _days(unit, application)
    there = {row.position for row in await unit.duties.of(application.id)}
    for position in watched(rules):
        began = days.get(rules[position].event)
        if began is not None and position not in there:
            await _open(office, unit, application, position, began, None)


async def over(unit: Unit, application_id: int, who: str, position: int | None = None) -> None:
    """The award or its title has ended, or this duty of it: nothing more is due."""
    for row in await unit.duties.end(application_id, position):
        await unit.timers.cancel(TIMER, row.id)
        on = f"application:{application_id}"
        await unit.acts.append(who, "duty_ended", on, duty=row.id)


async def let_go(office: Office, unit: Unit, application: Application, row: Duty, who: str) -> None:
    """The office asks nothing more of this duty: no further day of it is opened."""
    await over(unit, application.id, who, row.position)
    await close_cards(office, unit, row, application.number)
    rule = rule_of(office, application, row)
    await tell_worker(
        office,
        unit,
        application.worker_id,
        lambda say: say(
            "duty.worker.let_go",
            number=application.number,
            duty=say.scheme(rule.say),
            note=row.note,
        ),
        key=f"duty:{row.id}:{row.version}",
    )


async def ring(office: Office, unit: Unit, duty_id: int) -> datetime | None:
    """By the calendar: soon due, too late, or past and due again."""
    there = await unit.duties.by_id(duty_id)
    application = await unit.applications.held(there.application_id)
    row = await unit.duties.held(duty_id)
    if row.state == DutyState.ENDED or application.state not in STANDS:
        return None
    if unit.today > row.due:
        await _open(office, unit, application, row.position, row.due, row.due)
    if row.state == DutyState.OPEN and unit.today > row.answer_by:
        await _call_late(office, unit, application, row)
    elif row.state == DutyState.OPEN and soon(row.answer_by, unit.today):
        await remind(office, unit, application, row, "duty.worker.soon")
    again = rings(row.due, row.answer_by, unit.today)
    return datetime.combine(again, MORNING) if again else None


async def wind(unit: Unit, row: Duty) -> None:
    """The timer of a row that is new, or whose day has changed."""
    day = unit.today if soon(row.answer_by, unit.today) or row.answer_by < unit.today else None
    day = day or rings(row.due, row.answer_by, unit.today)
    if day is not None:
        await unit.timers.set(TIMER, row.id, datetime.combine(day, MORNING))


async def remind(
    office: Office, unit: Unit, application: Application, row: Duty, sentence: str
) -> None:
    """The holder, with a button to report."""
    scheme = scheme_of(office, application)
    rule = scheme.duties[row.position]

    def face(say: Speaker) -> Reply:
        said = say(
            sentence,
            scheme=say.scheme(scheme.name),
            number=application.number,
            duty=say.scheme(rule.say),
            cite=say.article(rule.cite),
            day=say.day(row.answer_by, unit.today),
            note=row.note,
        )
        return Reply(said, (Choice(say("duty.button.report"), "primary"),))

    talk = await unit.conversations.for_worker(application.worker_id)
    if talk is not None:
        await cards.deal(office, unit, (cards.DUTY, row.id, row.version), [talk], face)


async def close_cards(office: Office, unit: Unit, row: Duty, number: str) -> None:
    """Every reminder in the chat says how it stands now."""

    def closed(say: Speaker) -> Reply:
        return Reply(say("duty.card.closed", number=number, state=say(f"duty.state.{row.state}")))

    await cards.close_all(office, unit, (cards.DUTY, cards.REPORT), row.id, closed)


async def tell_office(
    office: Office, unit: Unit, application: Application, row: Duty, sentence: str
) -> None:
    """A card to those of the union that keeps the file: judged here, or on the page."""
    face = _faced(office, application, rule_of(office, application, row), sentence)
    body = await unit.unions.by_id(row.union_id)
    there = await unit.officers.of_union(body.id, ROLE_AT[Level(body.kind)])
    for officer in await hats.covering(unit, there):
        talks = await unit.conversations.for_officer(officer.id)
        await cards.deal(office, unit, (cards.REPORT, row.id, row.version), talks, face)


def rules_of(office: Office, application: Application) -> Sequence[Rule]:
    return scheme_of(office, application).duties


def rule_of(office: Office, application: Application, row: Duty) -> Rule:
    return rules_of(office, application)[row.position]


def _faced(
    office: Office, application: Application, rule: Rule, sentence: str
) -> Callable[[Speaker], Reply]:
    def face(say: Speaker) -> Reply:
        duty, cite = say.scheme(rule.say), say.article(rule.cite)
        said = say(sentence, number=application.number, duty=duty, cite=cite)
        url = f"{cards.console(office, application.id)}#duties"
        read = Choice(say("receive.read"), "primary")
        return Reply(said, (read, Choice(say("procedure.button.open"), url=url)))

    return face


async def _call_late(office: Office, unit: Unit, application: Application, row: Duty) -> None:
    row.state, row.version = DutyState.OVERDUE.value, row.version + 1
    await remind(office, unit, application, row, "duty.worker.late")
    await tell_office(office, unit, application, row, "duty.officer.late")
    on = f"application:{application.id}"
    await unit.acts.append("calendar", "duty_overdue", on, duty=row.id)


async def _open(
    office: Office,
    unit: Unit,
    application: Application,
    position: int,
    began: date,
    last: date | None,
) -> None:
    """The next day by which this duty is due, as long as the document is in force."""
    scheme = scheme_of(office, application)
    due = scheme.duties[position].next_due(began, last, office.calendar)
    if due is None or (scheme.source.until and due > scheme.source.until):
        return
    keeper = await _keeper(office, unit, application)
    row = await unit.duties.open(application.id, position, due, keeper)
    if row is not None:
        on = f"application:{application.id}"
        await unit.acts.append("calendar", "duty_open", on, duty=row.id, due=due.isoformat())
        await wind(unit, row)


async def _keeper(office: Office, unit: Unit, application: Application) -> int:
    """The union that keeps the file."""
    tree = await unit.unions.tree(application.base_union_id)
    home = Home(application.base_union_id, application.accepting_union_id, None)
    return responsible(scheme_of(office, application), home, tree).id


def _days(unit: Unit, application: Application) -> dict[str, date]:
    """The days of the events that have come."""
    found = {"award": application.decided_at, "payment": application.paid_at}
    days = {event: at.date() for event, at in found.items() if at is not None}
    return days | ({"end": unit.today} if application.state in AWARDED else {})
