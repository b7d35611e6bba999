"""The clock of a step: reminded before its end, called the next one up after it.

The file sets it (`within`), in hours, days or working days, or up to an event that lies ahead
(`before`), or up to a day of the year (`by_day`); otherwise the province may ask for a number of
days at each level. No number of days ends on a holiday.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from core.days import Calendar
from core.facts import read_back
from core.named_days import NamedDay
from core.periods import Length
from core.stages import Body, Manner, Stage
from core.workflow import State
from handlers import bank, cards, hats, lying, sight
from handlers.bench import scheme_of, stage_of
from handlers.office import Office
from handlers.tell import tell_officer, tell_worker
from locales import Speaker
from storage.tables import SHANGHAI, Application, Officer
from storage.unit import Unit

STAGE_SOON, STAGE_DUE, STAGE_LATE = "stage_soon", "stage_due", "stage_late"
MORNING = time(9, tzinfo=SHANGHAI)
ONE_DAY = timedelta(days=1)


async def wind(office: Office, unit: Unit, application: Application, given: date | None) -> None:
    """Set anew after a move. `given` is a day that came with it: of a notice, or a correction."""
    application.due, application.due_at, application.lies_since = given, None, None
    kinds = (STAGE_SOON, STAGE_DUE, STAGE_LATE, lying.STEP)
    await unit.timers.cancel_all(kinds, application.id)
    if application.state != State.IN_STAGE:
        return
    stage = stage_of(office, application)
    if stage.before:
        await _before_the_event(office, unit, application, stage)
    elif stage.within is not None and application.stage_began is not None:
        await _by_the_file(office, unit, application, stage.within)
    elif stage.by_day is not None and application.stage_began is not None:
        await _by_the_named_day(unit, application, stage.by_day, office.calendar)
    elif stage.manner is not Manner.POST:
        await _as_the_province_asks(office, unit, application)
    if application.due is None:
        await _lies(office, unit, application, stage)


async def again(office: Office, unit: Unit, application: Application) -> None:
    """A meeting has looked at it, or another union has it now: what lies, lies anew."""
    if application.lies_since is not None:
        await lying.begin_step(office, unit, application)


async def _lies(office: Office, unit: Unit, application: Application, stage: Stage) -> None:
    """Nobody names a time. What is the applicant's to do does not lie with the union."""
    if stage.by is Body.APPLICANT:
        await lying.begin(office, unit, lying.STEP, application.id)
    elif stage.manner is not Manner.PAY or not await bank.asked(unit, application):
        await lying.begin_step(office, unit, application)


async def _by_the_file(
    office: Office, unit: Unit, application: Application, within: Length
) -> None:
    over = within.ends_at(unit.now, office.calendar)
    hours = within.unit == "hours"
    application.due_at = over
    application.due = over.date() if hours else over.date() - ONE_DAY
    half = unit.now + (over - unit.now) / 2
    soon = half if hours else _morning_of(office.calendar.working_before(application.due))
    if soon > unit.now:
        await unit.timers.set(STAGE_SOON, application.id, soon)
    if not hours:
        await unit.timers.set(STAGE_DUE, application.id, _morning_of(application.due))
    await unit.timers.set(STAGE_LATE, application.id, over)


async def _by_the_named_day(
    unit: Unit, application: Application, named: NamedDay, calendar: Calendar
) -> None:
    """To the end of that day; whoever begins after it is late at once."""
    application.due = named.after(application.stage_began or unit.today, application.year)
    application.due_at = datetime.combine(application.due + ONE_DAY, time(), SHANGHAI)
    soon = _morning_of(calendar.working_before(application.due))
    for kind, at in ((STAGE_SOON, soon), (STAGE_DUE, _morning_of(application.due))):
        if at > unit.now:
            await unit.timers.set(kind, application.id, at)
    await unit.timers.set(STAGE_LATE, application.id, max(application.due_at, unit.now))


async def _before_the_event(
    office: Office, unit: Unit, application: Application, stage: Stage
) -> None:
    """Up to the day before it; nothing while nobody knows the day."""
    kept = application.facts.get(stage.before)
    event = read_back(scheme_of(office, application).asked[stage.before], kept and kept["value"])
    if not isinstance(event, date):
        return
    application.due_at = datetime.combine(event, time(), SHANGHAI)
    application.due = event - ONE_DAY
    soon = _next_reminder(office, unit, application, stage)
    if soon is not None:
        await unit.timers.set(STAGE_SOON, application.id, soon)
    await unit.timers.set(STAGE_LATE, application.id, application.due_at)


def _next_reminder(
    office: Office, unit: Unit, application: Application, stage: Stage
) -> datetime | None:
    """When the time for it begins (赛前两个月), then on the working day before the last."""
    if not stage.before or application.due is None:
        return None
    rings = [office.calendar.working_before(application.due)]
    if stage.within is not None:
        rings.append(stage.within.before(application.due + ONE_DAY, office.calendar))
    return min((at for at in map(_morning_of, rings) if at > unit.now), default=None)


