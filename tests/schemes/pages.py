"""The pages of examples, read: one for each scheme file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from core.catalogue import StrictLoader
from core.decision import Verdict
from core.numerals import fen
from core.questions import Kind, Question
from core.scheme import Scheme
from core.sums import Sum
from storage.schemes import read

HERE = Path(__file__).parent
CATALOGUE = read(HERE.parent.parent / "schemes")


@dataclass(frozen=True)
class Example:
    """One row of a page, over its usual facts, in the form a client would send them."""

    scheme: Scheme
    today: date
    row: dict[str, Any]
    facts: dict[str, Any]
    awards: list[dict[str, Any]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(self.row["example"])

    def sums(self, verdict: Verdict) -> dict[str, str | int]:
        """The sums of money by name, as the page writes them."""
        return {s.benefit.what: _written(s) for s in verdict.sums if s.benefit.is_money}


@dataclass(frozen=True)
class Page:
    """All examples of one scheme."""

    scheme: Scheme
    today: date
    examples: tuple[Example, ...]
    asked: tuple[dict[str, str], ...]


def pages() -> Iterator[Page]:
    for path in sorted(HERE.glob("*.examples.yaml")):
        raw = yaml.load(path.read_text("utf-8"), StrictLoader)
        today = raw["today"]
        scheme = CATALOGUE.on(path.name.removesuffix(".examples.yaml"), today)
        yield Page(scheme, today, tuple(_examples(scheme, raw)), tuple(raw.get("asks", ())))


def _examples(scheme: Scheme, raw: dict[str, Any]) -> Iterator[Example]:
    usual, today = raw.get("usual", {}), raw["today"]
    for row in raw.get("examples", ()):
        yield Example(scheme, today, row, _sent(scheme, usual | row["but"]))
    known = {fact: value for fact, value in usual.items() if not scheme.asked[fact].record}
    for row in raw.get("archive", ()):
        yield Example(scheme, today, row, _sent(scheme, known | row["facts"]), row["awards"])


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


def _written(found: Sum) -> str | int:
    low = None if found.low is None else found.low // 100
    high = None if found.high is None else found.high // 100
    match low, high:
        case None, None:
            return "由工会定"
        case None, int():
            return f"≤{high}"
        case int(), None:
            return f"≥{low}"
        case _:
            return low if low == high and low is not None else f"{low}—{high}"
