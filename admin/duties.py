"""Duties after the award: what is reported, overdue or coming, and the officer's look at each."""

from typing import Annotated

from fastapi import Path
from starlette.responses import Response

from admin.application import card
from admin.pages import page, to
from admin.seats import Form, Id, Seated
from admin.sent import LARGEST_NUMBER, Sent
from core.duties import LONGEST
from core.errors import NotFound
from handlers import fulfilling, owed_duties
from handlers.fulfilling import Again, Fulfilled, LetGo, Look

DutyId = Annotated[int, Path(ge=1, le=LARGEST_NUMBER)]


async def duties(seat: Seated) -> Response:
    async with seat.office.reading() as unit:
        rows = await owed_duties.listed(seat.office, unit, seat.officer)
    return page(seat, "duties.html", rows=rows)


async def look(seat: Seated, sent: Form, application_id: Id, duty_id: DutyId) -> Response:
    """`version` is the one the page was made from."""
    async with seat.office.reading() as unit:
        await card(seat, unit, application_id)  # nobody else hears that it is there
        if (await unit.duties.by_id(duty_id)).application_id != application_id:
            raise NotFound(duty=duty_id)
    about = (duty_id, sent.number("version"), _look(sent))
    await fulfilling.look(seat.office, seat.officer, *about)
    return to(f"/console/applications/{application_id}", done="duty")


def _look(sent: Sent) -> Look:
    """Raises Unreadable."""
    match sent.choice("look", "fulfilled", "again", "let_go"):
        case "again":
            return Again(sent.told("note", LONGEST), sent.day("due"))
        case "let_go":
            return LetGo(sent.told("note", LONGEST))
    return Fulfilled(sent.lines("note", LONGEST))
