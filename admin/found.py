"""What an officer has found out, as the fields of a form: one for each open fact, and the sum."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from admin.sent import Sent
from core import reading
from core.errors import Unreadable
from core.questions import Kind, Question
from core.rules import Value
from handlers.decisions import OpenFact

YES_NO = {"yes": True, "no": False}


def read_found(sent: Sent, asked: Iterable[OpenFact]) -> dict[str, Value]:
    """The fields that were filled in; `answer:<fact>`. Raises Unreadable."""
    return {
        each.fact: _value(
            each.question, sent.text(f"answer:{each.fact}", max(200, each.question.most))
        )
        for each in asked
        if sent.raw(f"answer:{each.fact}").strip()
    }


def read_sum(sent: Sent) -> int | None:
    """In fen, None where the field was left empty. Raises Unreadable("money")."""
    return reading.read_money(sent.raw("sum")) if sent.raw("sum").strip() else None


def _value(question: Question, said: str) -> Value:
    match question.answer:
        case Kind.YES_NO:
            if said not in YES_NO:
                raise Unreadable("yes_no")
            return YES_NO[said]
        case Kind.CHOICE:
            if said not in question.choices:
                raise Unreadable("choice")
            return said
        case Kind.DATE:
            return _day(said)
        case Kind.NUMBER:
            return _number(said)
        case Kind.MONEY:
            return reading.read_money(said)
        case Kind.TEXT:
            return said[: question.most]


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise Unreadable("date") from None


def _number(said: str) -> int | Decimal:
    return reading.read_number(said)
