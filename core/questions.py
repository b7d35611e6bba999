"""What to ask the worker, and what to ask next."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from core.days import Calendar
from core.rules import Rules, Sentence, Strict, Value
from core.verdict import Facts, judge, open_facts
from core.words import Listed


class Kind(StrEnum):
    """How an answer is read."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    DATE = "date"
    NUMBER = "number"
    MONEY = "money"  # fen
    TEXT = "text"


class Origin(StrEnum):
    """Who can tell us a fact."""

    WORKER = "worker"  # whoever applies, also for a team or a unit
    ROSTER = "roster"  # the member roster
    ARCHIVE = "archive"  # our own awards
    OFFICER = "officer"  # a finding of those who review, or a standard set each year


class Question(Strict):
    """One question for one fact. The same fact has the same question in every scheme.

    `why` is what the worker reads under 为什么问. `after` names the facts this answer leans on:
    when one of them changes, this one is asked again. `record` facts are answered by our own
    archive once we know who asks. `from` says who can tell us, best first; a fact that only
    officers can tell is never asked in a chat. `unit` is what a number counts (年, 平方米, %).
    """

    ask: Sentence
    name: str
    why: Sentence
    choices: tuple[str, ...] = ()
    answer: Kind = Kind.YES_NO
    example: str = ""
    most: int = Field(60, ge=1, le=2000)  # characters of a text
    after: tuple[str, ...] = ()
    record: bool = False
    sensitive: bool = False
    unit: str = ""
    yearly: bool = False  # a line the province sets each year, the same for everybody
    registered: Literal["title", "held"] | None = Field(None, alias="register")
    from_: Annotated[tuple[Origin, ...], Listed] = Field((Origin.WORKER,), alias="from")

    @model_validator(mode="after")
    def _choices_fit(self) -> Self:
        if bool(self.choices) != (self.answer is Kind.CHOICE):
            raise ValueError("choices belong to `answer: choice`, and a choice needs them")
        if self.unit and self.answer is not Kind.NUMBER:
            raise ValueError("a unit belongs to `answer: number`")
        wanted = {"title": Kind.CHOICE, "held": Kind.YES_NO}
        if self.registered and self.answer is not wanted[self.registered]:
            raise ValueError("register: title goes with choices, register: held with yes or no")
        return self

    @property
    def asked_of_worker(self) -> bool:
        """Whether a chat may ask it."""
        return Origin.WORKER in self.from_

    @property
    def values(self) -> tuple[Value, ...]:
        """What a button stands for, in order of the buttons; empty where one types."""
        return (True, False) if self.answer is Kind.YES_NO else self.choices


def next_question(
    trees: Iterable[Rules],
    facts: Facts,
    today: date,
    calendar: Calendar,
    skip: Iterable[str] = (),
) -> str | None:
    """The fact most undecided trees still need; ties keep the officers' order."""
    skipped = set(skip)
    needed = Counter[str]()
    for rules in trees:
        wanted = dict.fromkeys(open_facts(judge(rules, facts, today, calendar)))
        needed.update([fact for fact in wanted if fact not in skipped])
    return max(needed, key=needed.__getitem__, default=None)


def not_for_a_chat(questions: Mapping[str, Question]) -> set[str]:
    """The facts no chat may ask: findings of officers, standards, the archive's own."""
    return {fact for fact, question in questions.items() if not question.asked_of_worker}


def dependants(fact: str, questions: dict[str, Question]) -> set[str]:
    """Every fact whose answer leans on this one, at any distance."""
    found: set[str] = set()
    waiting = [fact]
    while waiting:
        changed = waiting.pop()
        for name, question in questions.items():
            if changed in question.after and name not in found:
                found.add(name)
                waiting.append(name)
    return found
