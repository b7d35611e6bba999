"""The applicant takes the application back, as long as the meeting has not approved it."""

from core.errors import MoveNotAllowed
from core.stages import Manner
from core.workflow import Move, State
from handlers import bench, passage, posting, returning
from handlers.bench import stage_of
from handlers.office import Office
from handlers.visit import Visit
from storage.tables import Application
from storage.unit import Unit

OPEN = (State.WAITING, State.IN_STAGE, State.CORRECTING, State.RESERVE)


def possible(office: Office, application: Application) -> bool:
    """Money that has been approved is not withdrawn any more."""
    approved = stage_of(office, application).manner is Manner.PAY or application.paid_at
    return application.state in OPEN and not approved


async def withdraw(visit: Visit, application_id: int) -> Application:
    """The worker's own. Raises NotFound, MoveNotAllowed."""
    worker = visit.talk.worker_id or 0
    return await take_back(visit.office, visit.unit, worker, application_id)


async def take_back(office: Office, unit: Unit, worker_id: int, application_id: int) -> Application:
    """The place is given to somebody else only while the round is open: 额满结束."""
    there = await unit.applications.own(worker_id, application_id)
    running = await unit.rounds.held(there.round_id)
    application = await unit.applications.held(application_id)
    if not possible(office, application):
        raise MoveNotAllowed(application.state, Move.WITHDRAW)
    if running.state == "open" and application.state != State.RESERVE:
        await office.admission.release(unit, application)
        # Before the commit: whoever looks at once may still be refused, for a second at most.
        office.admission.released(running.id)
    await passage.move(office, unit, application, Move.WITHDRAW, bench.worker(worker_id))
    await returning.cancel_timers(unit, application.id)
    await posting.suggest(office, unit, application)
    return application
