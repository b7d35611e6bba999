"""An officer completes whom an award is about: what the family does not know, or has wrong.

Chat, console and API all end here.
"""

from dataclasses import dataclass

from core.errors import AlreadyDecided, MoveNotAllowed, Unreadable
from core.people import normal_identity, normal_name
from core.workflow import State
from handlers import docket, subject
from handlers.bench import acting, present, scheme_of, within
from handlers.office import Office
from storage.tables import Officer
from storage.unit import Unit


@dataclass(frozen=True)
class Told:
    """As an officer has typed it; `name` and `unit` may stay as they were told."""

    identity: str
    name: str = ""
    unit: str = ""


async def complete(
    office: Office,
    officer: Officer,
    application_id: int,
    version: int,
    told: Told,
    unit: Unit | None = None,
) -> None:
    """What the family does not know, or has wrong. Raises AlreadyDecided, OutsideJurisdiction,
    Recused, MoveNotAllowed, SubjectTaken, Unreadable (name, identity…, too_long)."""
    async with within(office, unit) as work:
        officer = await present(work, officer)
        application = await work.applications.held(application_id)
        if application.version != version:
            raise AlreadyDecided
        officer = await docket.wearing(office, work, officer, application)
        await docket.check(office, work, officer, application)
        if not scheme_of(office, application).about or application.state != State.IN_STAGE:
            raise MoveNotAllowed(application.state, "identify")
        there = await work.subjects.of(application.draft_id)
        if there is None and not told.name:
            raise Unreadable("name")
        await work.subjects.tell(
            application.draft_id,
            normal_name(told.name) if told.name else None,
            normal_identity(told.identity, work.today),
            subject.read_unit(told.unit) if told.unit else None,
            officer.id,
        )
        await subject.hold(office, work, [application])
        for why in (await subject.reached(office, work, [application])).values():
            raise why
        on = f"application:{application.id}"
        await work.acts.append(acting(officer).who, "identify", on)
