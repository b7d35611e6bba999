"""指派: who carries a matter, named by the union that has it; the worker hears who and where.

Chat and console both end here.
"""

from dataclasses import dataclass

from core import assignment as law
from core import reading
from core.errors import AlreadyDecided, MoveNotAllowed, Unreadable
from core.stages import Stage
from core.workflow import State
from handlers import docket, hats, inspection
from handlers.bench import acting, present, scheme_of, within
from handlers.office import Office
from handlers.tell import tell_officer, tell_worker
from locales import Speaker
from storage.assignments import Assigned
from storage.tables import Application, Assignment, Officer
from storage.unit import Unit


@dataclass(frozen=True)
class Whom:
    """A colleague by `officer`, or somebody from outside by name; how to reach either; and, where
    another one was named before, why."""

    name: str = ""
    contact: str = ""
    officer: int | None = None
    why: str = ""


async def assign(
    office: Office,
    officer: Officer,
    application_id: int,
    version: int,
    whom: Whom,
    unit: Unit | None = None,
) -> Assignment:
    """Raises AlreadyDecided, OutsideJurisdiction, Recused, MoveNotAllowed (where nobody is to be
    named), Unreadable (choice for a colleague who is concerned, text, too_long)."""
    async with within(office, unit) as work:
        officer = await present(work, officer)
        application = await work.applications.held(application_id)
        if application.version != version:
            raise AlreadyDecided
        officer = await docket.wearing(office, work, officer, application)
        await docket.check(office, work, officer, application)
        what = law.wanted(scheme_of(office, application).stages, application.stage)
        if not what or application.state != State.IN_STAGE:
            raise MoveNotAllowed(application.state, "assign")
        before = await work.assignments.of(application.id)
        why = reading.read_prose(whom.why, law.LONGEST_WHY) if before else ""
        colleague = await _colleague(office, work, application, whom)
        name, contact = law.read(colleague.name if colleague else whom.name, whom.contact)
        named = Assigned(name, contact, colleague.id if colleague else None, why, work.now)
        row = await work.assignments.add(application, named, officer.id)
        on = f"application:{application.id}"
        told = {"assignment": row.id, "stage": application.stage, "anew": bool(before)}
        await work.acts.append(acting(officer).who, "assign", on, **told)
        await _tell(office, work, application, what, named, row)
        for each in await hats.covering(work, [colleague] if colleague else []):
            key, number = f"assigned:{row.id}", application.number
            await tell_officer(office, work, each, "assign.yours", key=key, number=number)
        return row


async def colleagues(office: Office, unit: Unit, application: Application) -> list[Officer]:
    """Those who may carry it: of the union that has it or above it, and not concerned."""
    return await inspection.companions(office, unit, application)


async def demanded(unit: Unit, application: Application, stage: Stage) -> None:
    """Before the step is left. Raises AssignmentMissing."""
    if stage.assigns:
        law.check(stage, bool(await unit.assignments.of(application.id)))


async def _colleague(
    office: Office, unit: Unit, application: Application, whom: Whom
) -> Officer | None:
    if whom.officer is None:
        return None
    free = {each.id: each for each in await colleagues(office, unit, application)}
    if whom.officer not in free:
        raise Unreadable("choice")
    return free[whom.officer]


async def _tell(
    office: Office,
    unit: Unit,
    application: Application,
    what: str,
    named: Assigned,
    row: Assignment,
) -> None:
    """及时指派并通知申请人."""
    scheme = scheme_of(office, application)

    def text(say: Speaker) -> str:
        about = {"what": say.scheme(what), "name": named.name, "contact": named.contact}
        key = "assign.worker_anew" if named.why else "assign.worker"
        told = {"scheme": say.scheme(scheme.name), "number": application.number}
        return say(key, **told, **about, why=named.why)

    await tell_worker(office, unit, application.worker_id, text, key=f"assigned:{row.id}")
