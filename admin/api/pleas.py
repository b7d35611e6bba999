"""Hearing the holder before a title is taken away, for machines; his words are read on the page."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from admin.api.answers import Answer
from admin.api.applications import ApplicationNumber, seen
from admin.api.attached import Papers, kept
from admin.api.orders import Day, Number, Order, Text
from admin.once import Key, once
from admin.seats import Seat, Seated
from core.errors import NotFound
from core.pleading import LONGEST
from handlers import pleading
from handlers.pleading import Charge, Said
from storage.tables import Plea, Title
from storage.unit import Unit

Words = Annotated[Text, Field(min_length=1, max_length=LONGEST)]


class ChargeOrder(Order):
    """What the holder is accused of, not by whom, and the last day to answer.

    `title` is one of the `holders` of the answer; without it `identity` finds a holder on the
    roster; without both nobody knows him here, and he is told in another way.
    """

    version: Number
    charge: Words
    answer_by: Day
    title: Number | None = None
    identity: Annotated[Text, Field(max_length=40)] = ""


class PleaOrder(Order):
    """What the holder has said to an officer, by which way and on which day; written down once."""

    version: Number
    channel: Literal["telephone", "mail", "visit"]
    on: Day
    text: Words
    papers: Papers = Field(default_factory=list)


class HolderAnswer(Answer):
    """An entry of the register under the name of whom it is about."""

    id: int
    title: str
    since: date | None

    @classmethod
    def of(cls, entry: Title) -> "HolderAnswer":
        return cls.model_validate(entry)


class PleaAnswer(Answer):
    """How it stands. `answer_by` is empty until it was put to him; `reached` says that he was told
    in a chat of his own; `holders` are those it can be put to."""

    number: str
    version: int
    holders: list[HolderAnswer]
    answer_by: date | None = None
    reached: bool = False
    answered_at: datetime | None = None
    channel: str = ""
    said_on: date | None = None


async def plea(seat: Seated, number: ApplicationNumber) -> PleaAnswer:
    """What one may not see is not there, nor where nobody is heard."""
    async with seat.office.reading() as unit:
        return await _told(seat, unit, number)


async def put(seat: Seated, number: ApplicationNumber, order: ChargeOrder) -> PleaAnswer:
    """Once; a repeated order is already decided."""
    async with seat.unit() as unit:
        view = await seen(seat, unit, number)
        charge = Charge(order.charge, order.answer_by, order.title, order.identity)
        await pleading.put(seat.office, seat.officer, view.id, order.version, charge, unit)
        return await _told(seat, unit, number)


async def record(
    seat: Seated, number: ApplicationNumber, order: PleaOrder, key: Key = None
) -> PleaAnswer:
    """An Idempotency-Key writes it down once."""
    async with seat.office.reading() as unit:
        await seen(seat, unit, number)
    papers = await kept(seat.office, order.papers)

    async def do(unit: Unit) -> int:
        view = await seen(seat, unit, number)
        said = Said(order.text, order.channel, order.on, papers)
        about = (seat.office, seat.officer, view.id, order.version, said, unit)
        return (await pleading.record(*about)).id

    await once(seat, key, f"plea:{number}", order.model_dump_json(), do)
    return await plea(seat, number)


async def _told(seat: Seat, unit: Unit, number: str) -> PleaAnswer:
    view = await seen(seat, unit, number)
    application = await unit.applications.by_id(view.id)
    row: Plea | None = await unit.pleas.of(view.id)
    if row is None:
        if "hear" not in view.also:
            raise NotFound(number=number)
        there = await pleading.holders(seat.office, unit, application)
        holders = [HolderAnswer.of(each) for each in there]
        return PleaAnswer(number=number, version=view.version, holders=holders)
    return PleaAnswer(
        number=number,
        version=view.version,
        holders=[],
        answer_by=row.answer_by,
        reached=row.worker_id is not None,
        answered_at=row.answered_at,
        channel=row.channel,
        said_on=row.said_on,
    )
