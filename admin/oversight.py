"""Everything below a union, read only: applications and their states, corrections, the acts."""

from collections.abc import Sequence

from starlette.responses import Response

from admin import deeds, listing
from admin.listing import ROWS, Row
from admin.pages import page
from admin.seats import Seat, Seated
from admin.sent import LARGEST_NUMBER
from core.errors import OutsideJurisdiction
from core.jurisdiction import Level
from core.reading import line
from core.workflow import State


async def applications(
    seat: Seated,
    round: int = 0,  # noqa: A002
    state: str = "",
    below: int = 0,
) -> Response:
    async with seat.office.reading() as unit:
        rounds = await unit.rounds.all()
        rows = await listing.applications(
            seat,
            unit,
            round_id=bounded(round),
            state=state if state in set(State) else "",
            below=bounded(below),
        )
    shown = rows[:ROWS]
    return page(
        seat,
        "applications.html",
        rows=_named(seat, shown),
        rounds=[
            (each.id, name_of(seat, each.scheme_id, each.scheme_version), each.year)
            for each in rounds
        ],
        states=list(State),
        round_id=round,
        state=state,
        below=shown[-1].id if len(rows) > ROWS else 0,
    )


async def corrections(seat: Seated) -> Response:
    async with seat.office.reading() as unit:
        rows = await listing.corrections(seat, unit)
    return page(seat, "corrections.html", rows=_named(seat, rows))


async def acts(seat: Seated, below: int = 0, on: str = "") -> Response:
    """The whole book is for the auditor of the province."""
    if seat.union.kind != Level.PROVINCE:
        raise OutsideJurisdiction(seat.union.name)
    on = line(on)[:40]
    async with seat.office.reading() as unit:
        rows = await listing.acts(seat, unit, below=bounded(below), on=on)
        shown = await deeds.told(seat, unit, rows[:ROWS])
    further = shown[-1].id if len(rows) > ROWS else 0
    return page(seat, "acts.html", rows=shown, below=further, on=on)


def bounded(number: int) -> int:
    """A number out of an address line, as far as the archive holds such numbers."""
    return number if 0 <= number <= LARGEST_NUMBER else 0


def name_of(seat: Seat, scheme_id: str, version: str) -> str:
    """In the officer's language."""
    return seat.say.scheme(seat.office.schemes.version(scheme_id, version).name)


def _named(seat: Seat, rows: Sequence[Row]) -> list[tuple[Row, str, str]]:
    """Each with the names of its scheme and of the stage it stands in."""
    named = []
    for row in rows:
        scheme = seat.office.schemes.version(row.scheme_id, row.scheme_version)
        say = seat.say.scheme
        named.append((row, say(scheme.name), say(scheme.stages[row.stage].name)))
    return named
