"""Findings after the award and the money that comes back, for machines."""

from typing import Annotated

from fastapi import Body

from admin.api.findings import (
    DecidedOrder,
    DossierAnswer,
    DropOrder,
    FoundOrder,
    RepaymentAnswer,
    RepaymentOrder,
    SaidOrder,
    StrikeOrder,
)
from admin.once import Key, once
from admin.seats import Id, Seat, Seated
from core.errors import NotFound, Unreadable
from handlers import clawback, dossier, integrity, repaying
from handlers.clawback import Dropped, Upheld
from storage.unit import Unit


async def listed(seat: Seated) -> list[DossierAnswer]:
    """Newest first."""
    async with seat.office.reading() as unit:
        rows = await dossier.listed(unit, seat.officer)
        return [await _told(seat, unit, row.id) for row in rows]


async def one(seat: Seated, claw_back_id: Id) -> DossierAnswer:
    """What the holder has said is read on the page only."""
    async with seat.office.reading() as unit:
        return await _told(seat, unit, claw_back_id)


async def find(seat: Seated, order: FoundOrder) -> DossierAnswer:
    """A second one on the same application is refused."""
    async with seat.unit() as unit:
        application = await unit.applications.numbered(order.number)
        opened = await clawback.find(
            seat.office,
            seat.officer,
            application.id,
            ground=order.ground,
            finding=order.finding,
            answer_by=order.answer_by,
            unit=unit,
        )
        return await _told(seat, unit, opened.id)


async def answer(seat: Seated, claw_back_id: Id, order: SaidOrder) -> DossierAnswer:
    """The holder's words, by an officer of the union that found it."""
    async with seat.unit() as unit:
        await dossier.opened(seat.office, unit, seat.officer, claw_back_id)
        await clawback.answer(seat.office, unit, seat.officer, claw_back_id, order.text)
        return await _told(seat, unit, claw_back_id)


async def decide(
    seat: Seated, claw_back_id: Id, order: Annotated[DecidedOrder, Body()]
) -> DossierAnswer:
    """Upheld: the open shares are void, what was paid comes back. Dropped: the award stands."""
    async with seat.unit() as unit:
        await dossier.opened(seat.office, unit, seat.officer, claw_back_id)
        decision: Upheld | Dropped
        if isinstance(order, DropOrder):
            decision = Dropped(order.reason)
        else:
            decision = Upheld(order.reason, order.amount_fen, order.parts, order.first)
        await clawback.decide(seat.office, seat.officer, claw_back_id, decision, unit)
        return await _told(seat, unit, claw_back_id)


async def repay(
    seat: Seated, claw_back_id: Id, order: RepaymentOrder, key: Key = None
) -> RepaymentAnswer:
    """An Idempotency-Key is needed: two payments would be two receipts."""
    async with seat.office.reading() as unit:
        await dossier.opened(seat.office, unit, seat.officer, claw_back_id)
    if key is None:
        raise Unreadable("idempotency_key")

    async def do(unit: Unit) -> int:
        about = (seat.office, seat.officer, claw_back_id, order.amount_fen, order.came_on)
        return (await repaying.repaid(*about, unit)).id

    body = f"{claw_back_id}|{order.model_dump_json()}"
    made = await once(seat, key, "repayment", body, do)
    async with seat.office.reading() as unit:
        return RepaymentAnswer.model_validate(await unit.claw_backs.repayment(made))


async def strike(seat: Seated, claw_back_id: Id, order: StrikeOrder) -> DossierAnswer:
    async with seat.unit() as unit:
        await dossier.opened(seat.office, unit, seat.officer, claw_back_id)
        stain = await unit.stains.of_claw_back(claw_back_id)
        if stain is None:
            raise NotFound(claw_back=claw_back_id)
        await integrity.strike(seat.office, seat.officer, stain.id, order.why, unit)
        return await _told(seat, unit, claw_back_id)


async def _told(seat: Seat, unit: Unit, claw_back_id: int) -> DossierAnswer:
    return DossierAnswer.of(await dossier.opened(seat.office, unit, seat.officer, claw_back_id))
