"""How far the word of a notice has come, and stopping it: who has not heard will not."""

from sqlalchemy import select
from starlette.responses import Response

from admin.pages import to
from admin.seats import Id, Seat, Seated
from core.errors import NotFound, OutsideJurisdiction
from storage.broadcasts import Progress
from storage.tables import Broadcast
from storage.unit import Unit


async def stop(seat: Seated, notice_id: Id) -> Response:
    async with seat.office.unit() as unit:
        await unit.broadcasts.stop(await _mine(seat, unit, notice_id))
        await _note(seat, unit, "stop_announcing", notice_id)
    return to(f"/console/notices/{notice_id}", done="stopped")


async def go_on(seat: Seated, notice_id: Id) -> Response:
    async with seat.office.unit() as unit:
        await unit.broadcasts.go_on(await _mine(seat, unit, notice_id))
        await _note(seat, unit, "go_on_announcing", notice_id)
    return to(f"/console/notices/{notice_id}", done="going_on")


async def progress(unit: Unit, notice_id: int) -> Progress | None:
    broadcast = await _of(unit, notice_id)
    return await unit.broadcasts.progress(broadcast) if broadcast else None


async def _of(unit: Unit, notice_id: int) -> int | None:
    found = select(Broadcast.id).where(Broadcast.key == f"notice:{notice_id}")
    broadcast: int | None = await unit.session.scalar(found)
    return broadcast


async def _mine(seat: Seat, unit: Unit, notice_id: int) -> int:
    """Raises NotFound, OutsideJurisdiction."""
    notice = await unit.notices.by_id(notice_id)
    if notice.union_id != seat.union.id:
        raise OutsideJurisdiction((await unit.unions.by_id(notice.union_id)).name)
    broadcast = await _of(unit, notice_id)
    if broadcast is None:
        raise NotFound(notice=notice_id)
    return broadcast


async def _note(seat: Seat, unit: Unit, what: str, notice_id: int) -> None:
    await unit.acts.append(f"officer:{seat.officer.id}", what, f"notice:{notice_id}")
