"""Rounds, notices, meetings and payment lists: what is done for many applications at once."""

from starlette.requests import Request
from starlette.responses import Response

from admin import payments
from admin.api.answers import Fault, NoticeAnswer, NoticesAnswer, ReadyAnswer, RoundAnswer
from admin.api.orders import ListOrder, MeetingOrder, NoticeOrder, ResultsOrder, RoundOrder
from admin.api.outcomes import BarredAnswer, ListAnswer, MeetingAnswer, TakenAnswer
from admin.notices import mine
from admin.once import Key, once
from admin.rounds import check_province, check_sight
from admin.seats import Id, Seat, Seated
from core.errors import Unreadable
from core.meeting import Minutes, Point, Ruling
from core.results import Trouble
from handlers import approval, notice, payment, payment_results
from handlers import round as rounds_clerk
from handlers.payment import Failed, Paid, Result
from storage.unit import Unit


async def rounds(seat: Seated) -> list[RoundAnswer]:
    async with seat.office.reading() as unit:
        return [RoundAnswer.of(row) for row in await unit.rounds.all()]


async def open_round(seat: Seated, order: RoundOrder, key: Key = None) -> RoundAnswer:
    """An Idempotency-Key is needed: two rounds would be two rounds."""
    check_province(seat)
    if key is None:
        raise Unreadable("idempotency_key")

    async def do(unit: Unit) -> int:
        opened = await rounds_clerk.open_round(
            seat.office,
            seat.officer,
            scheme_id=order.scheme,
            places=order.places,
            opens=order.opens,
            closes=order.closes,
            closes_at=order.closes_at,
            stage_days=order.stage_days,
            unit=unit,
        )
        return opened.id

    made = await once(seat, key, "round", order.model_dump_json(), do)
    async with seat.office.reading() as unit:
        return RoundAnswer.of(await unit.rounds.by_id(made))


async def notices(seat: Seated) -> NoticesAnswer:
    """Of one's union; for an overseer, all that hang below."""
    async with seat.office.reading() as unit:
        ready = [] if seat.overseer else await notice.ready(seat.office, unit, seat.officer)
        posted = [NoticeAnswer.of(row) for row in await mine(seat, unit)]
    return NoticesAnswer(ready=[ReadyAnswer.model_validate(each) for each in ready], posted=posted)


async def post(seat: Seated, order: NoticeOrder, key: Key = None) -> NoticeAnswer:
    async def do(unit: Unit) -> int:
        posted = await notice.post(
            seat.office, seat.officer, order.round, order.stage, unit, order.days, order.union
        )
        return posted.id

    made = await once(seat, key, "notice", order.model_dump_json(), do)
    async with seat.office.reading() as unit:
        return NoticeAnswer.of(await unit.notices.by_id(made))


async def hold(seat: Seated, order: MeetingOrder) -> MeetingAnswer:
    """Decides the list. Repeated, it finds nothing left to decide."""
    async with seat.unit() as unit:
        agenda = {
            (await unit.applications.numbered(each.number)).id: Point(
                each.version, Ruling(each.ruling), each.ground
            )
            for each in order.applications
        }
        minutes = Minutes(
            order.minutes, order.held_on, await _present(unit, order.present), order.others
        )
        outcome = await approval.meeting(
            seat.office, seat.officer, order.round, minutes, agenda, unit
        )
        return MeetingAnswer.of(
            outcome.meeting,
            approved=[each.number for each in outcome.approved],
            refused=[each.number for each in outcome.refused],
            postponed=[each.number for each in outcome.postponed],
            barred=[_barred(seat, each) for each in outcome.barred],
        )


async def _present(unit: Unit, logins: list[str]) -> tuple[int, ...]:
    """Raises Unreadable("choice") for a login nobody has."""
    there = [await unit.officers.by_login(each) for each in logins]
    if None in there:
        raise Unreadable("choice")
    return tuple(each.id for each in there if each)


async def make_list(seat: Seated, order: ListOrder, key: Key = None) -> ListAnswer:
    """Everything that is ready. Repeated without a key, it finds nothing left to list."""

    async def do(unit: Unit) -> int:
        made, _ = await payment.make_list(seat.office, seat.officer, order.round, unit)
        return made.id

    return await list_(seat, await once(seat, key, "payment_list", order.model_dump_json(), do))


async def list_(seat: Seated, list_id: Id) -> ListAnswer:
    check_sight(seat)
    async with seat.office.reading() as unit:
        made = await unit.payments.list_by_id(list_id)
        return ListAnswer.of(made, await unit.payments.lines(list_id))


async def sheet(seat: Seated, list_id: Id) -> Response:
    """The spreadsheet for the bank, with full numbers."""
    return await payments.sheet(seat, list_id)


async def record(seat: Seated, list_id: Id, order: ResultsOrder) -> ListAnswer:
    """A line is recorded once; repeated, it is already decided."""
    results: dict[int, Result] = {}
    for each in order.results:
        paid = each.result == "paid"
        results[each.line] = Paid() if paid else Failed(Trouble(each.trouble), each.note)
    if len(results) != len(order.results):
        raise Unreadable("form")
    await payment.record(seat.office, seat.officer, list_id, results)
    return await list_(seat, list_id)


def _barred(seat: Seat, each: approval.Barred) -> BarredAnswer:
    code, cite = type(each.why).__name__, getattr(each.why, "cite", "")
    fault = Fault(code=code, message=seat.say.refusal(each.why), cite=cite)
    return BarredAnswer(number=each.application.number, error=fault)


async def take(seat: Seated, list_id: Id, request: Request) -> TakenAnswer:
    """The bank's answer as XLSX: our own sheet with the results filled in. Sent again, it does
    nothing twice."""
    content = await request.body()
    return TakenAnswer.model_validate(
        await payment_results.take(seat.office, seat.officer, list_id, content)
    )
