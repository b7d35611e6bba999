"""Questions the chat could not answer: the officers put the wording into a file, or settle it."""

from starlette.responses import Response

from admin.listing import ROWS
from admin.oversight import bounded
from admin.pages import page, to
from admin.roles import SETTLERS
from admin.seats import Id, Seated
from core.errors import NotFound


async def unanswered(seat: Seated, below: int = 0) -> Response:
    async with seat.office.reading() as unit:
        rows = await unit.unanswered.waiting(ROWS + 1, bounded(below))
    shown = rows[:ROWS]
    further = shown[-1].id if len(rows) > ROWS else 0
    settling = seat.role in SETTLERS
    return page(seat, "unanswered.html", rows=shown, below=further, settling=settling)


async def settle(seat: Seated, unanswered_id: Id) -> Response:
    """Raises NotFound."""
    async with seat.unit() as unit:
        if not await unit.unanswered.settle(unanswered_id):
            raise NotFound
        who = f"officer:{seat.officer.id}"
        await unit.acts.append(who, "settle_question", f"unanswered:{unanswered_id}")
    return to("/console/unanswered")
