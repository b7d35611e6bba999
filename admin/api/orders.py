"""What a machine may send: strict, bounded, and nothing that is not asked for."""

from datetime import date, time
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from admin.sent import EARLIEST, LARGEST_NUMBER, LATEST
from core.assignment import LONGEST_CONTACT, LONGEST_NAME
from core.meeting import LONGEST_GROUND, LONGEST_MINUTES, LONGEST_OTHERS
from core.reading import line
from handlers import notice, objection, payment, reserves, returning
from handlers.subject import LONGEST_UNIT


def _day(value: Any) -> date:
    """2026-03-10 and no other way of writing a day."""
    if not isinstance(value, str) or len(value) != 10:
        raise ValueError("a day such as 2026-03-10 is needed")
    day = date.fromisoformat(value)
    if not EARLIEST <= day <= LATEST:
        raise ValueError("this day is too far away")
    return day


def _hour(value: Any) -> time:
    """17:00 and no other way of writing an hour."""
    if not isinstance(value, str) or len(value) != 5:
        raise ValueError("an hour such as 17:00 is needed")
    return time.fromisoformat(value)


def _prose(value: Any) -> Any:
    return line(value) if isinstance(value, str) else value


Day = Annotated[date, BeforeValidator(_day, json_schema_input_type=str), Field(strict=False)]
Hour = Annotated[time, BeforeValidator(_hour, json_schema_input_type=str), Field(strict=False)]
Number = Annotated[int, Field(ge=1, le=LARGEST_NUMBER)]
Text = Annotated[str, BeforeValidator(_prose)]
Note = Annotated[Text, Field(max_length=returning.LONGEST_NOTE)]
MOST_LINES = 5000


class Order(BaseModel):
    """Unknown fields are refused, and no value is made into another kind of value."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


Found = Annotated[dict[str, Any], Field(max_length=60)]
Fen = Annotated[int, Field(ge=1, le=LARGEST_NUMBER)]


class PassOrder(Order):
    """`undertaking` has to be true where the stage asks for one.

    `facts` are what the officer has found, by the names in `open`; `amount_fen` the sum, where
    `room` says that one is to be set.
    """

    decision: Literal["pass"]
    version: Number
    undertaking: bool = False
    facts: Found = {}
    note: Note = ""
    amount_fen: Fen | None = None


class AssignOrder(Order):
    """Who carries it: a colleague by `login`, anybody else by `name`; `why` another one now."""

    version: Number
    login: Annotated[Text, Field(max_length=40)] = ""
    name: Annotated[Text, Field(max_length=LONGEST_NAME)] = ""
    contact: Annotated[Text, Field(min_length=1, max_length=LONGEST_CONTACT)]
    why: Note = ""


class IdentifyOrder(Order):
    """Whom the award is about; `name` and `unit` stay as the family told them where left out."""

    version: Number
    identity: Annotated[Text, Field(min_length=1, max_length=40)]
    name: Annotated[Text, Field(max_length=60)] = ""
    unit: Annotated[Text, Field(max_length=LONGEST_UNIT)] = ""


class EnterOrder(Order):
    """It was done: how it ended, and what was found."""

    decision: Literal["enter"]
    version: Number
    note: Note
    facts: Found = {}
    amount_fen: Fen | None = None


class DefectOrder(Order):
    """A paper, by its position in the checklist, or an answer, by its fact."""

    slot: Annotated[int, Field(ge=0, le=99)] | None = None
    fact: Annotated[Text, Field(max_length=80)] = ""
    note: Note = ""


class ReturnOrder(Order):
    """Everything that is wrong, at once, with the last day for correcting it.

    `why` has to say why something was not told with the first request.
    """

    decision: Literal["return"]
    version: Number
    items: Annotated[list[DefectOrder], Field(min_length=1, max_length=50)]
    due: Day
    why: Note = ""


class TerminateOrder(Order):
    """Under way and ended: which of the file's grounds (from 0), and why."""

    decision: Literal["terminate"]
    version: Number
    ground: Annotated[int, Field(ge=0, le=99)]
    note: Note


class RejectOrder(Order):
    """By the facts of the conditions that fail, or by a note; one of them has to be there."""

    decision: Literal["reject"]
    version: Number
    facts: Annotated[list[Annotated[Text, Field(max_length=80)]], Field(max_length=50)]
    note: Note = ""

    @model_validator(mode="after")
    def _says_why(self) -> Self:
        if not (self.facts or self.note):
            raise ValueError("facts or a note are needed")
        return self


class ReserveOrder(Order):
    """On the reserve list, with the rank the jury gave."""

    decision: Literal["reserve"]
    version: Number
    rank: Annotated[int, Field(ge=1, le=reserves.MOST)]
    note: Note = ""


DecisionOrder = Annotated[
    PassOrder | EnterOrder | ReturnOrder | TerminateOrder | RejectOrder | ReserveOrder,
    Field(discriminator="decision"),
]


class RoundOrder(Order):
    """A new round; `stage_days` is what the province asks of each level."""

    scheme: Annotated[Text, Field(min_length=1, max_length=80)]
    places: Number | None = None
    opens: Day
    closes: Day
    closes_at: Hour | None = None  # the hour of the last day in Shanghai
    stage_days: Annotated[int, Field(ge=1, le=365)] | None = None


class NoticeOrder(Order):
    """Everything of the round that stands unposted in this stage (from 0) of one's union."""

    round: Number
    stage: Annotated[int, Field(ge=0, le=99)]
    days: Annotated[int, Field(ge=1, le=notice.MOST_DAYS)] | None = None  # where they are open
    union: Number | None = None  # for one who acts for several


class FindingOrder(Order):
    """What the investigation found: `finding` stays on file, both sides are told the `reason`.

    `ground` is the cheating that came out, from 0, as the file lists what goes into the record of
    integrity; left out where it was none.
    """

    upheld: bool
    ground: Annotated[int, Field(ge=0, le=99)] | None = None
    finding: Annotated[Text, Field(min_length=1, max_length=objection.LONGEST_FINDING)]
    reason: Annotated[Text, Field(min_length=1, max_length=objection.LONGEST_FINDING)]


class PointOrder(Order):
    """One application of the list, in the version that lay before the meeting."""

    number: Annotated[Text, Field(min_length=1, max_length=24)]
    version: Number
    ruling: Literal["approve", "refuse", "postpone"] = "approve"
    ground: Annotated[Text, Field(max_length=LONGEST_GROUND)] = ""


class MeetingOrder(Order):
    """Decides on what is named; `present` are logins of officers, `others` further names."""

    round: Number
    minutes: Annotated[Text, Field(min_length=1, max_length=LONGEST_MINUTES)]
    held_on: Day
    present: Annotated[list[Text], Field(max_length=100)] = []
    others: Annotated[Text, Field(max_length=LONGEST_OTHERS)] = ""
    applications: Annotated[list[PointOrder], Field(min_length=1, max_length=MOST_LINES)]


class ListOrder(Order):
    """A list of everything in the round that is ready to be paid."""

    round: Number


class ResultOrder(Order):
    """What came of one line of a list."""

    line: Number
    result: Literal["paid", "failed"]
    trouble: Literal["account_number", "account_name", "account_closed", "bank_name", "other"] = (
        "other"
    )
    note: Annotated[Text, Field(max_length=payment.LONGEST_NOTE)] = ""


class ResultsOrder(Order):
    """Lines that are not named stay open."""

    results: Annotated[list[ResultOrder], Field(min_length=1, max_length=MOST_LINES)]
