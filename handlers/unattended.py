"""What lies still is asked after: a step, an objection, a finding that was heard, a list for the
bank, each by a timer of its own. What is said to whom is put together in `handlers.reminding`.
"""

from datetime import date, datetime

from core.lying import Call, call, lain
from core.stages import Body, Manner, Stage
from core.workflow import State
from handlers import bank, lying, posting, reminding
from handlers.bench import scheme_of, stage_of
from handlers.office import Office
from handlers.tell import tell_worker
from locales import Speaker
from storage.tables import Application
from storage.unit import Unit


async def step(office: Office, unit: Unit, application_id: int) -> datetime | None:
    """By the calendar. Where it stands with the applicant, the applicant is asked instead."""
    application = await unit.applications.held(application_id)
    if application.state != State.IN_STAGE or application.due is not None:
        return None
    stage = stage_of(office, application)
    if stage.by is Body.APPLICANT and application.lies_since is None:
        since = application.stage_began or unit.today
        if await _reminds(office, unit, application, stage, since):
            return lying.rings(office, unit, since)
        application.lies_since = since
    if await _handed_on(unit, application, stage):
        application.lies_since = None
        return None
    if application.lies_since is None or await posting.awaited(office, unit, application):
        application.lies_since = unit.today
        return lying.rings(office, unit, unit.today)
    since, on = application.lies_since, f"application:{application.id}"
    if days := await _ask(office, unit, application.union_id, since):
        about = {"stage": application.stage, "lain": days}
        await unit.acts.append("calendar", "escalate", on, **about)
    return lying.rings(office, unit, since)


async def objection(office: Office, unit: Unit, objection_id: int) -> datetime | None:
    """By the calendar: nobody has decided on it."""
    row = await unit.objections.by_id(objection_id)
    if row.state != "open":
        return None
    since, on = row.made_at.date(), f"application:{row.application_id}"
    if days := await _ask(office, unit, row.union_id, since):
        await unit.acts.append("calendar", "escalate", on, objection=row.id, lain=days)
    return lying.rings(office, unit, since)


async def finding(office: Office, unit: Unit, claw_back_id: int) -> datetime | None:
    """By the calendar: the holder was heard, or did not answer, and nobody has decided."""
    found = await unit.claw_backs.by_id(claw_back_id)
    since = reminding.heard_on(found)
    if found.state != "hearing" or since is None:
        return None
    on = f"application:{found.application_id}"
    if days := await _ask(office, unit, found.decider_id or found.union_id, since):
        await unit.acts.append("calendar", "escalate", on, claw_back=found.id, lain=days)
    return lying.rings(office, unit, since)


async def payments(office: Office, unit: Unit, list_id: int) -> datetime | None:
    """By the calendar: a list has gone to the bank, and what came of it is not recorded."""
    made = await unit.payments.list_by_id(list_id)
    if all(each.payment.state != "listed" for each in await unit.payments.lines(list_id)):
        return None
    since, on = made.made_at.date(), f"payment_list:{made.id}"
    if days := await _ask(office, unit, made.union_id, since):
        await unit.acts.append("calendar", "escalate", on, lain=days)
    return lying.rings(office, unit, since)


async def _ask(office: Office, unit: Unit, union_id: int | None, since: date) -> int:
    """Right after this, once for all that lies with the union; for how many days it has lain,
    where the next one up is told."""
    whom = call(since, unit.today, office.calendar)
    if union_id is None or whom is Call.NOBODY:
        return 0
    await unit.timers.set(reminding.HERE, union_id, unit.now)
    if whom is not Call.ESCALATE:
        return 0
    await unit.timers.set(reminding.ABOVE, union_id, unit.now)
    return lain(since, unit.today, office.calendar)


async def _handed_on(unit: Unit, application: Application, stage: Stage) -> bool:
    """An account is asked of the applicant, or it stands on a list that has its own timer."""
    if stage.manner is not Manner.PAY:
        return False
    return bool(await bank.asked(unit, application) or await unit.payments.listed([application]))


async def _reminds(
    office: Office, unit: Unit, application: Application, stage: Stage, since: date
) -> bool:
    """Whether there is a chat in which the applicant hears it."""
    scheme = scheme_of(office, application)
    union = await unit.unions.by_id(application.union_id or application.base_union_id)
    days = lain(since, unit.today, office.calendar)

    def text(say: Speaker) -> str:
        return say(
            "lying.worker",
            scheme=say.scheme(scheme.name),
            number=application.number,
            tell=say.scheme(stage.tell),
            days=days,
            union=say.named(union.name, union.name_en),
        )

    key = f"lying:{application.id}:{application.version}:{unit.today}"
    told = await tell_worker(office, unit, application.worker_id, text, key=key)
    return told is not None
