"""Who stands in for whom: name somebody, sit down in the other's office, come back, end it."""

from starlette.requests import Request
from starlette.responses import Response

from admin.guard import COOKIE
from admin.pages import page, to
from admin.seats import Form, Id, Seat, Seated
from core.people import Role
from handlers import access, standing_in
from storage.unit import Unit

LOGIN = 60  # characters


async def standins(seat: Seated, done: str = "") -> Response:
    me = seat.officer
    async with seat.office.reading() as unit:
        rows = await standing_in.listed(unit, me)
        free = [] if me.instead_of else await standing_in.free(unit, me)
        worn = {each.row.id for each in await unit.standins.worn_by(me.id, unit.today)}
        unions = await unit.unions.names(*{each.row.union_id for each in rows})
    return page(
        seat,
        "standins.html",
        rows=rows,
        unions=unions,
        free=free,
        worn=worn,
        manager=seat.role is Role.MANAGER and not me.instead_of,
        longest=LOGIN,
        done=done,
    )


async def name(seat: Seated, sent: Form) -> Response:
    """For oneself out of a list; for another, as a manager, by the two logins."""
    first, last = sent.day("first"), sent.day("last")
    async with seat.unit() as unit:
        officer, deputy = await _two(seat, sent, unit)
        await standing_in.name(seat.office, seat.officer, officer, deputy, first, last, unit)
    return to("/console/stand-ins", done="named")


async def end(seat: Seated, sent: Form, stand_in_id: Id) -> Response:
    await standing_in.end(seat.office, seat.officer, stand_in_id)
    return to("/console/stand-ins", done="ended")


async def sit(seat: Seated, sent: Form, request: Request, stand_in_id: Id) -> Response:
    """To the first page of the other's office."""
    await access.sit(seat.office, request.cookies[COOKIE], stand_in_id)
    return to("/console")


async def rise(seat: Seated, sent: Form, request: Request) -> Response:
    await access.sit(seat.office, request.cookies[COOKIE], None)
    return to("/console/stand-ins")


async def _two(seat: Seat, sent: Form, unit: Unit) -> tuple[int, int]:
    if login := sent.text("officer", LOGIN):
        officer = await standing_in.named_officer(unit, seat.officer, login)
        deputy = await standing_in.with_login(unit, officer, sent.said("login", LOGIN))
        return officer.id, deputy.id
    return seat.officer.id, sent.number("deputy")
