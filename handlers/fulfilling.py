"""A report on a duty after the award comes in, and the office that keeps the file looks at it."""

from dataclasses import dataclass
from datetime import date

from core import reading
from core.duties import LATEST, LONGEST, DutyState, still_open
from core.errors import AlreadyDecided, OutsideJurisdiction, Unreadable
from core.jurisdiction import ROLE_AT, Level
from handlers import bench, duties, hats
from handlers.bench import present, within
from handlers.office import Office
from handlers.tell import tell_worker
from storage.tables import Application, Duty, Officer
from storage.unit import Unit


@dataclass(frozen=True)
class Fulfilled:
    """It is done, as reported or as the officer knows otherwise."""

    note: str = ""


@dataclass(frozen=True)
class Again:
    """Something is missing: what, and by which day."""

    note: str
    due: date


@dataclass(frozen=True)
class LetGo:
    """Not asked of this award any more: this one and those to come."""

    note: str


Look = Fulfilled | Again | LetGo


async def report(office: Office, unit: Unit, worker_id: int, duty_id: int, text: str) -> Duty:
    """What the holder says; more may follow until it is decided.

    Raises NotFound for somebody else's, AlreadyDecided, Unreadable.
    """
    application, row = await _held(unit, duty_id)
    await unit.applications.own(worker_id, application.id)
    still_open(row.state)
    await unit.duties.report(row.id, prose(text))
    row.state, row.version = DutyState.REPORTED.value, row.version + 1
    on = f"application:{application.id}"
    await unit.acts.append(f"worker:{worker_id}", "duty_reported", on, duty=row.id)
    await duties.close_cards(office, unit, row, application.number)
    await duties.tell_office(office, unit, application, row, "duty.officer.reported")
    return row


async def look(
    office: Office,
    officer: Officer,
    duty_id: int,
    version: int,
    what: Look,
    unit: Unit | None = None,
) -> Duty:
    """Raises NotYours, OutsideJurisdiction, Recused, NotFound, AlreadyDecided, Unreadable."""
    async with within(office, unit) as work:
        officer = await present(work, officer)
        application, row = await _held(work, duty_id)
        officer = await check_keeper(work, officer, application, row)
        still_open(row.state)
        if version != row.version:
            raise AlreadyDecided
        row.version += 1
        row.officer_id, row.note = officer.id, what.note and prose(what.note)
        match what:
            case Fulfilled():
                row.state = DutyState.FULFILLED.value
                await _done(office, work, officer, application, row)
            case Again():
                await _ask(office, work, officer, application, row, what)
            case LetGo():
                prose(what.note)
                await duties.let_go(office, work, application, row, bench.acting(officer).who)
        return row


async def check_keeper(
    unit: Unit, officer: Officer, application: Application, row: Duty
) -> Officer:
    """The officer as one of the union that keeps the file, and no relative of the holder.

    Raises OutsideJurisdiction, Recused.
    """
    body = await unit.unions.by_id(row.union_id)
    officer = await hats.at(unit, officer, body.id)
    if officer.union_id != body.id or officer.role != ROLE_AT[Level(body.kind)]:
        raise OutsideJurisdiction(body.name)
    await bench.unconcerned(unit, officer, application.identity_index, -1)
    return officer


def prose(text: str) -> str:
    """Raises Unreadable."""
    return reading.read_prose(text, LONGEST)


async def _held(unit: Unit, duty_id: int) -> tuple[Application, Duty]:
    """The application first, as everybody who holds both does."""
    there = await unit.duties.by_id(duty_id)
    application = await unit.applications.held(there.application_id)
    return application, await unit.duties.held(duty_id)


async def _done(
    office: Office, unit: Unit, officer: Officer, application: Application, row: Duty
) -> None:
    who, on = bench.acting(officer).who, f"application:{application.id}"
    await unit.acts.append(who, "duty_fulfilled", on, duty=row.id)
    await duties.close_cards(office, unit, row, application.number)
    rule = duties.rule_of(office, application, row)
    await tell_worker(
        office,
        unit,
        application.worker_id,
        lambda say: say(
            "duty.worker.fulfilled",
            number=application.number,
            duty=say.scheme(rule.say),
            due=say.day(row.due, unit.today),
        ),
        key=f"duty:{row.id}:{row.version}",
    )


async def _ask(
    office: Office,
    unit: Unit,
    officer: Officer,
    application: Application,
    row: Duty,
    asked: Again,
) -> None:
    prose(asked.note)
    if asked.due <= unit.today:
        raise Unreadable("date_past")
    if asked.due > unit.today + LATEST:
        raise Unreadable("date_far", days=LATEST.days)
    row.state, row.answer_by = DutyState.OPEN.value, asked.due
    who, on = bench.acting(officer).who, f"application:{application.id}"
    await unit.acts.append(who, "duty_again", on, duty=row.id, due=asked.due.isoformat())
    await duties.close_cards(office, unit, row, application.number)
    await duties.remind(office, unit, application, row, "duty.worker.again")
    await duties.wind(unit, row)
