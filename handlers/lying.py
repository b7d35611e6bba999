"""What begins to lie still, and since when: the timers by which this service asks after it."""

from datetime import date, datetime, time

from core import lying
from handlers.office import Office
from storage.tables import SHANGHAI, Application
from storage.unit import Unit

STEP, OBJECTION = "lies_step", "lies_objection"
FINDING, PAYMENTS = "lies_finding", "lies_payments"
MORNING = time(9, tzinfo=SHANGHAI)


async def begin(
    office: Office, unit: Unit, kind: str, ref: int, since: date | None = None
) -> datetime:
    """When somebody is asked for the first time."""
    first = rings(office, unit, since or unit.today)
    await unit.timers.set(kind, ref, first)
    return first


async def begin_step(office: Office, unit: Unit, application: Application) -> datetime:
    """From today on it lies with the union that acts, in a step no document sets a time."""
    application.lies_since = unit.today
    return await begin(office, unit, STEP, application.id)


async def end_step(unit: Unit, application: Application) -> None:
    """It is not the union's to do, or not yet."""
    application.lies_since = None
    await unit.timers.cancel(STEP, application.id)


def rings(office: Office, unit: Unit, since: date) -> datetime:
    """The next morning on which somebody is asked."""
    return datetime.combine(lying.rings(since, unit.today, office.calendar), MORNING)


def lain(office: Office, since: date | None, today: date) -> int | None:
    """For how many working days, once it is so many that somebody has been asked."""
    days = lying.lain(since, today, office.calendar) if since else 0
    return days if days >= lying.Call.REMIND else None
