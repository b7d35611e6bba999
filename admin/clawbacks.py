"""Claw-backs: opened after a finding, closed when the money has come back."""

from starlette.responses import Response

from admin.pages import page, to
from admin.rounds import check_sight
from admin.seats import Form, Id, Seated
from core.people import Role
from handlers import clawback


async def clawbacks(seat: Seated, done: str = "") -> Response:
    check_sight(seat)
    async with seat.office.reading() as unit:
        rows = await unit.claw_backs.all()
        numbers = {
            each.id: each.number
            for each in await unit.applications.some({row.application_id for row in rows})
        }
    return page(
        seat,
        "clawbacks.html",
        rows=rows,
        numbers=numbers,
        longest=clawback.LONGEST,
        may_open=not seat.overseer,
        may_close=seat.role is Role.FINANCE,
        done=done,
    )


async def open_(seat: Seated, sent: Form) -> Response:
    """By the number of the application."""
    async with seat.office.reading() as unit:
        application = await unit.applications.numbered(sent.said("number", 24).upper())
    finding = sent.told("finding", clawback.LONGEST)
    await clawback.claw_back(seat.office, seat.officer, application.id, finding)
    return to("/console/claw-backs", done="opened")


async def repaid(seat: Seated, claw_back_id: Id) -> Response:
    await clawback.repaid(seat.office, seat.officer, claw_back_id)
    return to("/console/claw-backs", done="repaid")
