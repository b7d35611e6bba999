"""What became of a batch: a meeting, a payment list."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from admin.api.answers import Answer, Fault
from core.results import Trouble
from storage.payments import Line
from storage.tables import Meeting, PaymentList


class BarredAnswer(Answer):
    """What the meeting could not decide on, and why."""

    number: str
    error: Fault


class MeetingAnswer(Answer):
    """What became of the batch."""

    id: int
    minutes: str
    held_on: date
    approved: list[str]
    refused: list[str]
    postponed: list[str]
    barred: list[BarredAnswer]

    @classmethod
    def of(cls, held: Meeting, **became: Any) -> "MeetingAnswer":
        return cls(id=held.id, minutes=held.minutes, held_on=held.held_on, **became)


class ListLineAnswer(Answer):
    """A line of a payment list; the account is masked."""

    line: int
    number: str
    amount_fen: int
    account: str
    bank: str
    state: str
    trouble: Trouble | None

    @classmethod
    def of(cls, line: Line) -> "ListLineAnswer":
        trouble = line.payment.why.partition(":")[0]
        return cls(
            line=line.payment.id,
            number=line.application.number,
            amount_fen=line.payment.amount_fen,
            account=f"****{line.account.last_four}",
            bank=line.account.bank,
            state=line.payment.state,
            trouble=Trouble(trouble) if trouble else None,
        )


class TakenAnswer(Answer):
    """How many lines of the bank's sheet were new, and how many are still open."""

    paid: int
    failed: int
    open: int


class ListAnswer(Answer):
    """A payment list."""

    id: int
    round_id: int
    made_at: datetime
    lines: list[ListLineAnswer]

    @classmethod
    def of(cls, made: PaymentList, lines: Sequence[Line]) -> "ListAnswer":
        rows = [ListLineAnswer.of(line) for line in lines]
        return cls(id=made.id, round_id=made.round_id, made_at=made.made_at, lines=rows)
