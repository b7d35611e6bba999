"""The officers' examples of a scheme file, and which conditions they leave unproved.

A page says what usually holds, and each example what differs from it and what verdict is right.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from core.comparison import Within
from core.contradictions import comparisons
from core.days import Calendar
from core.decision import decide
from core.facts import given
from core.numerals import fen
from core.questions import Kind, Question
from core.rules import Condition
from core.scheme import Scheme
from core.truth import NO, YES, Truth
from core.verdict import Facts, holds

STEP = {Kind.MONEY: 100, Kind.NUMBER: 1, Kind.DATE: 1}  # 1 yuan, 1, one day


@dataclass(frozen=True)
class Example:
    """One row of a page, over its usual facts, in the form a client would send them."""

    scheme: Scheme
    today: date
    calendar: Calendar
    row: dict[str, Any]
    facts: dict[str, Any]
    awards: list[dict[str, Any]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(self.row["example"])

    @property
    def known(self) -> Facts:
        return given(self.facts, self.scheme.asked)


@dataclass(frozen=True)
class Examples:
    """All examples of one scheme; `asked` are questions in other words, with the right article."""

    scheme: Scheme
    today: date
    calendar: Calendar
    examples: tuple[Example, ...]
    asked: tuple[dict[str, str], ...]


def read_examples(scheme: Scheme, raw: Mapping[str, Any], calendar: Calendar) -> Examples:
    """The page of one scheme, as YAML has read it."""
    found = tuple(_examples(scheme, raw, calendar))
    return Examples(scheme, raw["today"], calendar, found, tuple(raw.get("asks", ())))


def unproved(page: Examples) -> dict[str, str]:
    """Each condition (`say`) that no example meets or fails, or only on one side of its bound."""
    found = {say: _lacking(truths) for say, truths in _met(page).items()}
    for test in bounded(page.scheme):
        ends = sides(page, test)
        if not ends or any(both != {True, False} for both in ends.values()):
            found[test.say] = "one side of the bound"
    return {say: lacking for say, lacking in found.items() if lacking}


def bounded(scheme: Scheme) -> Iterator[Condition]:
    """The conditions with a number or a date in them."""
    for _, test in comparisons(scheme):
        if isinstance(test, Condition) and test.is_ is None and test.in_ is None:
            yield test


def sides(page: Examples, test: Condition) -> dict[str, set[bool]]:
    """For each end of the test, whether examples right beside it hold."""
    asked = page.scheme.asked
    step = STEP[asked[test.fact].answer]
    met: dict[str, set[bool]] = {}
    for example in page.examples:
        facts = example.known
        if any(fact not in facts for fact in test.facts):
            continue
        for end, bound in _ends(page, test, facts):
            if abs(_distance(facts[test.fact], bound)) <= step:
                met.setdefault(end, set()).add(holds(test, facts, page.today, page.calendar) is YES)
    return met


def _met(page: Examples) -> dict[str, set[Truth]]:
    met: dict[str, set[Truth]] = {}
    for example in page.examples:
        verdict = decide(example.scheme, example.known, example.today, example.calendar)
        for reason in (*verdict.every_condition, *(soft.reason for soft in verdict.soft)):
            met.setdefault(reason.say, set()).add(reason.good)
    return met


def _lacking(truths: set[Truth]) -> str:
    return ("" if YES in truths else "never met") or ("" if NO in truths else "never failed")


def _ends(page: Examples, test: Condition, facts: Facts) -> Iterator[tuple[str, object]]:
    """The bounds of the test; that nothing lies in the future needs no example."""
    within = test.test(page.today, page.calendar, facts)
    assert isinstance(within, Within)
    for end, bound in (("low", within.low), ("high", within.high)):
        ahead = test.same_year or test.not_yet
        now = test.needs_date and not ahead and bound == page.today
        if bound is not None and not now:
            yield end, bound


def _distance(value: object, bound: object) -> Decimal:
    if isinstance(value, date) and isinstance(bound, date):
        return Decimal((value - bound).days)
    assert isinstance(value, int | Decimal)
    assert isinstance(bound, int | Decimal)
    return Decimal(value) - Decimal(bound)


def _examples(scheme: Scheme, raw: Mapping[str, Any], calendar: Calendar) -> Iterator[Example]:
    usual, today = raw.get("usual", {}), raw["today"]
    for row in raw.get("examples", ()):
        yield Example(scheme, today, calendar, row, _sent(scheme, usual | row["but"]))
    known = {fact: value for fact, value in usual.items() if not scheme.asked[fact].record}
    for row in raw.get("archive", ()):
        sent = _sent(scheme, known | row["facts"])
        yield Example(scheme, today, calendar, row, sent, row["awards"])


def _sent(scheme: Scheme, facts: dict[str, Any]) -> dict[str, Any]:
    asked = scheme.asked
    return {fact: _plain(asked[fact], value) for fact, value in facts.items()}


def _plain(question: Question, value: Any) -> Any:
    match question.answer, value:
        case Kind.DATE, date():
            return value.isoformat()
        case Kind.MONEY, str():
            return fen(value)
        case _:
            return value