async def _as_the_province_asks(office: Office, unit: Unit, application: Application) -> None:
    """For whole batches: told with a count, on the last day and when it is over."""
    running = await unit.rounds.by_id(application.round_id)
    if running.stage_days is not None:
        days = unit.today + timedelta(days=running.stage_days)
        application.due = office.calendar.working_from(days)
        application.due_at = datetime.combine(application.due + ONE_DAY, time(), SHANGHAI)
        await unit.timers.set(STAGE_DUE, application.id, _morning_of(application.due))
        await unit.timers.set(STAGE_LATE, application.id, application.due_at)


async def remind(office: Office, unit: Unit, application_id: int) -> datetime | None:
    """By the calendar: the working day before, or half of the hours are over; before an event as
    soon as the time for it begins as well. Where it is the applicant's to do, he hears it too."""
    application = await unit.applications.by_id(application_id)
    if application.state != State.IN_STAGE or application.due_at is None:
        return None
    stage = stage_of(office, application)
    there = await cards.responsible(unit, stage, application.union_id)
    await _tell(office, unit, application, there, "officer.clock.soon")
    if stage.by is Body.APPLICANT:
        await _tell_applicant(office, unit, application)
    return _next_reminder(office, unit, application, stage)


async def remind_today(office: Office, unit: Unit, application_id: int) -> datetime | None:
    """The last day is here: once a day for each officer, with a count."""
    application = await unit.applications.by_id(application_id)
    if application.union_id is None or application.due is None or application.due > unit.today:
        return None
    count = await unit.applications.due_at(application.union_id, unit.today)
    stage = stage_of(office, application)
    for officer in await cards.responsible(unit, stage, application.union_id):
        key = f"due:{officer.id}:{unit.today}"
        await tell_officer(office, unit, officer, "procedure.officer.due", key=key, count=count)
    return None


async def escalate(office: Office, unit: Unit, application_id: int) -> datetime | None:
    """By the calendar: it is too late. Those who are responsible and the next one up are told."""
    application = await unit.applications.by_id(application_id)
    if application.state != State.IN_STAGE or application.due_at is None:
        return None
    if application.union_id is None or unit.now < application.due_at:
        return None
    stage = stage_of(office, application)
    there = await cards.responsible(unit, stage, application.union_id)
    above = await hats.next_up(unit, application.union_id)
    if stage.timed:
        await _tell(office, unit, application, there, "officer.clock.late")
        told = await _tell(office, unit, application, above, "officer.clock.late_above")
    else:
        await _tell_batch(office, unit, application.union_id, [*there, *above])
        told = [officer.id for officer in above]
    on = f"application:{application.id}"
    await unit.acts.append("calendar", "escalate", on, stage=application.stage, told=told)
    return None


async def _tell_batch(
    office: Office, unit: Unit, union_id: int, officers: Sequence[Officer]
) -> None:
    """Once a day for each officer and union, however many of them are late."""
    count = await unit.applications.due_at(union_id, unit.today - ONE_DAY)
    values = {"count": count, "union": (await unit.unions.by_id(union_id)).name}
    for officer in officers:
        key = f"late:{union_id}:{officer.id}:{unit.today}"
        await tell_officer(office, unit, officer, "officer.clock.late_many", key=key, **values)


async def _tell(
    office: Office,
    unit: Unit,
    application: Application,
    officers: Sequence[Officer],
    sentence: str,
) -> list[int]:
    """Those who were told: nobody the matter is hidden from."""
    stage, over = stage_of(office, application), application.due_at
    union = await unit.unions.by_id(application.union_id or 0)

    def text(say: Speaker) -> str:
        at = say.moment(over, unit.today) if over else ""
        return say(
            sentence,
            number=application.number,
            stage=say.scheme(stage.name),
            union=union.name,
            until=at,
        )

    key = f"{sentence}:{application.id}:{application.version}:{unit.today}"
    told = [each for each in officers if not await sight.hidden(office, unit, each, application)]
    for officer in told:
        await tell_officer(office, unit, officer, text, key=f"{key}:{officer.id}")
    return [officer.id for officer in told]


async def _tell_applicant(office: Office, unit: Unit, application: Application) -> None:
    scheme, stage = scheme_of(office, application), stage_of(office, application)

    def text(say: Speaker) -> str:
        about = {"scheme": say.scheme(scheme.name), "number": application.number}
        last = say.day(application.due, unit.today) if application.due else ""
        return say("worker.clock.soon", **about, tell=say.scheme(stage.tell), last=last)

    key = f"soon:{application.id}:{application.version}:{unit.today}"
    await tell_worker(office, unit, application.worker_id, text, key=key)


def _morning_of(day: date) -> datetime:
    return datetime.combine(day, MORNING)
