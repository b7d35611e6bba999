"""Who may read what was written down for somebody, and who may go on with it.

A complaint is read by the officer who writes it down alone, and once it is sent by those who
look into it; of anything else the whole union may take care.
"""

from core.capacities import confidential
from core.errors import NotYours, OutsideJurisdiction
from core.scheme import Scheme
from handlers import hats, sight
from handlers.bench import present
from handlers.office import Office
from handlers.transfer import DECIDING
from storage.tables import Officer, Recording
from storage.unit import Unit


async def offices(unit: Unit, officer: Officer) -> list[Officer]:
    """In which he may write down what somebody asks for; his own first. Raises NotYours."""
    worn = await hats.of(unit, await present(unit, officer))
    if not (there := [each for each in worn if each.role in DECIDING]):
        raise NotYours
    return there


async def keeper(office: Office, unit: Unit, officer: Officer, row: Recording) -> Officer:
    """The officer in the office that wrote it down, to go on with it.

    Raises NotYours, OutsideJurisdiction.
    """
    for each in await offices(unit, officer):
        if each.union_id == row.union_id and open_to(office, each, row):
            return hats.wear(unit, each)
    raise OutsideJurisdiction("")


async def held(office: Office, unit: Unit, officer: Officer, recording_id: int) -> Recording:
    """To go on with it. Raises NotFound, NotYours, OutsideJurisdiction."""
    row = await unit.recordings.held(recording_id)
    await keeper(office, unit, officer, row)
    return row


async def read(
    office: Office, unit: Unit, officer: Officer, recording_id: int
) -> tuple[Recording, bool]:
    """With whether this officer may go on with it. Raises as `held`."""
    try:
        return await held(office, unit, officer, recording_id), True
    except OutsideJurisdiction:
        row = await unit.recordings.held(recording_id)
        if row.application_id is None or not private(office, row):
            raise
        application = await unit.applications.by_id(row.application_id)
        if not await sight.may_read(office, unit, officer, application):
            raise
        return row, False


def private(office: Office, row: Recording) -> bool:
    """Whether it is a complaint or a report."""
    return confidential(scheme_of(office, row))


def open_to(office: Office, officer: Officer, row: Recording) -> bool:
    """Whether somebody of this union may read it: not everybody, if it is a complaint."""
    both = {officer.id, officer.instead_of.id if officer.instead_of else officer.id}
    return bool(both & {row.officer_id, row.instead_of_id}) or not private(office, row)


def scheme_of(office: Office, row: Recording) -> Scheme:
    return office.schemes.on(row.scheme_id, office.today())
