"""What officers see of the duties after an award: on its page, and all of their union."""

from dataclasses import dataclass

from core.duties import DONE, DutyState
from core.errors import NotYours
from core.people import Role, masked_name
from handlers import duties, fulfilling, hats
from handlers.bench import scheme_of
from handlers.office import Office
from storage.duties import Told
from storage.tables import Application, Duty, Officer
from storage.unit import Unit

MOST = 500
OVERSEEING = (Role.MANAGER, Role.AUDITOR)
ORDER = (DutyState.REPORTED, DutyState.OVERDUE, DutyState.OPEN)


@dataclass(frozen=True)
class Line:
    """One day by which a duty is due; `may` where this officer can decide on it now."""

    row: Duty
    say: str
    cite: str
    reports: list[Told]
    may: bool


@dataclass(frozen=True)
class Listed:
    """The same, in the list of a union."""

    row: Duty
    say: str
    application: Application
    scheme: str
    name: str  # masked


async def lines(office: Office, unit: Unit, officer: Officer, application_id: int) -> list[Line]:
    """Of an application this officer may see."""
    application = await unit.applications.by_id(application_id)
    found = []
    for row in await unit.duties.of(application_id):
        rule = duties.rule_of(office, application, row)
        reports = await unit.duties.reports(row.id)
        may = row.state not in DONE and await _keeps(unit, officer, application, row)
        found.append(Line(row, rule.say, rule.cite, reports, may))
    return found


async def listed(office: Office, unit: Unit, officer: Officer) -> list[Listed]:
    """Reported first, then overdue, then by their days; for one who oversees, all below."""
    unions = {officer.union_id, *await hats.unions(unit, officer)}
    if officer.role in OVERSEEING:
        unions |= set((await unit.unions.tree()).below(officer.union_id))
    rows = await unit.duties.of_unions(unions, MOST)
    matters = {
        each.id: each for each in await unit.applications.some({row.application_id for row in rows})
    }
    people = await unit.applications.people({each.worker_id for each in matters.values()})
    found = []
    for row in sorted(rows, key=lambda each: ORDER.index(DutyState(each.state))):
        there = matters[row.application_id]
        name = masked_name(unit.workers.name(people[there.worker_id]))
        rule = duties.rule_of(office, there, row)
        found.append(Listed(row, rule.say, there, scheme_of(office, there).name, name))
    return found


async def _keeps(unit: Unit, officer: Officer, application: Application, row: Duty) -> bool:
    try:
        await fulfilling.check_keeper(unit, officer, application, row)
    except NotYours:
        return False
    return True
