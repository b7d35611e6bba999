"""Duties after an award, for machines: those of a union, those of an award, and a look at one."""

from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import Body
from pydantic import Field

from admin.api.answers import Answer
from admin.api.applications import ApplicationNumber
from admin.api.orders import Day, Number, Order, Text
from admin.seats import Id, Seated
from core.duties import LONGEST
from handlers import docket, fulfilling, owed_duties
from handlers.fulfilling import Again, Fulfilled, LetGo, Look
from handlers.owed_duties import Line, Listed
from storage.tables import Duty

Words = Annotated[Text, Field(min_length=1, max_length=LONGEST)]


class FulfilledOrder(Order):
    """It is done, as reported or as the office knows otherwise."""

    look: Literal["fulfilled"]
    version: Number
    note: Annotated[Text, Field(max_length=LONGEST)] = ""


class AgainOrder(Order):
    """Something is missing: what, and by which day."""

    look: Literal["again"]
    version: Number
    note: Words
    due: Day


class LetGoOrder(Order):
    """Not asked of this award any more, and why."""

    look: Literal["let_go"]
    version: Number
    note: Words


LookOrder = Annotated[FulfilledOrder | AgainOrder | LetGoOrder, Field(discriminator="look")]


class StandingAnswer(Answer):
    """One day by which a duty is due; `answer_by` is later where the office has asked again."""

    id: int
    version: int
    state: str
    due: date
    answer_by: date
    note: str

    @classmethod
    def of(cls, row: Duty) -> "StandingAnswer":
        return cls.model_validate(row)


class ListedAnswer(StandingAnswer):
    """The same with the award it belongs to."""

    number: str
    scheme_id: str
    name: str
    say: str

    @classmethod
    def among(cls, each: Listed) -> "ListedAnswer":
        of = each.application
        about = {"number": of.number, "scheme_id": of.scheme_id, "name": each.name, "say": each.say}
        return cls(**vars(StandingAnswer.of(each.row)), **about)


class ReportAnswer(Answer):
    """What the holder has said; the photographs lie with the papers of the application."""

    text: str
    at: datetime


class DutyAnswer(StandingAnswer):
    """`may`: whether this officer can look at it now."""

    say: str
    cite: str
    may: bool
    reports: list[ReportAnswer]

    @classmethod
    def with_reports(cls, line: Line) -> "DutyAnswer":
        reports = [ReportAnswer.model_validate(each) for each in line.reports]
        about = {"say": line.say, "cite": line.cite, "may": line.may, "reports": reports}
        return cls(**vars(StandingAnswer.of(line.row)), **about)


async def duties(seat: Seated) -> list[ListedAnswer]:
    """Reported first, then overdue, then by their days."""
    async with seat.office.reading() as unit:
        rows = await owed_duties.listed(seat.office, unit, seat.officer)
        return [ListedAnswer.among(each) for each in rows]


async def of_award(seat: Seated, number: ApplicationNumber) -> list[DutyAnswer]:
    """What one may not see is not there."""
    async with seat.office.reading() as unit:
        row = await unit.applications.numbered(number)
        await docket.card(seat.office, unit, seat.officer, row.id)
        lines = await owed_duties.lines(seat.office, unit, seat.officer, row.id)
        return [DutyAnswer.with_reports(line) for line in lines]


async def look(seat: Seated, duty_id: Id, order: Annotated[LookOrder, Body()]) -> StandingAnswer:
    """Decides on the version that was seen; a repeated order finds that version gone."""
    async with seat.unit() as unit:
        there = (await unit.duties.by_id(duty_id)).application_id
        await docket.card(seat.office, unit, seat.officer, there)  # or it is not there
        about = (seat.office, seat.officer, duty_id, order.version, _look(order))
        return StandingAnswer.of(await fulfilling.look(*about, unit))


def _look(order: LookOrder) -> Look:
    match order:
        case AgainOrder():
            return Again(order.note, order.due)
        case LetGoOrder():
            return LetGo(order.note)
        case _:
            return Fulfilled(order.note)
