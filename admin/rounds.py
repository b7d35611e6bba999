"""Rounds: the province opens them for a number of places and days, and closes them at the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from admin.once import new_key, once
from admin.pages import page, to
from admin.seats import Form, Guest, Id, Seat, Seated
from core.errors import OutsideJurisdiction
from core.jurisdiction import Level
from core.people import Role
from core.scheme import Scheme
from handlers import allotting, reserves
from handlers import round as clerk
from storage.tables import Round
from storage.unit import Unit


@dataclass(frozen=True)
class Called:
    """A round with the name of its scheme, and where it stands today."""

    row: Round
    scheme: Scheme
    name: str
    state: str  # soon, open, full, over, reviewing, done

    @property
    def share(self) -> int:
        """Of the places taken, in hundredths."""
        return min(100, self.row.taken * 100 // (self.row.places or 1))

    @property
    def counted(self) -> str:
        """The key of the sentence that says how many have come."""
        if self.row.places and not self.row.counted:
            return "reserves.console.chosen"
        return "console.round.taken" if self.row.places else "console.round.open_ended"


async def rounds(seat: Seated, done: str = "") -> Response:
    async with seat.office.reading() as unit:
        rows = await called(seat, unit)
    schemes = seat.office.schemes.in_force(seat.today)
    may = _may_open(seat)
    return page(seat, "rounds.html", rows=rows, schemes=schemes, may=may, key=new_key(), done=done)


async def open_round(seat: Seated, sent: Form) -> Response:
    check_province(seat)
    asked: dict[str, Any] = {
        "scheme_id": sent.text("scheme", 80),
        "places": sent.perhaps("places"),
        "opens": sent.day("opens"),
        "closes": sent.day("closes"),
        "closes_at": sent.hour("closes_at"),
        "stage_days": sent.perhaps("stage_days"),
    }

    async def do(unit: Unit) -> int:
        return (await clerk.open_round(seat.office, seat.officer, **asked, unit=unit)).id

    opened = await once(seat, sent.text("key", 40), "round", str(asked), do)
    return to(f"/console/rounds/{opened}", done="opened")


async def round_(seat: Seated, round_id: Id, done: str = "") -> Response:
    async with seat.office.reading() as unit:
        one = describe(seat, await unit.rounds.by_id(round_id))
        counts = await unit.applications.counts(round_id)
        going = await unit.applications.going(round_id)
        waiting = await reserves.waiting(unit, round_id)
        shares = await allotting.shares(seat.office, unit, one.row)
        names = {each.list_of: "" for each in waiting}
        names |= {i: (await unit.unions.by_id(i)).name for i in names if i}
    return page(
        seat,
        "round.html",
        round=one,
        counts=sorted(counts.items(), key=lambda row: (row[0][1], row[0][0])),
        waiting=waiting,
        lists=names,
        shares=shares,
        may_allot=bool(shares) and _may_open(seat) and one.row.state != "done",
        may_close=_may_open(seat) and one.row.state == "reviewing" and not going,
        done=done,
    )


async def allot(seat: Seated, round_id: Id, sent: Form) -> Response:
    check_province(seat)
    async with seat.office.reading() as unit:
        there = await allotting.shares(seat.office, unit, await unit.rounds.by_id(round_id))
    numbers = {}
    for each in there:
        numbers[each.union.id] = sent.perhaps(f"places-{each.union.id}", least=0)
    await allotting.allot(seat.office, seat.officer, round_id, numbers)
    return to(f"/console/rounds/{round_id}", done="allotted")


async def close(seat: Seated, round_id: Id) -> Response:
    check_province(seat)
    await clerk.close(seat.office, seat.officer, round_id)
    return to(f"/console/rounds/{round_id}", done="closed")


async def called(guest: Guest, unit: Unit) -> Sequence[Called]:
    """Newest first."""
    return [describe(guest, row) for row in await unit.rounds.all()]


def describe(guest: Guest, row: Round) -> Called:
    scheme = guest.office.schemes.version(row.scheme_id, row.scheme_version)
    return Called(row, scheme, guest.say.scheme(scheme.name), _state(guest, row))


def check_province(seat: Seat) -> None:
    """Rounds and their places belong to the province. Raises OutsideJurisdiction."""
    if seat.union.kind != Level.PROVINCE:
        raise OutsideJurisdiction(seat.union.name)


def check_sight(seat: Seat) -> None:
    """Meetings and payments are the whole province's: no overseer of one prefecture looks in."""
    if seat.overseer:
        check_province(seat)


def _may_open(seat: Seat) -> bool:
    return seat.role is Role.MANAGER and seat.union.kind == Level.PROVINCE


def _state(guest: Guest, row: Round) -> str:
    if row.state != "open":
        return row.state
    if guest.today < row.opens:
        return "soon"
    if row.over(guest.office.now()):
        return "over"
    return "full" if row.full else "open"
