"""Who hears a finding: the body that approved, and nobody of it who found it or is related."""

from core.bodies import Home, responsible
from core.conduct import Consequence, consequences
from core.errors import OutsideJurisdiction, Unreadable
from core.jurisdiction import ROLE_AT, Level
from core.people import Role
from core.recusal import Decided
from core.scheme import Scheme, StageKind
from core.workflow import Move
from handlers import bench, hats
from handlers.bench import scheme_of
from handlers.chat import Reply
from handlers.office import Office
from handlers.tell import tell_officer, with_link
from locales import Speaker
from storage.tables import Application, ClawBack, Officer
from storage.unit import Unit

LONGEST = 1000  # characters of a finding, an answer, a reason


def grounds(scheme: Scheme) -> tuple[Consequence, ...]:
    """Those of the file for which the award can be taken back."""
    return consequences(scheme.misconduct, scheme.id)


async def check_decider(
    unit: Unit, officer: Officer, found: ClawBack, application: Application
) -> None:
    """The body that approved, in its own role; not who found it, nor the holder's family.

    Raises OutsideJurisdiction, Recused.
    """
    body = await unit.unions.by_id(found.decider_id or found.union_id or 0)
    if officer.union_id != body.id or officer.role != ROLE_AT[Level(body.kind)]:
        raise OutsideJurisdiction(body.name)
    finder = await unit.officers.by_id(found.officer_id)
    person = finder.identity_index or "" if finder else ""
    done = Decided(-1, found.officer_id, person, found.union_id)
    await bench.unconcerned(unit, officer, application.identity_index, 0, [done])


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


async def call(office: Office, unit: Unit, found: ClawBack) -> None:
    """Those who decide: it can be decided now."""
    body = await unit.unions.by_id(found.decider_id or found.union_id or 0)
    application = await unit.applications.by_id(found.application_id)

    def text(say: Speaker) -> Reply:
        return with_link(
            say("clawback.officer.decide", number=application.number),
            say("procedure.button.open"),
            f"{office.public_url}/console/claw-backs/{found.id}",
        )

    there = await unit.officers.of_union(body.id, ROLE_AT[Level(body.kind)])
    for each in await hats.covering(unit, there):
        await tell_officer(office, unit, each, text, key=f"finding:{found.id}")


def prose(text: str) -> str:
    """Raises Unreadable."""
    text = text.strip()
    if not text:
        raise Unreadable("text")
    if len(text) > LONGEST:
        raise Unreadable("too_long", most=LONGEST)
    return text


async def check_finder(
    office: Office, unit: Unit, officer: Officer, application: Application, payer: int | None
) -> None:
    """Finance for what it has paid; otherwise the union or office that keeps the file."""
    tree = await unit.unions.tree(application.base_union_id)
    if officer.role == Role.FINANCE:
        if payer != officer.union_id:
            raise OutsideJurisdiction(tree[payer].name if payer else "")
        return
    home = Home(application.base_union_id, application.accepting_union_id, None)
    body = responsible(scheme_of(office, application), home, tree)
    if officer.union_id != body.id:
        raise OutsideJurisdiction(body.name)
