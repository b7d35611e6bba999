"""Payment: what can be listed, the lists for the bank, and what came of each line."""

from collections.abc import Sequence
from typing import Any

from starlette.responses import Response

from admin.once import new_key, once
from admin.pages import page, to
from admin.rounds import check_sight, describe
from admin.seats import Form, Guest, Id, Seat, Seated
from admin.sent import Sent, number
from core.errors import OutsideJurisdiction, Unreadable
from core.people import Role, masked_name
from core.results import Trouble
from handlers import payees, payment, payment_results, payment_sheet
from handlers.payment import Failed, Listable, Paid, Result
from storage.payments import Line
from storage.tables import PaymentList
from storage.unit import Unit

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def payments(seat: Seated) -> Response:
    """Each round under review with its lists; what could be listed now stands on its own page."""
    check_sight(seat)
    async with seat.office.reading() as unit:
        rows = [
            (describe(seat, row), await _lists(seat, unit, row.id))
            for row in await unit.rounds.all()
            if row.state != "open" or row.at_once
        ]
    rows = [(round_, lists) for round_, lists in rows if round_.scheme.pays]
    return page(seat, "payments.html", rows=rows)


async def of_round(seat: Seated, round_id: Id) -> Response:
    check_sight(seat)
    async with seat.office.reading() as unit:
        one = describe(seat, await unit.rounds.by_id(round_id))
        standing = await payment.listable(seat.office, unit, seat.officer, round_id)
        lists = await _lists(seat, unit, round_id)
        names = await _names(unit, standing)
        holders = {a.application.id: payees.shown(unit, a.account) for a in standing.ready}
    return page(
        seat,
        "payment_round.html",
        round=one,
        standing=standing,
        lists=lists,
        names=names,
        holders=holders,
        flagged=[(each.application, seat.say.refusal(each.why)) for each in standing.flagged],
        may=seat.role is Role.FINANCE,
        key=new_key(),
    )


async def _lists(seat: Seat, unit: Unit, round_id: int) -> list[PaymentList]:
    """Those of one's own union; for an overseer, all."""
    lists = await unit.payments.lists(round_id)
    return [made for made in lists if seat.overseer or made.union_id == seat.union.id]


async def make(seat: Seated, sent: Form) -> Response:
    round_id = sent.number("round")

    async def do(unit: Unit) -> int:
        made, _ = await payment.make_list(seat.office, seat.officer, round_id, unit)
        return made.id

    made = await once(seat, sent.text("key", 40), "payment_list", str(round_id), do)
    return to(f"/console/payments/{made}", done="made")


async def list_(
    seat: Seated, list_id: Id, done: str = "", paid: int = 0, failed: int = 0, left: int = 0
) -> Response:
    check_sight(seat)
    async with seat.office.reading() as unit:
        made = await unit.payments.list_by_id(list_id)
        if not seat.overseer and made.union_id != seat.union.id:
            raise OutsideJurisdiction((await unit.unions.by_id(made.union_id)).name)
        lines = await unit.payments.lines(list_id)
        one = describe(seat, await unit.rounds.by_id(made.round_id))
        rows = [(line, payees.shown(unit, line.account)) for line in lines]
    return page(
        seat,
        "payment_list.html",
        round=one,
        made=made,
        rows=rows,
        totals=_totals(lines),
        troubles=list(Trouble),
        longest=payment.LONGEST_NOTE,
        may=seat.role is Role.FINANCE,
        trouble=lambda why: _why(seat, why),
        taken={"paid": paid, "failed": failed, "open": left},
        done=done,
    )


async def sheet(seat: Seated, list_id: Id) -> Response:
    """The spreadsheet, with full numbers; each download is written into the book of acts."""
    content = await payment_sheet.sheet(seat.office, seat.officer, list_id)
    headers = {
        "Content-Disposition": f'attachment; filename="payments-{list_id}.xlsx"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=XLSX, headers=headers)


async def record(seat: Seated, sent: Form, list_id: Id) -> Response:
    """Lines left at "not yet" stay open."""
    results = _results(sent)
    if not results:
        raise Unreadable("choice")
    await payment.record(seat.office, seat.officer, list_id, results)
    return to(f"/console/payments/{list_id}", done="recorded")


async def take(seat: Seated, sent: Form, list_id: Id) -> Response:
    """The bank's answer: our own sheet with the results filled in."""
    about = (seat.office, seat.officer, list_id, sent.file("sheet"))
    taken = await payment_results.take(*about)
    counts = {"paid": taken.paid, "failed": taken.failed, "left": taken.open}
    return to(f"/console/payments/{list_id}", done="taken", **counts)


def _results(sent: Sent) -> dict[int, Result]:
    """Field `line:7` is empty, paid, or why not; `note:7` says more."""
    results: dict[int, Result] = {}
    for name in sent.fields:
        kind, _, line = name.partition(":")
        if kind != "line" or not (answer := sent.raw(name)):
            continue
        if answer == "paid":
            results[number(line)] = Paid()
        else:
            trouble = Trouble(sent.choice(name, *Trouble))
            results[number(line)] = Failed(trouble, sent.text(f"note:{line}", payment.LONGEST_NOTE))
    return results


async def _names(unit: Unit, standing: Listable) -> dict[int, str]:
    """Masked, by worker."""
    there = [*(each.application for each in standing.ready), *standing.no_account, *standing.listed]
    there += [each.application for each in standing.flagged]
    people = await unit.applications.people({each.worker_id for each in there})
    return {id_: masked_name(unit.workers.name(person)) for id_, person in people.items()}


def _totals(lines: Sequence[Line]) -> dict[str, tuple[int, int]]:
    """State -> how many lines, and their sum in fen."""
    totals: dict[str, tuple[int, int]] = {}
    for line in lines:
        many, fen = totals.get(line.payment.state, (0, 0))
        totals[line.payment.state] = (many + 1, fen + line.payment.amount_fen)
    return totals


def _why(guest: Guest, why: str) -> str:
    """What the bank said, in words: the trouble, and a note behind it."""
    trouble, _, note = why.partition(": ")
    key = f"console.trouble.{trouble}"
    said: Any = guest.say(key) if guest.say.has(key) else trouble
    return f"{said}{guest.say('console.payment.colon')}{note}" if note else str(said)
