"""追回: money that was got by false statements comes back; the row is the record of integrity.

Source: 第八条 取消申报人资格，纳入诚信记录，对已核拨的补助经费予以追回.
"""

from core.errors import AlreadyDecided, OutsideJurisdiction, Unreadable
from core.people import Role
from core.workflow import Move
from handlers import passage
from handlers.bench import acting, present, scheme_of, within
from handlers.office import Office
from handlers.passage import Why
from handlers.tell import tell_worker
from locales import Speaker
from storage.tables import Application, ClawBack, Officer
from storage.unit import Unit

LONGEST = 1000  # characters of a finding


async def claw_back(
    office: Office,
    officer: Officer,
    application_id: int,
    finding: str,
    unit: Unit | None = None,
) -> ClawBack:
    """Opened after a finding on a paid application; no new award until it is repaid.

    Raises NotYours, OutsideJurisdiction, MoveNotAllowed (also for one that is open already),
    Unreadable.
    """
    async with within(office, unit) as work:
        officer = await present(work, officer, Role.FINANCE, Role.OFFICE)
        application = await work.applications.held(application_id)
        await _check_union(office, work, officer, application)
        finding = _finding(finding)
        by = acting(officer)
        await passage.move(office, work, application, Move.CLAW_BACK, by, Why(reason={}))
        owed = await work.claw_backs.open(application, finding, officer.id)
        await _tell(office, work, application, owed)
        return owed


async def repaid(
    office: Office, officer: Officer, claw_back_id: int, unit: Unit | None = None
) -> ClawBack:
    """The money has come back. Raises NotYours, NotFound, AlreadyDecided."""
    async with within(office, unit) as work:
        officer = await present(work, officer, Role.FINANCE)
        owed = await work.claw_backs.held(claw_back_id)
        if owed.repaid_at is not None:
            raise AlreadyDecided
        owed.repaid_at = work.now
        who, on = f"officer:{officer.id}", f"application:{owed.application_id}"
        await work.acts.append(who, "repaid", on, amount_fen=owed.amount_fen)
        application = await work.applications.by_id(owed.application_id)
        await tell_worker(
            office,
            work,
            application.worker_id,
            "procedure.worker.repaid",
            key=f"repaid:{owed.id}",
            number=application.number,
        )
        return owed


async def _check_union(
    office: Office, unit: Unit, officer: Officer, application: Application
) -> None:
    """An office acts for its own schemes only; finance for all."""
    if officer.role == Role.FINANCE:
        return
    tree = await unit.unions.tree(application.base_union_id)
    body = tree.coded(scheme_of(office, application).office)
    if body.id != officer.union_id:
        raise OutsideJurisdiction(body.name)


def _finding(text: str) -> str:
    text = text.strip()
    if not text:
        raise Unreadable("text")
    if len(text) > LONGEST:
        raise Unreadable("too_long", most=LONGEST)
    return text


async def _tell(office: Office, unit: Unit, application: Application, owed: ClawBack) -> None:
    """The article, the sum, and what to do. The finding may name others: the union tells it."""
    scheme = scheme_of(office, application)

    def text(say: Speaker) -> str:
        return say(
            "procedure.worker.claw_back",
            scheme=say.scheme(scheme.name),
            number=application.number,
            amount=say.money(owed.amount_fen),
            cite=say.article(scheme.misconduct.cite),
        )

    await tell_worker(office, unit, application.worker_id, text, key=f"claw_back:{owed.id}")
