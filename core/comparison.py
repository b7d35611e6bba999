"""One test of one fact. Whatever it is called, it is one of two shapes: `OneOf` or `Within`.

A bound is a number, a date, a sum (30000元), or the name of another fact, such as a standard
line that officers set each year.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from core.days import Calendar, add_months, months_before
from core.numerals import fen
from core.periods import Length, Period
from core.words import FactName, Strict, Value

NAME = re.compile("[a-z][a-z0-9_]*")
NOTHING: Mapping[str, Value] = {}


@dataclass(frozen=True)
class OneOf:
    """The fact is one of these values."""

    values: tuple[Value, ...]


@dataclass(frozen=True)
class Within:
    """The fact is neither below `low` nor above `high`; None is open.

    `over` and `under` shut out the bound itself: 超过, 低于.
    """

    low: Value | None = None
    high: Value | None = None
    over: bool = False
    under: bool = False


def _bound(raw: int | Decimal | date | str) -> int | Decimal | date | str:
    if isinstance(raw, str) and not NAME.fullmatch(raw) and not (is_sum(raw) and fen(raw)):
        raise ValueError(f"“{raw}” is no number, no date, no sum like 30000元 and no fact")
    return raw


def is_sum(bound: object) -> bool:
    """Whether a bound is written as money."""
    return isinstance(bound, str) and bound.endswith("元")


Exact = Field(strict=True)
Bound = Annotated[
    Annotated[int, Exact] | Annotated[Decimal, Exact] | Annotated[date, Exact] | str,
    AfterValidator(_bound),
]
Years = Annotated[int, Field(ge=0, le=120)]


class Comparison(Strict):
    """A fact and exactly one test.

    `within` is a deadline: the event (the fact) lies no longer back than this. `since` is the
    opposite: at least this long ago. Both count from today, or to the other event named in `of`.
    `not_yet` is a deadline the other way round: the event lies after today (赛前, 开班前).
    `age_at_least` and `age_at_most` read a date of birth in full years.
    """

    NO_TESTS: ClassVar[frozenset[str]] = frozenset({"fact", "of", "say", "cite", "mend", "word"})

    fact: FactName
    is_: bool | int | str | None = Field(None, alias="is")
    in_: tuple[bool | int | str, ...] | None = Field(None, alias="in", min_length=1)
    at_least: Bound | None = None
    at_most: Bound | None = None
    above: Bound | None = None
    below: Bound | None = None
    between: tuple[Bound, Bound] | None = None
    before: Bound | None = None
    after: Bound | None = None
    same_year: bool | None = None
    within_months: int | None = None
    within: Period | None = None
    since: Period | None = None
    not_yet: Literal[True] | None = None
    age_at_least: Years | None = None
    age_at_most: Years | None = None
    of: str = ""

    @model_validator(mode="after")
    def _has_one_test(self) -> Self:
        tests = self.model_fields_set - self.NO_TESTS
        if len(tests) != 1:
            raise ValueError(f"a condition has exactly one test, this one has {len(tests)}")
        if self.of and not (self.within or self.since):
            raise ValueError("`of` names the event that within or since is counted from")
        if self.within and self.within.unit == "hours":
            raise ValueError("a condition counts days: ask for the number of hours, or set at_most")
        if self.since and self.since.unit == "hours":
            raise ValueError(
                "a condition counts days: ask for the number of hours, or set at_least"
            )
        return self

    @property
    def bounds(self) -> tuple[Bound, ...]:
        """What the fact is compared with, as the file writes it."""
        single = (self.at_least, self.at_most, self.above, self.below, self.before, self.after)
        return tuple(bound for bound in single if bound is not None) + (self.between or ())

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """Every fact that has to be known: its own, and those it is compared with."""
        others = [b for b in self.bounds if isinstance(b, str) and not is_sum(b)]
        return (self.fact, *others, *filter(None, (self.of,)))

    @property
    def needs_date(self) -> bool:
        """Whether only a date can pass."""
        tests = (self.same_year, self.within_months, self.within, self.since)
        others = (self.not_yet, self.age_at_least, self.age_at_most)
        return any(test is not None for test in tests + others)

    def test(
        self, today: date, calendar: Calendar, facts: Mapping[str, Value] = NOTHING
    ) -> OneOf | Within:
        """The plain comparison on this day. KeyError while another fact it needs is unknown."""
        if self.is_ is not None:
            return OneOf((self.is_,))
        if self.in_ is not None:
            return OneOf(self.in_)
        if self.same_year:
            return Within(date(today.year, 1, 1), date(today.year, 12, 31))
        if self.within_months is not None:
            return Within(months_before(today, self.within_months), today)
        if self.within is not None:
            return _not_later(self.within, facts[self.of] if self.of else None, today, calendar)
        if self.since is not None:
            return _long_ago(self.since, facts[self.of] if self.of else None, today, calendar)
        if self.not_yet:
            return Within(today, None, over=True)
        if self.age_at_least is not None:
            return Within(None, add_months(today, -12 * self.age_at_least))
        if self.age_at_most is not None:
            return Within(add_months(today, -12 * (self.age_at_most + 1)), today, over=True)
        return self._range(facts)

    def _range(self, facts: Mapping[str, Value]) -> Within:
        def value(bound: Any) -> Value:
            if not isinstance(bound, str):
                return bound  # type: ignore[no-any-return]
            return fen(bound) or 0 if is_sum(bound) else facts[bound]

        if self.between is not None:
            return Within(value(self.between[0]), value(self.between[1]))
        for bound in (self.at_least, self.above, self.after):
            if bound is not None:
                return Within(value(bound), None, over=self.at_least is None)
        for bound in (self.at_most, self.below, self.before):
            if bound is not None:
                return Within(None, value(bound), under=self.at_most is None)
        return Within()


def _not_later(period: Length, event: Value | None, today: date, calendar: Calendar) -> Within:
    if event is None:
        return Within(period.earliest(today, calendar), today)
    assert isinstance(event, date)
    return Within(event, period.ends(event, calendar))


def _long_ago(period: Length, event: Value | None, today: date, calendar: Calendar) -> Within:
    if event is not None:
        assert isinstance(event, date)
        return Within(period.ends(event, calendar), None)
    return Within(None, period.latest(today, calendar))
