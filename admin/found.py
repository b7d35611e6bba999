"""What an officer has found out, as the fields of a form: one for each open fact, and the sum."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from admin.sent import Sent, within
from core import reading
from core.errors import Unreadable
from core.questions import Kind, Question
from core.rules import Value
from handlers.decisions import OpenFact

YES_NO = {"yes": True, "no": False}


def read_found(sent: Sent, asked: Iterable[OpenFact]) -> dict[str, Value]:
    """The fields that were filled in; `answer:<fact>`. Raises Unreadable."""
    there = (each for each in asked if sent.raw(f"answer:{each.fact}").strip())
    return {each.fact: _answer(sent, each) for each in there}


def read_sum(sent: Sent) -> int | None:
    """In fen, None where the field was left empty. Raises Unreadable("money")."""
    return sent.perhaps_money("sum")


def _answer(sent: Sent, asked: OpenFact) -> Value:
    with within(name := f"answer:{asked.fact}"):
        return _value(asked.question, sent.text(name, max(200, asked.question.most)))


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
