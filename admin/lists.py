"""Lists drawn from the register: opened, who is on them and who is not, checked together."""

from starlette.responses import Response

from admin.pages import page, to
from admin.seats import Form, Id, Seated
from admin.sent import Sent, within
from core.errors import Unreadable
from core.rules import Value
from handlers import checking, drawing, register, yearly
from handlers.decisions import OpenFact


async def lists(seat: Seated) -> Response:
    async with seat.office.reading() as unit:
        rows = [(e, yearly.scheme_of(seat.office, e)) for e in await unit.drawn.all()]
        schemes = await yearly.openable(seat.office, unit, seat.officer)
    return page(
        seat,
        "lists.html",
        rows=rows,
        schemes=schemes,
        longest=drawing.LONGEST_OCCASION,
    )


async def open_(seat: Seated, sent: Form) -> Response:
    expected = sent.day("expected") if sent.raw("expected").strip() else None
    opened = await drawing.open_list(
        seat.office,
        seat.officer,
        sent.said("scheme", 80),
        sent.text("occasion", drawing.LONGEST_OCCASION),
        expected,
    )
    return to(f"/console/lists/{opened.round_id}", done="opened")


async def list_(seat: Seated, round_id: Id, done: str = "", passed: int = 0) -> Response:
    async with seat.office.reading() as unit:
        view = await yearly.opened(seat.office, unit, seat.officer, round_id)
    return page(
        seat,
        "list.html",
        **vars(view),
        total_fen=view.total_fen,
        stages=[seat.say.scheme(stage.name) for stage in view.scheme.stages],
        unsure={e.application.id: e.unsure for e in view.check.lines},
        longest=register.LONGEST,
        done=done,
        passed=passed,
    )


async def pass_on(seat: Seated, sent: Form, round_id: Id) -> Response:
    async with seat.office.reading() as unit:
        await yearly.drawn_in(unit, round_id)
        check = await checking.checklist(seat.office, unit, seat.officer, round_id)
    found = {each.fact: _answer(sent, each) for each in check.common}
    months = sent.perhaps("months")
    with within("months"):
        if months is not None and months > checking.MOST_MONTHS:
            raise Unreadable("number")
    fen = sent.perhaps_money("sum")
    passed = await checking.pass_on(seat.office, seat.officer, round_id, found, fen, months)
    return to(f"/console/lists/{round_id}", done="passed", passed=passed)


async def add(seat: Seated, sent: Form, round_id: Id) -> Response:
    """The identity number is typed into the form, never into an address."""
    async with seat.office.reading() as unit:
        await yearly.drawn_in(unit, round_id)
    identity, proof = sent.said("identity", 40), sent.said("proof", register.LONGEST)
    await drawing.add(seat.office, seat.officer, round_id, identity, proof)
    return to(f"/console/lists/{round_id}", done="added")


def _answer(sent: Sent, asked: OpenFact) -> Value:
    """Yes or no, for everybody on the list."""
    return sent.choice(f"fact:{asked.fact}", "yes", "no") == "yes"
