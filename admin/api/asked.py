"""What people ask of a union (找人), for machines: which wait, one in full, and the answer."""

from datetime import datetime
from typing import Annotated

from fastapi import Query
from pydantic import Field

from admin.api.answers import Answer
from admin.api.orders import Order, Text
from admin.seats import Id, Seat, Seated
from handlers import handover as clerk
from handlers import hats
from handlers.handover import Question
from storage.tables import Handover
from storage.unit import Unit


class ReplyOrder(Order):
    """What goes to the person who asked, word for word."""

    answer: Annotated[Text, Field(min_length=1, max_length=clerk.LONGEST)]


class HandoverAnswer(Answer):
    """When it was asked and is to be answered; `raised` how often nobody has answered in time."""

    id: int
    state: str
    at: datetime
    due: datetime
    raised: int

    @classmethod
    def of(cls, row: Handover) -> "HandoverAnswer":
        return cls.model_validate(row)


class QuestionAnswer(HandoverAnswer):
    """`name` is masked, and empty for a stranger; `before` what was said in the chat, where it may
    be handed over."""

    question: str
    name: str
    scheme: str
    before: list[str]
    answer: str

    @classmethod
    def in_full(cls, view: Question) -> "QuestionAnswer":
        asked = view.asked
        told = {"question": asked.question, "before": list(asked.transcript)}
        told |= {"answer": asked.answer, "name": view.name, "scheme": view.scheme}
        return cls(**vars(HandoverAnswer.of(view.row)), **told)


async def handovers(
    seat: Seated,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    first: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> list[HandoverAnswer]:
    """Those that wait, soonest first; what they say is read one by one."""
    async with seat.office.reading() as unit:
        unions = await hats.unions(unit, seat.officer, *clerk.ANSWERING)
        rows = await unit.handovers.soonest(unions, limit, first)
        return [HandoverAnswer.of(each) for each in rows]


async def handover(seat: Seated, handover_id: Id) -> QuestionAnswer:
    """Each look at it is written into the book of acts."""
    async with seat.unit() as unit:
        return await _told(seat, unit, handover_id)


async def reply(seat: Seated, handover_id: Id, order: ReplyOrder) -> QuestionAnswer:
    """Answered once; a second answer finds it answered."""
    async with seat.unit() as unit:
        await clerk.reply(seat.office, seat.officer, handover_id, order.answer, unit)
        return await _told(seat, unit, handover_id)


async def _told(seat: Seat, unit: Unit, handover_id: int) -> QuestionAnswer:
    about = (seat.office, unit, seat.officer, handover_id)
    return QuestionAnswer.in_full(await clerk.opened(*about))
