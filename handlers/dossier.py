"""One finding as an officer may see it: what was found, said, decided, and what came back."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import AppError, NotYours, OutsideJurisdiction
from core.owing import Debt, Instalment, marked
from core.people import Role, masked_name
from handlers import hats, tribunal
from handlers.bench import scheme_of
from handlers.office import Office
from storage.tables import Application, ClawBack, Officer, Repayment, Stain
from storage.unit import Unit

OVERSEEING = (Role.MANAGER, Role.AUDITOR)
CONCERNED = (*tribunal.FINDERS, Role.CHAIRS)  # who finds, hears, decides, is paid back


@dataclass(frozen=True)
class Dossier:
    """`may` holds what is open to this officer: answer, decide, repay, strike; `bar` says why one
    who would decide may not. `answer` is empty for those it does not concern."""

    found: ClawBack
    application: Application
    scheme: str
    name: str  # masked
    decider: str
    answer: str
    debt: Debt
    parts: tuple[tuple[Instalment, int], ...]  # each with what of it has come
    came: Sequence[Repayment]
    stain: Stain | None
    returns: str  # whole, part, none
    may: frozenset[str]
    bar: AppError | None


async def opened(office: Office, unit: Unit, officer: Officer, claw_back_id: int) -> Dossier:
    """Raises NotFound, OutsideJurisdiction."""
    found = await unit.claw_backs.by_id(claw_back_id)
    application = await unit.applications.by_id(found.application_id)
    offices = [
        each for each in await hats.of(unit, officer) if await _sees(unit, each, found, application)
    ]
    if not offices:
        raise OutsideJurisdiction((await unit.unions.by_id(application.base_union_id)).name)
    hats.wear(unit, offices[0])
    scheme = scheme_of(office, application)
    worker = await unit.workers.by_id(application.worker_id)
    decider = await unit.unions.by_id(found.decider_id or found.union_id or officer.union_id)
    debt = await unit.claw_backs.debt(found)
    stain = await unit.stains.of_claw_back(found.id)
    bar = await _bar(unit, officer, found, application)
    known = tribunal.grounds(scheme)
    ground = known[found.ground] if found.ground is not None else None
    mine = {each.union_id for each in offices}
    open_ = frozenset[str]().union(*(_may(each, found, stain, bar) for each in offices))
    return Dossier(
        found=found,
        application=application,
        scheme=scheme.name,
        name=masked_name(unit.workers.name(worker)) if worker else "",
        decider=decider.name,
        answer=unit.claw_backs.answer(found) if mine & {found.union_id, decider.id} else "",
        debt=debt,
        parts=tuple(marked(debt.parts, debt)),
        came=await unit.claw_backs.repayments(found.id),
        stain=stain,
        returns=ground.returns if ground and found.paid_fen else "none",
        may=open_,
        bar=bar if decider.id in mine and found.state == "hearing" else None,
    )


async def read(office: Office, unit: Unit, officer: Officer, claw_back_id: int) -> Dossier:
    """Each look at what the holder has said is written down. Raises as `opened`."""
    view = await opened(office, unit, officer, claw_back_id)
    if view.answer:
        who, on = f"officer:{officer.id}", f"application:{view.application.id}"
        await unit.acts.append(who, "read_answer", on, claw_back=claw_back_id)
    return view


async def listed(unit: Unit, officer: Officer) -> Sequence[ClawBack]:
    """What this union found, decides or is paid back; for one who oversees, all below it."""
    below = set()
    if officer.role in OVERSEEING:
        below = (await unit.unions.tree()).below(officer.union_id)
    return await unit.claw_backs.seen_by(officer.union_id, below)


async def _sees(unit: Unit, officer: Officer, found: ClawBack, application: Application) -> bool:
    if officer.union_id in (found.union_id, found.payer_id, found.decider_id):
        return True
    tree = await unit.unions.tree()
    above = officer.union_id in {up.id for up in tree.upwards(application.base_union_id)}
    return above and officer.role in OVERSEEING


async def _bar(
    unit: Unit, officer: Officer, found: ClawBack, application: Application
) -> AppError | None:
    try:
        await tribunal.check_decider(unit, officer, found, application)
    except NotYours as no:
        return no
    return None


def _may(
    officer: Officer, found: ClawBack, stain: Stain | None, bar: AppError | None
) -> frozenset[str]:
    hearing = found.state == "hearing"
    mine = officer.union_id == found.union_id
    doors = {
        "answer": hearing and mine and found.answered_at is None,
        "decide": hearing and bar is None,
        "repay": found.state == "owed"
        and officer.role == Role.FINANCE
        and officer.union_id == found.payer_id,
        "strike": stain is not None and stain.struck_at is None and bar is None,
    }
    return frozenset(door for door, is_open in doors.items() if is_open)
