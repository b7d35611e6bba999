"""Titles (称号) and their register: what a scheme confers, what it ends, who is listed by them."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from enum import StrEnum, auto
from typing import Annotated, Literal, TypeVar

from pydantic import Field

from core.comparison import Comparison
from core.days import Calendar
from core.questions import Question
from core.rules import Value
from core.truth import YES
from core.verdict import Facts, holds
from core.words import Article, Listed, Strict

TitleName = Annotated[str, Field(min_length=2, max_length=80)]
NONE_OF_THEM = "都不是"  # the choice that names no title


class TitleState(StrEnum):
    """How an entry of the register stands."""

    HELD = auto()
    REVOKED = auto()  # 撤销
    DECEASED = auto()  # 去世


class Conferred(Strict):
    """A title that whoever comes to the end of this scheme holds; `when` for some of them only."""

    title: TitleName
    when: Annotated[tuple[Comparison, ...], Listed] = ()
    cite: Article


class Ended(Strict):
    """A title that ends where this scheme comes to its end.

    `given_with`: only where it was given together with that other title, on the same day.
    """

    title: TitleName
    given_with: str = ""
    when: Annotated[tuple[Comparison, ...], Listed] = ()
    cite: Article


class Drawn(Strict):
    """A list drawn from the register (不用本人申请): one a year, or one on each occasion."""

    per: Literal["year", "occasion"]
    cite: Article


Clause = TypeVar("Clause", Conferred, Ended)


def fitting(
    clauses: Iterable[Clause], facts: Facts, today: date, calendar: Calendar
) -> tuple[Clause, ...]:
    """The clauses that surely fit these facts."""
    return tuple(
        clause
        for clause in clauses
        if all(holds(test, facts, today, calendar) is YES for test in clause.when)
    )


def titles_of(asked: Mapping[str, Question]) -> tuple[str, ...]:
    """The titles these questions know, in the order of the file."""
    known = [q.choices for q in asked.values() if q.registered == "title"]
    return tuple(dict.fromkeys(t for choices in known for t in choices if t != NONE_OF_THEM))


def told_by_register(
    asked: Mapping[str, Question], title: str, held: Collection[str]
) -> dict[str, Value]:
    """What the register says of a person who is entered with `title`; `held` are those in force.

    A title that has ended answers "which title" all the same, and "still held" with no.
    """
    found: dict[str, Value] = {}
    for fact, question in asked.items():
        if question.registered == "title" and title in question.choices:
            found[fact] = title
        elif question.registered == "held":
            found[fact] = title in held
    return found
