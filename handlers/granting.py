"""The sum: found by the rules, or set by the last officer before money within what they allow."""

from core.decision import Verdict
from core.errors import SumMissing
from core.findings import sets_the_sum, settled
from core.granting import Room, check, room, yearly
from core.jurisdiction import Level
from core.way import Traveller
from handlers import route, subject
from handlers.bench import stage_of
from handlers.office import Office
from handlers.weighing import Weighed
from storage.tables import Application, Officer
from storage.unit import Unit

PROVINCIAL = (Level.OFFICE, Level.PROVINCE, Level.CHAIRS)
OPEN = Room(0, None)  # the document names no sum at all


async def room_for(
    office: Office, unit: Unit, application: Application, verdict: Verdict
) -> Room | None:
    """What the officer of this stage may set; None where there is nothing to be set."""
    who = await route.traveller(office, unit, application)
    return await _room(office, unit, who, application, verdict)


async def grant(
    office: Office,
    unit: Unit,
    officer: Officer,
    application: Application,
    weighed: Weighed,
    fen: int | None,
    note: str,
) -> None:
    """Keeps the sum. Raises SumMissing, SumOutOfRange, ConsentNeeded."""
    who = await route.traveller(office, unit, application)
    allowed = await _room(office, unit, who, application, weighed.verdict)
    if allowed is None:
        return
    fen = allowed.fixed if fen is None else fen
    if fen is None and application.amount_fen is None:
        raise SumMissing(cite=allowed.cite or stage_of(office, application).cite)
    if fen is not None:
        check(allowed, fen, province=await provincial(unit, officer), note=note)
        application.amount_fen = fen


async def provincial(unit: Unit, officer: Officer) -> bool:
    """Whether this officer speaks for the provincial union."""
    return Level((await unit.unions.by_id(officer.union_id)).kind) in PROVINCIAL


async def _room(
    office: Office, unit: Unit, who: Traveller, application: Application, verdict: Verdict
) -> Room | None:
    paid = application.paid_at is not None
    if paid or settled(verdict) is not None or not sets_the_sum(who, application.stage):
        return None
    there = room(verdict.sums, verdict.totals) or OPEN
    given = await subject.given_this_year(office, unit, application)
    if yearly(verdict.sums, verdict.totals):
        given += await unit.applications.given_this_year(application)
    return there.after(given)
