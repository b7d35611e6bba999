"""For whom an application was sent, and whom it is about, as its folder keeps it."""

from collections.abc import Collection
from dataclasses import dataclass

from core.capacities import Capacity
from core.people import masked_name
from handlers.office import Office
from storage.tables import Application, Draft
from storage.unit import Unit

PLACE = "drafts.other"


@dataclass(frozen=True)
class Meant:
    """`other` is a team, or the relative applied for, then masked; `accused` whom it is about."""

    capacity: str = ""
    relation: str = ""
    other: str = ""
    accused: str = ""
    ground: str = ""  # the place by which it was brought here


async def meant(office: Office, unit: Unit, application: Application) -> Meant:
    (found,) = (await several(office, unit, [application])).values()
    return found


async def several(
    office: Office, unit: Unit, applications: Collection[Application]
) -> dict[int, Meant]:
    """By the id of the application."""
    folders = await unit.drafts.some({each.draft_id for each in applications})
    return {each.id: _of(office, folders[each.draft_id]) for each in applications}


def _of(office: Office, draft: Draft) -> Meant:
    other = _opened(office, draft.other_sealed)
    if draft.capacity in (Capacity.RELATIVE, Capacity.UNION):
        other = masked_name(other)
    accused = _opened(office, draft.accused_sealed)
    return Meant(draft.capacity, draft.relation, other, accused, draft.ground)


def _opened(office: Office, sealed: bytes | None) -> str:
    return office.vault.open(sealed, PLACE) if sealed else ""
