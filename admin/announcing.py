"""How far the word of a notice has come, and stopping it: who has not heard will not."""

from starlette.responses import Response

from admin.pages import to
from admin.seats import Id, Seated
from handlers import announcing as clerk
from storage.broadcasts import Progress
from storage.unit import Unit


async def stop(seat: Seated, notice_id: Id) -> Response:
    await clerk.stop(seat.office, seat.officer, notice_id)
    return to(f"/console/notices/{notice_id}", done="stopped")


async def go_on(seat: Seated, notice_id: Id) -> Response:
    await clerk.go_on(seat.office, seat.officer, notice_id)
    return to(f"/console/notices/{notice_id}", done="going_on")


async def progress(unit: Unit, notice_id: int) -> Progress | None:
    broadcast = await unit.notices.broadcast(notice_id)
    return await unit.broadcasts.progress(broadcast) if broadcast else None
