"""Objections to those in a notice, for machines: written down, listed, decided."""

from typing import Annotated, Literal

from pydantic import Field

from admin import listing
from admin.api.answers import ObjectionAnswer
from admin.api.attached import Papers, kept
from admin.api.orders import Day, FindingOrder, Order, Text
from admin.once import Key, once
from admin.seats import Id, Seat, Seated
from handlers import objection
from storage.objections import Objector
from storage.unit import Unit


class HeardOrder(Order):
    """What somebody has said by telephone, by mail or at the counter, and on which day.

    `name`, `identity` and `contact` have to be there where the notice wants a real name, `papers`
    where it wants it in writing with proofs. All are sealed, and never told again.
    """

    number: Annotated[Text, Field(min_length=1, max_length=24)]
    channel: Literal["telephone", "mail", "visit"]
    said_on: Day
    text: Annotated[Text, Field(min_length=1, max_length=objection.LONGEST_TEXT)]
    name: Annotated[Text, Field(max_length=60)] = ""
    identity: Annotated[Text, Field(max_length=40)] = ""
    contact: Annotated[Text, Field(max_length=objection.LONGEST_CONTACT)] = ""
    papers: Papers = Field(default_factory=list)


async def record(
    seat: Seated, notice_id: Id, order: HeardOrder, key: Key = None
) -> ObjectionAnswer:
    """The day it was said counts. The same person's second one is the first one."""
    papers = await kept(seat.office, order.papers)

    async def do(unit: Unit) -> int:
        said = Objector(order.name, order.identity, order.contact, order.text, papers)
        heard = objection.Heard(order.channel, order.said_on)
        about = (seat.office, seat.officer, notice_id, order.number, said, heard)
        return (await objection.record(*about, unit)).id

    made = await once(seat, key, f"notice:{notice_id}", order.model_dump_json(), do)
    return await _told(seat, made)


async def objections(seat: Seated) -> list[ObjectionAnswer]:
    """Those one's union looks into, open ones first; what was found is for who looks into it."""
    async with seat.office.reading() as unit:
        rows = await listing.objections(seat, unit)
    return [ObjectionAnswer.of(each.row, each.number, each.finding) for each in rows]


async def find(
    seat: Seated, objection_id: Id, order: FindingOrder, key: Key = None
) -> ObjectionAnswer:
    """Upheld: the application is disqualified. Dismissed: it goes on."""

    async def do(unit: Unit) -> int:
        row = await objection.decide(
            seat.office,
            seat.officer,
            objection_id,
            upheld=order.upheld,
            finding=order.finding,
            reason=order.reason,
            ground=order.ground,
            unit=unit,
        )
        return row.id

    found = await once(seat, key, f"objection:{objection_id}", order.model_dump_json(), do)
    return await _told(seat, found)


async def _told(seat: Seat, objection_id: int) -> ObjectionAnswer:
    async with seat.office.reading() as unit:
        row = await unit.objections.by_id(objection_id)
        application = await unit.applications.by_id(row.application_id)
    return ObjectionAnswer.of(row, application.number, row.finding)
