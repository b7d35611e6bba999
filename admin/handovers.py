"""Questions handed to the people of one's unions: the list, one in full, and the answer to it."""

from starlette.responses import Response

from admin.listing import ROWS
from admin.oversight import bounded
from admin.pages import page, to
from admin.seats import Form, Id, Seated
from handlers import handover as clerk
from handlers import hats


async def handovers(seat: Seated, below: int = 0) -> Response:
    async with seat.office.reading() as unit:
        unions = await hats.unions(unit, seat.officer, *clerk.ANSWERING)
        found = await unit.handovers.of_unions(unions, ROWS + 1, bounded(below))
        rows = [(each, unit.handovers.asked(each).question) for each in found[:ROWS]]
    further = found[ROWS - 1].id if len(found) > ROWS else 0
    return page(seat, "handovers.html", rows=rows, below=further)


async def handover(seat: Seated, handover_id: Id, done: str = "") -> Response:
    """Raises NotYours, OutsideJurisdiction."""
    async with seat.unit() as unit:
        view = await clerk.opened(seat.office, unit, seat.officer, handover_id)
    return page(seat, "handover.html", **vars(view), longest=clerk.LONGEST, done=done)


async def answer(seat: Seated, sent: Form, handover_id: Id) -> Response:
    await clerk.reply(seat.office, seat.officer, handover_id, sent.told("answer", clerk.LONGEST))
    return to(f"/console/handovers/{handover_id}", done="answered")
