"""Findings after the award: opened, heard, decided; the money that comes back; the record."""

from datetime import date, timedelta
from urllib.parse import urlencode

from starlette.responses import Response

from admin.once import new_key, once
from admin.pages import page, to
from admin.seats import Form, Id, Seat, Seated
from admin.sent import Sent
from core.errors import NotFound
from handlers import clawback, docket, dossier, integrity, reminding, repaying, tribunal
from handlers.bench import scheme_of
from handlers.clawback import Dropped, Upheld
from storage.unit import Unit

USUAL_HEARING = timedelta(days=10)  # proposed; the officer sets the day
HERE = "/console/claw-backs"


async def clawbacks(seat: Seated, done: str = "") -> Response:
    async with seat.office.reading() as unit:
        rows = await dossier.listed(unit, seat.officer)
        numbers = {
            each.id: each.number
            for each in await unit.applications.some({row.application_id for row in rows})
        }
    may = seat.role in tribunal.FINDERS
    return page(
        seat,
        "clawbacks.html",
        rows=rows,
        numbers=numbers,
        may_open=may,
        heard_on=reminding.heard_on,
        done=done,
    )


async def new(seat: Seated, number: str = "") -> Response:
    """The grounds of the scheme the application was made under."""
    async with seat.office.reading() as unit:
        application = await unit.applications.numbered(number.strip().upper()[:24])
        await docket.card(seat.office, unit, seat.officer, application.id)
        paid, _ = await unit.claw_backs.paid(application.id)
    scheme = scheme_of(seat.office, application)
    return page(
        seat,
        "clawback_new.html",
        here=f"{HERE}/new?{urlencode({'number': application.number})}",
        application=application,
        scheme=scheme,
        grounds=tribunal.grounds(scheme),
        paid=paid,
        longest=tribunal.LONGEST,
        tomorrow=seat.today + timedelta(days=1),
        usual=seat.today + USUAL_HEARING,
        latest=seat.today + clawback.LONGEST_HEARING,
    )


async def open_(seat: Seated, sent: Form) -> Response:
    """By the number of the application."""
    async with seat.office.reading() as unit:
        application = await unit.applications.numbered(sent.said("number", 24).upper())
    opened = await clawback.find(
        seat.office,
        seat.officer,
        application.id,
        ground=sent.number("ground", 0),
        finding=sent.told("finding", tribunal.LONGEST),
        answer_by=sent.day("answer_by"),
    )
    return to(f"{HERE}/{opened.id}", done="opened")


async def one(seat: Seated, claw_back_id: Id, done: str = "") -> Response:
    """Each look at what the holder has said is written into the book of acts."""
    async with seat.unit() as unit:
        view = await dossier.read(seat.office, unit, seat.officer, claw_back_id)
    return page(
        seat,
        "clawback.html",
        view=view,
        bar=seat.say.refusal(view.bar) if view.bar else "",
        longest=tribunal.LONGEST,
        tomorrow=seat.today + timedelta(days=1),
        proposed=repaying.next_month(seat.today),
        key=new_key(),
        done=done,
    )


async def answer(seat: Seated, sent: Form, claw_back_id: Id) -> Response:
    """What the holder has said to the officer, or brought on paper."""
    await _check_sight(seat, claw_back_id)
    text = sent.told("text", tribunal.LONGEST)
    async with seat.unit() as unit:
        await clawback.answer(seat.office, unit, seat.officer, claw_back_id, text)
    return to(f"{HERE}/{claw_back_id}", done="answered")


async def decide(seat: Seated, sent: Form, claw_back_id: Id) -> Response:
    await _check_sight(seat, claw_back_id)
    await clawback.decide(seat.office, seat.officer, claw_back_id, _decision(sent))
    return to(f"{HERE}/{claw_back_id}", done="decided")


async def repay(seat: Seated, sent: Form, claw_back_id: Id) -> Response:
    """Pressed twice, it is recorded once."""
    await _check_sight(seat, claw_back_id)
    fen, came_on = sent.money("sum"), sent.day("came_on")

    async def do(unit: Unit) -> int:
        about = (seat.office, seat.officer, claw_back_id, fen, came_on)
        return (await repaying.repaid(*about, unit)).id

    order = f"{claw_back_id}:{fen}:{came_on}"
    await once(seat, sent.text("key", 40), "repayment", order, do)
    return to(f"{HERE}/{claw_back_id}", done="repaid")


async def strike(seat: Seated, sent: Form, claw_back_id: Id) -> Response:
    await _check_sight(seat, claw_back_id)
    async with seat.unit() as unit:
        stain = await unit.stains.of_claw_back(claw_back_id)
        if stain is None:
            raise NotFound(claw_back=claw_back_id)
        why = sent.told("why", tribunal.LONGEST)
        await integrity.strike(seat.office, seat.officer, stain.id, why, unit)
    return to(f"{HERE}/{claw_back_id}", done="struck")


async def _check_sight(seat: Seat, claw_back_id: int) -> None:
    """What one may not see is not there, whatever was sent."""
    async with seat.office.reading() as unit:
        await dossier.opened(seat.office, unit, seat.officer, claw_back_id)


def _decision(sent: Sent) -> Upheld | Dropped:
    reason = sent.told("reason", tribunal.LONGEST)
    if sent.choice("upheld", "yes", "no") == "no":
        return Dropped(reason)
    fen = sent.perhaps_money("sum")
    first: date | None = sent.day("first") if sent.raw("first") else None
    return Upheld(reason, fen, sent.perhaps("parts") or 1, first)
