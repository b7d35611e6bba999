"""入会: whoever was on no roster is on the union's roster from now on."""

from core.facts import noted
from core.stages import Stage
from handlers.bench import acting
from handlers.enrolment import MEMBER
from handlers.office import Office
from handlers.tell import tell_worker
from storage.tables import Application, Officer
from storage.unit import Unit


async def enrol(
    office: Office, unit: Unit, officer: Officer, application: Application, stage: Stage
) -> None:
    """Where the step takes people in. Members of another union stay where they are."""
    worker = await unit.workers.by_id(application.worker_id)
    if not stage.enrols or worker is None or not worker.guest:
        return
    union = await unit.unions.by_id(application.union_id or application.base_union_id)
    worker.guest, worker.active, worker.union_id = False, True, union.id
    member = {fact: noted(value, "roster", unit.today) for fact, value in MEMBER.items()}
    worker.facts = {**worker.facts, **member}
    await unit.workers.write(worker)
    on = f"worker:{worker.id}"
    await unit.acts.append(acting(officer).who, "enrol_member", on, union=union.id)
    key = f"joined:{worker.id}"
    await tell_worker(office, unit, worker.id, "joining.joined", key=key, union=union.name)
