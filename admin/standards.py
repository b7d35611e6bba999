"""The yearly standard lines: what counts this year, what was set before, a form for a new one."""

from starlette.responses import Response

from admin.pages import page, to
from admin.seats import Form, Seated
from core.people import Role
from handlers import standards as clerk

LONGEST = 20  # characters of a sum


async def standards(seat: Seated, done: str = "") -> Response:
    async with seat.office.reading() as unit:
        lines = await unit.standards.of(seat.today.year)
        history = await unit.standards.history()
    asked = clerk.asked_yearly(seat.office)
    return page(
        seat,
        "standards.html",
        rows=[(fact, question, lines.get(fact)) for fact, question in asked.items()],
        history=[(line, name, asked[line.fact]) for line, name in history if line.fact in asked],
        year=seat.today.year,
        may=seat.role in (Role.MANAGER, Role.OFFICE),
        done=done,
    )


async def set_line(seat: Seated, sent: Form) -> Response:
    """Set anew: the newest counts, the others stay to be seen."""
    fact, year = sent.text("fact", 80), sent.number("year")
    await clerk.set_line(seat.office, seat.officer, fact, year, sent.said("sum", LONGEST))
    return to("/console/standards", done="set")
