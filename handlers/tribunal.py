"""Who hears a finding: the body that approved, and nobody of it who found it or is related."""

from core import reading
from core.bodies import Home, responsible
from core.conduct import Consequence, consequences
from core.errors import NotYours, OutsideJurisdiction
from core.jurisdiction import ROLE_AT, Level
from core.people import Role
from core.recusal import Decided
from core.scheme import Scheme, StageKind
from core.workflow import Move
from handlers import bench, hats
from handlers.bench import scheme_of
from handlers.office import Office
from storage.tables import Application, ClawBack, Officer
from storage.unit import Unit

FINDERS = (Role.FINANCE, Role.OFFICE, Role.VERIFIER, Role.REVIEWER)
LONGEST = 1000  # characters of a finding, an answer, a reason


def grounds(scheme: Scheme) -> tuple[Consequence, ...]:
    """Those of the file for which the award can be taken back."""
    return consequences(scheme.misconduct, scheme.id)


async def check_decider(
    unit: Unit, officer: Officer, found: ClawBack, application: Application
) -> Officer:
    """The officer as one of the body that approved; not who found it, nor the holder's family.

    Raises OutsideJurisdiction, Recused.
    """
    body = await unit.unions.by_id(found.decider_id or found.union_id or 0)
    officer = await hats.at(unit, officer, body.id)
    if officer.union_id != body.id or officer.role != ROLE_AT[Level(body.kind)]:
        raise OutsideJurisdiction(body.name)
    await check_unbiased(unit, officer, found, application)
    return officer


async def check_unbiased(
    unit: Unit, officer: Officer, found: ClawBack, application: Application
) -> None:
    """Not who found it, nor the holder's family. Raises Recused."""
    done = [
        Decided(-1, each.id, each.identity_index or "", found.union_id)
        for each in await unit.officers.some(found.officer_id, found.instead_of_id)
    ]
    await bench.unconcerned(unit, officer, application.identity_index, 0, done)


async def decider(office: Office, unit: Unit, application: Application) -> int:
    """The union that approved: the last approval, or the last decision where none is called so."""
    stages = scheme_of(office, application).stages
    passed = [
        step
        for step in await unit.passages.of(application.id)
        if step.move == Move.PASS and step.union_id and stages[step.stage].judged
    ]
    approvals = [step for step in passed if stages[step.stage].stage is StageKind.APPROVAL]
    if approvals or passed:
        return (approvals or passed)[-1].union_id or 0
    tree = await unit.unions.tree(application.base_union_id)
    home = Home(application.base_union_id, application.accepting_union_id, None)
    return responsible(scheme_of(office, application), home, tree).id


def prose(text: str) -> str:
    """Raises Unreadable."""
    return reading.read_prose(text, LONGEST)


async def check_finder(
    office: Office, unit: Unit, officer: Officer, application: Application, payer: int | None
) -> Officer:
    """The officer as finance, for what it has paid, or as one of those who keep the file.

    Raises NotYours, OutsideJurisdiction.
    """
    tree = await unit.unions.tree(application.base_union_id)
    home = Home(application.base_union_id, application.accepting_union_id, None)
    keeper = responsible(scheme_of(office, application), home, tree)
    there = [each for each in await hats.of(unit, officer) if each.role in FINDERS]
    if not there:
        raise NotYours
    for each in there:
        if each.union_id == (payer if each.role == Role.FINANCE else keeper.id):
            return hats.wear(unit, each)
    paid = there[0].role == Role.FINANCE
    raise OutsideJurisdiction((tree[payer].name if payer else "") if paid else keeper.name)
