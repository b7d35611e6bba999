"""Yearly budgets of one's own union: set, committed, paid, left; on a page and for machines."""

from starlette.responses import Response

from admin.api.answers import Answer
from admin.api.orders import Order
from admin.pages import page, to
from admin.seats import Form, Seat, Seated
from handlers import budget as clerk

LONGEST = 20  # characters of a sum


class BudgetOrder(Order):
    """What one's union has for a scheme in a year, in fen."""

    scheme: str
    year: int
    fen: int


class BudgetAnswer(Answer):
    """In fen. `committed` is promised and not paid yet."""

    scheme: str
    year: int
    union: str
    set: int
    committed: int
    paid: int
    left: int


async def budgets(seat: Seated, done: str = "") -> Response:
    async with seat.office.reading() as unit:
        rows = await clerk.standings(unit, seat.officer)
    known = {each.id: each for each in seat.office.schemes.known(seat.today) if each.pays}
    return page(
        seat,
        "budgets.html",
        rows=[(each, seat.office.schemes.versions(each.budget.scheme_id)[-1]) for each in rows],
        schemes=known.values(),
        year=seat.today.year,
        may=seat.role in clerk.SETTERS,
        longest=LONGEST,
        done=done,
    )


async def set_budget(seat: Seated, sent: Form) -> Response:
    scheme, year = sent.said("scheme", 80), sent.number("year")
    fen = sent.money("sum")
    await clerk.set_budget(seat.office, seat.officer, scheme, year, fen)
    return to("/console/budgets", done="set")


async def listed(seat: Seated) -> list[BudgetAnswer]:
    return await _answers(seat)


async def order(seat: Seated, order: BudgetOrder) -> list[BudgetAnswer]:
    """Set anew, it is the same budget with another sum."""
    await clerk.set_budget(seat.office, seat.officer, order.scheme, order.year, order.fen)
    return await _answers(seat)


async def _answers(seat: Seat) -> list[BudgetAnswer]:
    async with seat.office.reading() as unit:
        rows = await clerk.standings(unit, seat.officer)
    return [
        BudgetAnswer(
            scheme=each.budget.scheme_id,
            year=each.budget.year,
            union=each.union,
            set=each.budget.fen,
            committed=each.committed_fen,
            paid=each.budget.paid_fen,
            left=each.left_fen,
        )
        for each in rows
    ]
