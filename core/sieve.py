"""A rule tree made ready for one day: only whether it holds, not why, twenty times as fast.

For going through every scheme at once. What it says is what `core.verdict.judge` says.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol

from core.comparison import OneOf, Within
from core.days import Calendar
from core.rules import Condition, Rules, Value
from core.truth import NO, UNKNOWN, YES, Truth
from core.verdict import Facts

# Numbers, because the least of them is "every" and the greatest "some".
FALSE, OPEN, TRUE = 0, 1, 2
TRUTHS = (NO, UNKNOWN, YES)

Test = Callable[[Value], bool]


class Sieve(Protocol):
    """`of` is FALSE, OPEN or TRUE; `open` adds the facts that can still change that."""

    def of(self, facts: Facts) -> int: ...
    def open(self, facts: Facts, found: dict[str, None]) -> None: ...


def ready(rule: Condition | Rules, today: date, calendar: Calendar) -> Sieve:
    """The tree, made ready for this day."""
    if isinstance(rule, Rules):
        required = [ready(part, today, calendar) for part in rule.all]
        options = [ready(part, today, calendar) for part in rule.any]
        barred = [ready(part, today, calendar) for part in rule.none]
        return _Group(required, options, barred)
    if len(rule.facts) > 1:
        return _Compared(rule, today, calendar)
    return _Leaf(rule.fact, _test(rule.test(today, calendar)))


def truth(sieve: Sieve, facts: Facts) -> Truth:
    """In the words of everybody else."""
    return TRUTHS[sieve.of(facts)]


class _Leaf:
    """One fact against a bound that this day fixes."""

    __slots__ = ("fact", "test")

    def __init__(self, fact: str, test: Test) -> None:
        self.fact, self.test = fact, test

    def of(self, facts: Facts) -> int:
        value = facts.get(self.fact)
        if value is None:
            return OPEN
        return TRUE if self.test(value) else FALSE

    def open(self, facts: Facts, found: dict[str, None]) -> None:
        if facts.get(self.fact) is None:
            found[self.fact] = None


class _Compared:
    """A fact against another one."""

    __slots__ = ("calendar", "rule", "today")

    def __init__(self, rule: Condition, today: date, calendar: Calendar) -> None:
        self.rule, self.today, self.calendar = rule, today, calendar

    def of(self, facts: Facts) -> int:
        if any(facts.get(fact) is None for fact in self.rule.facts):
            return OPEN
        test = _test(self.rule.test(self.today, self.calendar, facts))
        return TRUE if test(facts[self.rule.fact]) else FALSE

    def open(self, facts: Facts, found: dict[str, None]) -> None:
        found.update({fact: None for fact in self.rule.facts if facts.get(fact) is None})


class _Group:
    """Everything in `all`, one of `any`, nothing of `none`."""

    __slots__ = ("barred", "options", "required")

    def __init__(
        self, required: Sequence[Sieve], options: Sequence[Sieve], barred: Sequence[Sieve]
    ) -> None:
        self.required, self.options, self.barred = required, options, barred

    def of(self, facts: Facts) -> int:
        least = TRUE
        for part in self.required:
            found = part.of(facts)
            if found == FALSE:
                return FALSE
            least = min(least, found)
        for part in self.barred:
            found = TRUE - part.of(facts)
            if found == FALSE:
                return FALSE
            least = min(least, found)
        return min(least, self._best(facts)) if self.options else least

    def open(self, facts: Facts, found: dict[str, None]) -> None:
        met = self.options and self._best(facts) == TRUE  # one way in is enough
        for part in (*self.required, *(() if met else self.options), *self.barred):
            if part.of(facts) == OPEN:
                part.open(facts, found)

    def _best(self, facts: Facts) -> int:
        best = FALSE
        for part in self.options:
            best = max(best, part.of(facts))
            if best == TRUE:
                break
        return best


def _test(shape: OneOf | Within) -> Test:
    if isinstance(shape, OneOf):
        return shape.values.__contains__
    low, high, over, under = shape.low, shape.high, shape.over, shape.under

    def lies_within(value: Value) -> bool:
        above = low is None or value > low or (value == low and not over)  # type: ignore[operator]
        below = high is None or value < high or (value == high and not under)  # type: ignore[operator]
        return above and below

    return lies_within
