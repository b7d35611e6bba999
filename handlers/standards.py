"""Yearly standard lines (月补助标准线): set once a year by the province, and read as facts."""

from typing import Any

from core import reading
from core.errors import OutsideJurisdiction, Unreadable
from core.facts import noted
from core.jurisdiction import Level
from core.people import Role
from core.questions import Question
from core.scheme import Scheme
from handlers.bench import acting, present, within
from handlers.office import Office
from storage.tables import Officer, Standard
from storage.unit import Unit

Noted = dict[str, dict[str, Any]]
PROVINCIAL = (Level.PROVINCE, Level.OFFICE)
EARLIEST, LATEST = 2000, 2100


def asked_yearly(office: Office) -> dict[str, Question]:
    """Every line the schemes of today lean on, by fact."""
    return {
        fact: question
        for scheme in office.schemes.in_force(office.today())
        for fact, question in scheme.asked.items()
        if question.yearly
    }


async def known(unit: Unit, scheme: Scheme, year: int) -> Noted:
    """The lines this scheme leans on, as far as the province has set them for this year."""
    wanted = [fact for fact, question in scheme.asked.items() if question.yearly]
    if not wanted:
        return {}
    lines = await unit.standards.of(year)
    return {
        fact: noted(int(lines[fact].value), "officer", lines[fact].at.date())
        for fact in wanted
        if fact in lines
    }


async def set_line(
    office: Office, officer: Officer, fact: str, year: int, said: str, unit: Unit | None = None
) -> Standard:
    """In yuan as it is typed. Raises NotYours, OutsideJurisdiction, Unreadable."""
    async with within(office, unit) as work:
        officer = await present(work, officer, Role.MANAGER, Role.OFFICE)
        union = await work.unions.by_id(officer.union_id)
        if union.kind not in PROVINCIAL:
            raise OutsideJurisdiction(union.name)
        if fact not in asked_yearly(office) or not EARLIEST <= year <= LATEST:
            raise Unreadable("choice")
        fen = reading.read_money(said)
        line = await work.standards.set(fact, year, str(fen), officer.id)
        detail = {"fact": fact, "year": year, "fen": fen}
        await work.acts.append(acting(officer).who, "set_standard", f"standard:{line.id}", **detail)
        return line
