"""Money on its way back: recorded by the finance office, with a receipt; reminded, called late."""

from datetime import date, datetime, time, timedelta

from core.errors import (
    MoveNotAllowed,
    OutsideJurisdiction,
    Unreadable,
)
from core.owing import SOON, Debt, Instalment
from core.people import Role
from core.workflow import Move
from handlers import hats
from handlers.bench import check_role, present, within
from handlers.chat import Reply
from handlers.office import Office
from handlers.receipts import address
from handlers.tell import tell_officer, tell_worker, with_link
from locales import Speaker
from storage.tables import SHANGHAI, ClawBack, Officer, Repayment
from storage.unit import Unit

TIMER = "instalment"
MORNING = time(9, tzinfo=SHANGHAI)


async def agree(unit: Unit, found: ClawBack, parts: tuple[Instalment, ...]) -> None:
    """The plan stands, and the calendar watches over it."""
    await unit.claw_backs.agree(found, parts)
    await _wind(unit, found.id, await unit.claw_backs.debt(found))


async def repaid(
    office: Office,
    officer: Officer,
    claw_back_id: int,
    fen: int,
    came_on: date,
    unit: Unit | None = None,
) -> Repayment:
    """So much has come; the worker gets a numbered receipt, and hears when all is back.

    Raises NotYours, OutsideJurisdiction, NotFound, MoveNotAllowed, RepaidTooMuch, PlanRefused,
    Unreadable.
    """
    async with within(office, unit) as work:
        officer, found = await present(work, officer), await work.claw_backs.held(claw_back_id)
        officer = await hats.at(work, officer, found.payer_id, Role.FINANCE)
        check_role(officer, Role.FINANCE)
        if found.payer_id != officer.union_id:
            body = await work.unions.by_id(found.payer_id or found.union_id or officer.union_id)
            raise OutsideJurisdiction(body.name)
        if found.state != "owed":
            raise MoveNotAllowed(found.state, Move.CLAW_BACK)
        check_day(found, came_on, work.today)
        debt = (await work.claw_backs.debt(found)).take(fen)
        application = await work.applications.by_id(found.application_id)
        came = await work.claw_backs.receive(found, application.number, fen, came_on, officer.id)
        await work.budgets.give_back(application.id, fen, paid=True)
        if not debt.left:
            found.state, found.repaid_at = "done", work.now
        who, on = f"officer:{officer.id}", f"application:{application.id}"
        detail = {"receipt": came.number, "amount_fen": fen, "left_fen": debt.left}
        await work.acts.append(who, "repaid", on, **detail)
        await _wind(work, found.id, debt)
        await _thank(office, work, application.worker_id, came, debt)
        return came


def check_day(found: ClawBack, came_on: date, today: date) -> None:
    """Since it was decided, and not in days to come. Raises Unreadable."""
    if not (found.decided_at or found.opened_at).date() <= came_on <= today:
        raise Unreadable("date_future")


async def ring(office: Office, unit: Unit, claw_back_id: int) -> datetime | None:
    """By the calendar: a part is due soon, or has not come; nothing where all is back."""
    found = await unit.claw_backs.by_id(claw_back_id)
    if found.state != "owed":
        return None
    debt = await unit.claw_backs.debt(found)
    late = debt.late(unit.today)
    if late:
        await _call_late(office, unit, found, late)
    soon = [part for part in debt.open if unit.today <= part.due <= unit.today + SOON]
    for part in soon:
        await _remind(office, unit, found, part)
    again = debt.rings(unit.today)
    return datetime.combine(again, MORNING) if again else None


async def _wind(unit: Unit, claw_back_id: int, debt: Debt) -> None:
    day = debt.rings(unit.today)
    if day is None:
        await unit.timers.cancel(TIMER, claw_back_id)
    else:
        await unit.timers.set(TIMER, claw_back_id, datetime.combine(day, MORNING))


async def _thank(office: Office, unit: Unit, worker_id: int, came: Repayment, debt: Debt) -> None:
    key = "clawback.worker.came" if debt.left else "clawback.worker.all_back"

    def text(say: Speaker) -> Reply:
        said = say(
            key,
            receipt=came.number,
            amount=say.money(came.amount_fen),
            left=say.money(debt.left),
        )
        return with_link(said, say("clawback.button.receipt"), address(office, came.id))

    await tell_worker(office, unit, worker_id, text, key=f"repayment:{came.id}")


async def _remind(office: Office, unit: Unit, found: ClawBack, part: Instalment) -> None:
    application = await unit.applications.by_id(found.application_id)

    def text(say: Speaker) -> str:
        day, amount = say.day(part.due, unit.today), say.money(part.fen)
        return say("clawback.worker.soon", number=application.number, day=day, amount=amount)

    key = f"instalment:{found.id}:{part.due}"
    await tell_worker(office, unit, application.worker_id, text, key=key)


async def _call_late(office: Office, unit: Unit, found: ClawBack, late: int) -> None:
    """The worker, the finance office that waits for it, and the next one up."""
    application = await unit.applications.by_id(found.application_id)
    key = f"late:{found.id}:{unit.today}"

    def worker(say: Speaker) -> str:
        return say("clawback.worker.late", number=application.number, amount=say.money(late))

    def officer(say: Speaker) -> str:
        return say("clawback.officer.late", number=application.number, amount=say.money(late))

    await tell_worker(office, unit, application.worker_id, worker, key=key)
    payer = found.payer_id or found.union_id or application.base_union_id
    there = await hats.covering(unit, await unit.officers.of_union(payer, Role.FINANCE))
    for each in [*there, *await hats.next_up(unit, payer)]:
        await tell_officer(office, unit, each, officer, key=key)
    on = f"application:{application.id}"
    await unit.acts.append("calendar", "instalment_late", on, claw_back=found.id, late_fen=late)


def next_month(today: date) -> date:
    """What is proposed for the first part; the officer sets it."""
    return today + timedelta(days=30)
