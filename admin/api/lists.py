"""Yearly lists drawn from the register, for machines: opened, followed, checked together."""

from datetime import date
from typing import Annotated

from pydantic import Field

from admin.api.answers import Answer, OpenAnswer
from admin.api.orders import Day, Fen, Order, Text
from admin.seats import Id, Seat, Seated
from handlers import checking, drawing, register, yearly
from handlers.checking import MOST_MONTHS
from handlers.yearly import Yearly
from storage.tables import DrawnList

MOST_FACTS = 60


class DrawOrder(Order):
    """`occasion` only where the scheme has a list on each occasion; `expected` is the day on which
    it will probably be paid, which the workers see."""

    scheme: Annotated[Text, Field(min_length=1, max_length=80)]
    occasion: Annotated[Text, Field(max_length=drawing.LONGEST_OCCASION)] = ""
    expected: Day | None = None


class PassListOrder(Order):
    """`facts` answers what is `open`, for everybody about whom nothing else is in doubt; the sum
    for each, or the number of months, where the list says that one is to be set."""

    facts: Annotated[dict[str, bool], Field(max_length=MOST_FACTS, default_factory=dict)]
    amount_fen: Fen | None = None
    months: Annotated[int, Field(ge=1, le=MOST_MONTHS)] | None = None


class AddOrder(Order):
    """Somebody the list misses, who is in the register: the identity number is never told again."""

    identity: Annotated[Text, Field(min_length=1, max_length=40)]
    proof: Annotated[Text, Field(min_length=1, max_length=register.LONGEST)]


class ListedAnswer(Answer):
    """A list; its id is that of its round."""

    round_id: int
    scheme_id: str
    year: int
    occasion: str
    expected_on: date | None

    @classmethod
    def of(cls, row: DrawnList) -> "ListedAnswer":
        return cls.model_validate(row)


class LineAnswer(Answer):
    """Somebody on it, masked; `unsure` are facts that are decided on the application alone."""

    number: str
    name: str
    unit: str
    amount_fen: int | None
    state: str
    stage: int
    unsure: list[str]


class AsideAnswer(Answer):
    """Somebody who is not on it, and why: left_out, twice or paid."""

    name: str
    unit: str
    title: str
    kind: str
    say: str
    cite: str


class YearlyAnswer(ListedAnswer):
    """One list, as far as one's branch goes. `clear` are those who can be passed on together."""

    total_fen: int
    lines: list[LineAnswer]
    aside: list[AsideAnswer]
    open: list[OpenAnswer]
    sets_sum: bool
    monthly: bool
    clear: int
    may: list[str]

    @classmethod
    def in_full(cls, view: Yearly) -> "YearlyAnswer":
        unsure = {e.application.id: [f.fact for f in e.unsure] for e in view.check.lines}
        lines = [
            LineAnswer(
                number=each.number,
                name=view.names[each.worker_id],
                unit=view.unions[each.base_union_id],
                amount_fen=each.amount_fen,
                state=each.state,
                stage=each.stage,
                unsure=unsure.get(each.id, []),
            )
            for each in view.lines
        ]
        aside = [
            AsideAnswer(
                name=each.name,
                unit=each.union,
                title=each.entry.title,
                kind=each.kind,
                say=each.say,
                cite=each.cite,
            )
            for each in view.aside
        ]
        doors = {"pass": view.may_check, "add": view.may_add}
        return cls(
            **vars(ListedAnswer.of(view.drawn)),
            total_fen=view.total_fen,
            lines=lines,
            aside=aside,
            open=[OpenAnswer.of(each) for each in view.check.common],
            sets_sum=view.check.sets_sum,
            monthly=view.check.monthly,
            clear=len(view.check.clear),
            may=[door for door, is_open in doors.items() if is_open],
        )


class PassedAnswer(Answer):
    """How many went on to the next step."""

    passed: int


async def lists(seat: Seated) -> list[ListedAnswer]:
    """Newest first."""
    async with seat.office.reading() as unit:
        return [ListedAnswer.of(each) for each in await unit.drawn.all()]


async def list_(seat: Seated, round_id: Id) -> YearlyAnswer:
    async with seat.office.reading() as unit:
        view = await yearly.opened(seat.office, unit, seat.officer, round_id)
    return YearlyAnswer.in_full(view)


async def draw(seat: Seated, order: DrawOrder) -> YearlyAnswer:
    """A second one of the year, or of the occasion, is refused."""
    about = (order.scheme, order.occasion, order.expected)
    opened = await drawing.open_list(seat.office, seat.officer, *about)
    return await list_(seat, opened.round_id)


async def pass_on(seat: Seated, round_id: Id, order: PassListOrder) -> PassedAnswer:
    """Repeated, it finds nobody left to pass on."""
    await _there(seat, round_id)
    about = (round_id, dict(order.facts), order.amount_fen, order.months)
    return PassedAnswer(passed=await checking.pass_on(seat.office, seat.officer, *about))


async def add(seat: Seated, round_id: Id, order: AddOrder) -> YearlyAnswer:
    await _there(seat, round_id)
    about = (round_id, order.identity, order.proof)
    await drawing.add(seat.office, seat.officer, *about)
    return await list_(seat, round_id)


async def _there(seat: Seat, round_id: int) -> None:
    """Raises NotFound for a round that is no list."""
    async with seat.office.reading() as unit:
        await yearly.drawn_in(unit, round_id)
