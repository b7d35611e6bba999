"""How it stands with hearing the holder of a title, as the page of the matter shows it."""

from dataclasses import dataclass
from datetime import date

from admin.seats import Seat
from core.pleading import LONGEST, MOST, earliest
from handlers import pleading
from handlers.bench import scheme_of, stage_of
from storage.objections import CHANNELS
from storage.tables import Application, Plea, PleaPaper, Title
from storage.unit import Unit


@dataclass(frozen=True)
class Shown:
    """`hears` says that this step hears the holder, `acts` that this officer may do so now."""

    hears: bool
    acts: bool
    ours: bool  # no document asks for it
    row: Plea | None
    charge: str
    answer: str
    papers: tuple[PleaPaper, ...]
    holders: tuple[Title, ...]
    earliest: date
    latest: date
    longest: int = LONGEST
    channels: tuple[str, ...] = CHANNELS


async def shown(seat: Seat, unit: Unit, row: Application, *, acts: bool) -> Shown | None:
    """None where nobody is heard and nobody was."""
    if not scheme_of(seat.office, row).ends:
        return None
    plea, hears = await unit.pleas.of(row.id), stage_of(seat.office, row).hears
    if plea is None and not (hears and acts):
        return None
    there = await pleading.holders(seat.office, unit, row) if plea is None else []
    return Shown(
        hears=hears is not None,
        acts=acts and hears is not None and (plea is None or plea.answered_at is None),
        ours=hears is not None and hears.cite is None,
        row=plea,
        charge=unit.pleas.charge(plea) if plea else "",
        answer=unit.pleas.answer(plea) if plea else "",
        papers=tuple(await unit.pleas.papers(plea.id)) if plea else (),
        holders=tuple(there),
        earliest=earliest(seat.today, seat.office.calendar),
        latest=seat.today + MOST,
    )
