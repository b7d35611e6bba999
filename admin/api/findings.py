"""What a machine sends and is told about findings after the award."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from admin.api.answers import Answer
from admin.api.orders import Day, Fen, Order, Text
from core.owing import MOST_PARTS
from handlers.dossier import Dossier
from handlers.tribunal import LONGEST

Words = Annotated[Text, Field(min_length=1, max_length=LONGEST)]


class FoundOrder(Order):
    """`ground` is its position among those of the scheme file, from 0."""

    number: Annotated[Text, Field(min_length=1, max_length=24)]
    ground: Annotated[int, Field(ge=0, le=99)]
    finding: Words
    answer_by: Day


class SaidOrder(Order):
    """What the holder has said to an officer, or brought on paper; written down once."""

    text: Words


class UpholdOrder(Order):
    """Without `amount_fen`, all that was paid; without `first`, tomorrow."""

    decision: Literal["uphold"]
    reason: Words
    amount_fen: Fen | None = None
    parts: Annotated[int, Field(ge=1, le=MOST_PARTS)] = 1
    first: Day | None = None


class DropOrder(Order):
    """Nothing in it."""

    decision: Literal["drop"]
    reason: Words


DecidedOrder = Annotated[UpholdOrder | DropOrder, Field(discriminator="decision")]


class RepaymentOrder(Order):
    """So much has come, on this day."""

    amount_fen: Fen
    came_on: Day


class StrikeOrder(Order):
    """Why the entry in the record of integrity is wrong."""

    why: Words


class PartAnswer(Answer):
    """One part of the plan, and what of it has come."""

    due: date
    fen: int
    back_fen: int


class RepaymentAnswer(Answer):
    """Money that came back; `number` stands on the receipt."""

    number: str
    amount_fen: int
    came_on: date


class StainAnswer(Answer):
    """An entry in the record of integrity; `blocks` is empty where it only warns."""

    say: str
    cite: str
    blocks: list[str]
    until: date | None
    struck_at: datetime | None


class DossierAnswer(Answer):
    """One finding."""

    id: int
    number: str
    state: str
    say: str
    cite: str
    finding: str
    answer_by: date | None
    answered_at: datetime | None
    paid_fen: int
    amount_fen: int
    left_fen: int
    parts: list[PartAnswer]
    repayments: list[RepaymentAnswer]
    record: StainAnswer | None
    may: list[str]

    @classmethod
    def of(cls, view: Dossier) -> "DossierAnswer":
        found = view.found
        return cls(
            id=found.id,
            number=view.application.number,
            state=found.state,
            say=found.say,
            cite=found.cite,
            finding=found.finding,
            answer_by=found.answer_by,
            answered_at=found.answered_at,
            paid_fen=found.paid_fen,
            amount_fen=found.amount_fen,
            left_fen=view.debt.left,
            parts=[PartAnswer(due=p.due, fen=p.fen, back_fen=back) for p, back in view.parts],
            repayments=[RepaymentAnswer.model_validate(each) for each in view.came],
            record=StainAnswer.model_validate(view.stain) if view.stain else None,
            may=sorted(view.may),
        )
