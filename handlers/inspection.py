"""入户调查, 考察, 调查: written down by one who went, confirmed by the others; papers of a step.

Console and chat end here alike.
"""

from collections.abc import Collection, Sequence
from datetime import date

from core import inspection as law
from core.errors import AlreadyDecided, FileRefused, MoveNotAllowed, NotYours, Unreadable
from core.inspection import MOST_ATTACHED, Report
from core.people import Role
from core.stages import Stage
from core.workflow import State
from handlers import bench, cards, docket
from handlers.bench import present, stage_of, within
from handlers.office import Office
from storage.files import Stored
from storage.tables import Application, Attachment, Inspection, Officer
from storage.unit import Unit

GOERS = (Role.REVIEWER, Role.VERIFIER, Role.OFFICE)


async def report(
    office: Office,
    officer: Officer,
    application_id: int,
    version: int,
    went_on: date,
    findings: str,
    others: Collection[int] = (),
    unit: Unit | None = None,
) -> Inspection:
    """Written down by one who went; `others` went along, and are asked to confirm.

    Written down again, it has to be confirmed again. Raises AlreadyDecided, OutsideJurisdiction,
    Recused, MoveNotAllowed, InspectionMissing (too few), Unreadable (date_future, text, choice …).
    """
    async with within(office, unit) as work:
        officer = await present(work, officer)
        officer, application, stage = await _here(office, work, officer, application_id, version)
        if stage.inspectors is None:
            raise MoveNotAllowed(application.state, "inspect")
        free = {each.id: each.name for each in await companions(office, work, application)}
        if not set(others) <= free.keys() | {officer.id}:
            raise Unreadable("choice")
        went = {officer.id: officer.name} | {each: free.get(each, "") for each in others}
        went[officer.id] = officer.name
        said = law.read_report(stage, Report(went_on, findings, went), work.today)
        row = await work.inspections.add(
            application, officer.id, said.went_on, said.findings, list(said.went)
        )
        on = f"application:{application.id}"
        who = bench.acting(officer).who
        told = {"inspection": row.id, "stage": application.stage, "went": sorted(said.went)}
        await work.acts.append(who, "inspect", on, **told)
        await cards.of_inspection(office, work, row, application, sorted(said.went))
        return row


async def confirm(
    office: Office, officer: Officer, inspection_id: int, unit: Unit | None = None
) -> Application:
    """By one who is named in it. Raises NotYours, AlreadyDecided, NotFound."""
    async with within(office, unit) as work:
        officer = await present(work, officer)
        row = await work.inspections.by_id(inspection_id)
        application = await work.applications.held(row.application_id)
        there = await work.inspections.here(application)
        if there is None or there.id != row.id or application.state != State.IN_STAGE:
            raise AlreadyDecided
        if officer.id not in there.report.went:
            raise NotYours
        if not await work.inspections.confirm(row.id, officer.id):
            raise AlreadyDecided(officer.name)
        who, on = bench.acting(officer).who, f"application:{application.id}"
        await work.acts.append(who, "confirm_inspection", on, inspection=row.id)
        if set(there.report.went) <= there.report.confirmed | {officer.id}:
            await cards.close_inspection(office, work, row.id, application.number)
        return application


async def attach(
    office: Office,
    officer: Officer,
    application_id: int,
    version: int,
    papers: Sequence[Stored],
    unit: Unit | None = None,
) -> list[Attachment]:
    """Papers for the step at hand, cleaned and stored already. Raises FileRefused(many)."""
    async with within(office, unit) as work:
        officer = await present(work, officer)
        officer, application, _ = await _here(office, work, officer, application_id, version)
        if len(await _attached(work, application)) + len(papers) > MOST_ATTACHED:
            raise FileRefused("many")
        rows = [await work.inspections.attach(application, officer.id, each) for each in papers]
        who, on = bench.acting(officer).who, f"application:{application.id}"
        told = {"stage": application.stage, "papers": [each.id for each in rows]}
        await work.acts.append(who, "attach", on, **told)
        return rows


async def demanded(unit: Unit, application: Application, stage: Stage) -> None:
    """What the step has to leave with the file lies there, or this raises what is missing."""
    if stage.inspectors is None and not stage.attach:
        return
    there = await unit.inspections.here(application)
    attached = len(await _attached(unit, application)) if stage.attach else 0
    law.check(stage, there.report if there else None, attached)


async def companions(office: Office, unit: Unit, application: Application) -> list[Officer]:
    """Who may go along: officers of the union that acts and of those above it, unconcerned."""
    tree = await unit.unions.tree(application.base_union_id)
    bodies = [] if application.union_id is None else list(tree.upwards(application.union_id))
    there = [each for body in bodies for each in await unit.officers.of_union(body.id, *GOERS)]
    return [each for each in there if not await _concerned(office, unit, each, application)]


async def _concerned(
    office: Office, unit: Unit, officer: Officer, application: Application
) -> bool:
    why = (await bench.recused(office, unit, officer, [application])).get(application.id)
    return why is not None and why.relation != "twice"


async def _here(
    office: Office, unit: Unit, officer: Officer, application_id: int, version: int
) -> tuple[Officer, Application, Stage]:
    """The officer in the office in which he acts on it, and what he acts on."""
    application = await unit.applications.held(application_id)
    if application.version != version:
        raise AlreadyDecided
    officer = await docket.wearing(office, unit, officer, application)
    stage = await docket.check(office, unit, officer, application)
    if application.state != State.IN_STAGE or stage.manner not in docket.ONE_BY_ONE:
        raise MoveNotAllowed(application.state, "attach")
    return officer, application, stage_of(office, application)


async def _attached(unit: Unit, application: Application) -> list[Attachment]:
    step = (application.stage, application.union_id)
    found = await unit.inspections.attached(application.id)
    return [each for each, _ in found if (each.stage, each.union_id) == step]
