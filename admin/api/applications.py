"""The queue, an application, a decision on it."""

from typing import Annotated

from fastapi import Body, Path, Query

from admin.api.answers import CardAnswer, MovedAnswer, QueueAnswer, WaitingAnswer
from admin.api.orders import (
    AssignOrder,
    DecisionOrder,
    DefectOrder,
    EnterOrder,
    IdentifyOrder,
    PassOrder,
    ReserveOrder,
    ReturnOrder,
    TerminateOrder,
)
from admin.seats import Seat, Seated
from core.errors import Unreadable
from core.facts import given
from handlers import assignment, identification, review
from handlers.assignment import Whom
from handlers.decisions import (
    CardView,
    Decision,
    Defect,
    Enter,
    Pass,
    Reject,
    Reserve,
    Return,
    Terminate,
)
from storage.unit import Unit

ApplicationNumber = Annotated[str, Path(pattern=r"^[A-Za-z0-9-]{1,24}$")]


async def queue(
    seat: Seated,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    after: Annotated[str, Query(max_length=40)] = "",
) -> QueueAnswer:
    """What waits for this officer, nearest date first."""
    async with seat.office.reading() as unit:
        one = await review.queue(seat.office, unit, seat.officer, after=after, limit=limit)
    rows = [WaitingAnswer.of(each) for each in one.rows]
    return QueueAnswer(rows=rows, next=one.after or None)


async def application(seat: Seated, number: ApplicationNumber) -> CardAnswer:
    """Everything to decide on. What one may not see is not there."""
    async with seat.office.reading() as unit:
        return CardAnswer.of(await seen(seat, unit, number))


async def decide(
    seat: Seated, number: ApplicationNumber, order: Annotated[DecisionOrder, Body()]
) -> MovedAnswer:
    """Decides on the version that was seen; a repeated order finds that version gone."""
    async with seat.unit() as unit:
        view = await seen(seat, unit, number)
        moved = await review.decide(
            seat.office, seat.officer, view.id, order.version, _decision(order, view), unit
        )
        return MovedAnswer.of(moved)


async def assign(
    seat: Seated, number: ApplicationNumber, order: Annotated[AssignOrder, Body()]
) -> MovedAnswer:
    """Names who carries it, where the step has to; the worker is told."""
    async with seat.unit() as unit:
        view = await seen(seat, unit, number)
        colleague = await unit.officers.by_login(order.login) if order.login else None
        if order.login and colleague is None:
            raise Unreadable("choice")
        whom = Whom(order.name, order.contact, colleague.id if colleague else None, order.why)
        about = (seat.office, seat.officer, view.id, order.version, whom, unit)
        await assignment.assign(*about)
        return MovedAnswer.of(await unit.applications.by_id(view.id))


async def identify(
    seat: Seated, number: ApplicationNumber, order: Annotated[IdentifyOrder, Body()]
) -> CardAnswer:
    """Completes whom the award is about; one award for each person."""
    async with seat.unit() as unit:
        view = await seen(seat, unit, number)
        told = identification.Told(order.identity, order.name, order.unit)
        about = (seat.office, seat.officer, view.id, order.version, told, unit)
        await identification.complete(*about)
        return CardAnswer.of(await seen(seat, unit, number))


async def seen(seat: Seat, unit: Unit, number: str) -> CardView:
    """Raises NotFound, OutsideJurisdiction."""
    row = await unit.applications.numbered(number)
    return await review.card(seat.office, unit, seat.officer, row.id)


def _decision(order: DecisionOrder, view: CardView) -> Decision:
    asked = {each.fact: each.question for each in view.open}
    match order:
        case PassOrder():
            found = given(order.facts, asked)
            return Pass(order.undertaking, found, order.note, order.amount_fen)
        case EnterOrder():
            return Enter(order.note, given(order.facts, asked), order.amount_fen)
        case TerminateOrder():
            return Terminate(order.ground, order.note)
        case ReserveOrder():
            return Reserve(order.rank, order.note)
        case ReturnOrder():
            return Return(tuple(map(_defect, order.items)), order.due, order.why)
        case _:
            return Reject(tuple(order.facts), order.note)


def _defect(item: DefectOrder) -> Defect:
    return Defect(item.slot, item.fact, item.note)
