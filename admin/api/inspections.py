"""What officers found on the spot, and the papers of a step, for machines."""

from datetime import date
from typing import Annotated

from pydantic import Field

from admin.api.answers import Answer
from admin.api.applications import ApplicationNumber, seen
from admin.api.attached import Papers, kept
from admin.api.orders import Day, Number, Order, Text
from admin.once import Key, once
from admin.seats import Id, Seated
from core.errors import Unreadable
from core.inspection import LONGEST_FINDINGS
from handlers import inspection
from handlers.decisions import AttachedLine, CardView, InspectedLine
from storage.unit import Unit

Login = Annotated[Text, Field(min_length=1, max_length=40)]
MOST_WENT = 20


class InspectionOrder(Order):
    """A visit, inquiry or inspection (入户调查, 考察, 调查), by one who went.

    `went_on` is the day, today or before; `went` the logins of those who went along (the card's
    `inspectors` says how many the file wants in all), each of whom confirms it; `findings` what
    was seen. `papers` are its photographs and documents, which lie with the step. Written down
    again, it has to be confirmed again.
    """

    version: Number
    went_on: Day
    findings: Annotated[Text, Field(min_length=1, max_length=LONGEST_FINDINGS)]
    went: Annotated[list[Login], Field(max_length=MOST_WENT, default_factory=list)]
    papers: Papers = Field(default_factory=list)


class AttachOrder(Order):
    """Papers put to the step at hand; the card's `attach` says what the file wants there."""

    version: Number
    papers: Annotated[Papers, Field(min_length=1)]


class InspectedAnswer(Answer):
    """What was found; `unconfirmed` are those who went and have not confirmed it yet."""

    id: int
    stage: str
    went_on: date
    findings: str
    went: list[str]
    unconfirmed: list[str]

    @classmethod
    def of(cls, line: InspectedLine) -> "InspectedAnswer":
        report = line.report
        return cls(
            id=line.id,
            stage=line.stage,
            went_on=report.went_on,
            findings=report.findings,
            went=list(report.went.values()),
            unconfirmed=report.unconfirmed,
        )


class AttachedAnswer(Answer):
    """A paper of a step; its content is opened in the console."""

    id: int
    stage: str
    media_type: str

    @classmethod
    def of(cls, line: AttachedLine) -> "AttachedAnswer":
        return cls.model_validate(line)


class SpotAnswer(Answer):
    """What officers have put to the steps of an application, and what this one still wants.

    `inspectors` is how many have to go and see, 0 where nobody has to; `attach` the paper that has
    to lie with the step, empty where none has to.
    """

    number: str
    version: int
    inspectors: int
    attach: str
    inspections: list[InspectedAnswer]
    attachments: list[AttachedAnswer]

    @classmethod
    def of(cls, view: CardView) -> "SpotAnswer":
        return cls(
            number=view.number,
            version=view.version,
            inspectors=view.inspectors,
            attach=view.attach,
            inspections=[InspectedAnswer.of(each) for each in view.inspected],
            attachments=[AttachedAnswer.of(each) for each in view.attached],
        )


async def spot(seat: Seated, number: ApplicationNumber) -> SpotAnswer:
    """What one may not see is not there."""
    async with seat.office.reading() as unit:
        return SpotAnswer.of(await seen(seat, unit, number))


async def report(
    seat: Seated, number: ApplicationNumber, order: InspectionOrder, key: Key = None
) -> SpotAnswer:
    """Decides on the version that was seen. An Idempotency-Key writes it down once."""
    await spot(seat, number)
    papers = await kept(seat.office, order.papers)

    async def do(unit: Unit) -> int:
        view = await seen(seat, unit, number)
        others = await _named(unit, order.went)
        about = (seat.office, seat.officer, view.id, order.version)
        told = (order.went_on, order.findings, others)
        row = await inspection.report(*about, *told, unit)
        if papers:
            await inspection.attach(*about, papers, unit)
        return row.id

    await once(seat, key, f"inspection:{number}", order.model_dump_json(), do)
    return await spot(seat, number)


async def attach(
    seat: Seated, number: ApplicationNumber, order: AttachOrder, key: Key = None
) -> SpotAnswer:
    """An Idempotency-Key puts them there once."""
    await spot(seat, number)
    papers = await kept(seat.office, order.papers)

    async def do(unit: Unit) -> int:
        view = await seen(seat, unit, number)
        about = (seat.office, seat.officer, view.id, order.version)
        return (await inspection.attach(*about, papers, unit))[-1].id

    await once(seat, key, f"attachments:{number}", order.model_dump_json(), do)
    return await spot(seat, number)


async def confirm(seat: Seated, number: ApplicationNumber, inspection_id: Id) -> SpotAnswer:
    """By one who is named in it; a second time it is already decided."""
    async with seat.unit() as unit:
        view = await seen(seat, unit, number)
        if inspection_id not in {each.id for each in view.inspected}:
            raise Unreadable("choice")
        await inspection.confirm(seat.office, seat.officer, inspection_id, unit)
        return SpotAnswer.of(await seen(seat, unit, number))


async def _named(unit: Unit, logins: list[str]) -> list[int]:
    """Raises Unreadable("choice") for a login nobody has."""
    there = [await unit.officers.by_login(each) for each in logins]
    if None in there:
        raise Unreadable("choice")
    return [each.id for each in there if each]
