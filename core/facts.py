"""How a fact is written down: its value, where it comes from, and since when we know it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from core.errors import Unreadable
from core.questions import Kind, Question
from core.rules import Value


def noted(value: Value, origin: str, on: date) -> dict[str, Any]:
    """A fact as the archive keeps it. `origin` is worker, roster, archive or officer."""
    match value:
        case date():
            kept: Any = value.isoformat()
        case Decimal():
            kept = str(value)
        case _:
            kept = value
    return {"value": kept, "origin": origin, "on": on.isoformat()}


def plain(
    facts: Mapping[str, Mapping[str, Any]], questions: Mapping[str, Question]
) -> dict[str, Value]:
    """The bare values of the facts these questions ask for; what no longer fits is left out."""
    found: dict[str, Value] = {}
    for fact, question in questions.items():
        if fact in facts:
            value = read_back(question, facts[fact]["value"])
            if value is not None:
                found[fact] = value
    return found


def read_back(question: Question, kept: Any) -> Value | None:
    """A kept value as the question's type, None where it does not fit (the file has changed)."""
    match question.answer, kept:
        case Kind.YES_NO, bool():
            return kept
        case Kind.CHOICE, str():
            return kept if kept in question.choices else None
        case Kind.DATE, str():
            try:
                return date.fromisoformat(kept)
            except ValueError:
                return None
        case ((Kind.NUMBER | Kind.MONEY), int()) if not isinstance(kept, bool):
            return kept
        case Kind.NUMBER, str():
            try:
                number = Decimal(kept)
            except InvalidOperation:
                return None
            return number if number.is_finite() else None
        case Kind.TEXT, str():
            return kept
        case _:
            return None


def given(raw: Mapping[str, Any], questions: Mapping[str, Question]) -> dict[str, Value]:
    """Facts from outside as values; null is an answer not given yet.

    Raises Unreadable(fact) for a fact nobody asks for, Unreadable(fact_value) for a value that
    does not answer its question.
    """
    facts: dict[str, Value] = {}
    for fact, value in raw.items():
        if fact not in questions:
            raise Unreadable("fact", fact=fact, known="、".join(questions))
        if value is None:
            continue
        read = read_back(questions[fact], value)
        if read is None:
            raise Unreadable("fact_value", fact=fact, ask=questions[fact].ask)
        facts[fact] = read
    return facts
