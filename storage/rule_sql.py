"""The rule tree once more, as SQL: yes is TRUE, no is FALSE, unknown is NULL.

AND, OR and NOT of SQL treat NULL exactly as `core.truth` treats unknown, so a tree becomes one
expression, and what it says is what `core.verdict.judge` says.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Date,
    Integer,
    Numeric,
    and_,
    case,
    cast,
    false,
    func,
    literal,
    not_,
    null,
    or_,
    true,
    type_coerce,
)

from core.days import Calendar
from core.periods import Length
from core.questions import Kind, Question
from core.rules import Condition, OneOf, Rules, Value, Within
from storage.known import BROKEN, DAY, WHOLE, WORDS, coded
from storage.tables import Known

Truth = ColumnElement[bool]
UNKNOWN: Truth = cast(null(), Boolean)
NUMBERS = {Kind.MONEY: (WHOLE,), Kind.NUMBER: (WHOLE, BROKEN)}


class RuleSql:
    """Trees over these questions, on this day, for rows of `known`.

    `given` are facts the archive itself can tell, as expressions. What is asked under
    `sensitive: true` is never read: nobody is addressed, unasked, for their income or health, so
    such a fact is unknown here, whatever we know. So is a working-day period counted from another
    fact: no database knows the holidays.
    """

    def __init__(
        self,
        postgres: bool,
        questions: Mapping[str, Question],
        today: date,
        calendar: Calendar,
        given: Mapping[str, Truth] | None = None,
    ) -> None:
        self.postgres = postgres
        self.questions = {f: q for f, q in questions.items() if not q.sensitive}
        self.today, self.calendar = today, calendar
        self.given = dict(given or {})

    def of(self, rule: Condition | Rules) -> Truth:
        """The whole tree."""
        if isinstance(rule, Condition):
            return self._condition(rule)
        parts = [self.of(part) for part in rule.all]
        if rule.any:
            parts.append(or_(false(), *(self.of(part) for part in rule.any)))
        parts += [not_(self.of(part)) for part in rule.none]
        return and_(true(), *parts)

    def text(self, fact: str) -> ColumnElement[str]:
        """The coded value (`storage.known`), NULL while there is none."""
        return func.coalesce(Known.roster[fact].as_string(), Known.said[fact].as_string())

    def answered(self, fact: str) -> Truth:
        """TRUE for who has answered this question; NULL or FALSE for the others."""
        question = self.questions.get(fact)
        if question is None:
            return false()
        if question.answer is Kind.TEXT:
            return func.substr(self.text(fact), 1, 1).in_((BROKEN, DAY, WORDS))
        if question.values:
            return self.text(fact).in_([coded(value) for value in question.values])
        return self._value(fact).is_not(None)

    def _condition(self, rule: Condition) -> Truth:
        if rule.fact in self.given:
            return self._told(rule, self.given[rule.fact])
        if not all(fact in self.questions for fact in rule.facts):
            return UNKNOWN
        if len(rule.facts) > 1:
            known = and_(*(self._value(fact).is_not(None) for fact in rule.facts))
            return case((known, self._compared(rule)))
        shape = rule.test(self.today, self.calendar)
        if isinstance(shape, OneOf):
            return self._chosen(rule.fact, shape)
        return self._between(self._value(rule.fact), shape, self.questions[rule.fact].answer)

    def _told(self, rule: Condition, fact: Truth) -> Truth:
        shape = rule.test(self.today, self.calendar)
        if not isinstance(shape, OneOf):
            return UNKNOWN
        good, bad = (literal(value in shape.values) for value in (True, False))
        return case((fact, good), (not_(fact), bad))

    def _chosen(self, fact: str, shape: OneOf) -> Truth:
        """An answer the question no longer offers is none."""
        values = self.questions[fact].values
        if not values:
            return UNKNOWN
        truths = {coded(value): literal(value in shape.values) for value in values}
        return case(truths, value=self.text(fact))

    def _compared(self, rule: Condition) -> Truth:
        """With another fact; all of them are known."""
        value, kind = self._value(rule.fact), self.questions[rule.fact].answer
        if not rule.of:
            others: Any = {fact: self._value(fact) for fact in rule.facts[1:]}
            shape = rule.test(self.today, self.calendar, others)
            assert isinstance(shape, Within)
            return self._between(value, shape, kind)
        event, period = self._value(rule.of), rule.within or rule.since
        end = self._end(event, period) if period else None
        if end is None:
            return UNKNOWN
        return and_(value >= event, value <= end) if rule.within else value >= end

    def _between(self, value: ColumnElement[Any], shape: Within, kind: Kind) -> Truth:
        parts: list[Truth] = []
        if shape.low is not None:
            low = self._bound(shape.low, kind)
            parts.append(value > low if shape.over else value >= low)
        if shape.high is not None:
            high = self._bound(shape.high, kind)
            parts.append(value < high if shape.under else value <= high)
        return and_(*parts) if parts else value.is_not(None)

    def _bound(self, bound: Value | ColumnElement[Any], kind: Kind) -> ColumnElement[Any]:
        if isinstance(bound, ColumnElement):
            return bound
        if kind is Kind.DATE:
            return literal(bound, Date)
        return cast(literal(f"{Decimal(str(bound)):f}"), Numeric)

    def _value(self, fact: str) -> ColumnElement[Any]:
        """As a number or a day, to be compared; NULL for what is not one."""
        text, kind = self.text(fact), self.questions[fact].answer
        mark, rest = func.substr(text, 1, 1), func.substr(text, 2)
        if kind is Kind.DATE:
            day = cast(rest, Date) if self.postgres else type_coerce(rest, Date)
            return case((mark == DAY, day))
        if kind in NUMBERS:
            return case((mark.in_(NUMBERS[kind]), cast(rest, Numeric)))
        return cast(null(), Numeric)

    def _end(self, event: ColumnElement[Any], period: Length) -> ColumnElement[Any] | None:
        """The last day of a period that begins with another fact."""
        if period.unit == "days":
            if self.postgres:
                return event + literal(period.n, Integer)
            return type_coerce(func.date(event, f"+{period.n} days"), Date)
        if period.unit != "months":
            return None
        if self.postgres:
            return cast(event + func.make_interval(0, period.n), Date)
        # SQLite runs over into the next month where the day does not exist; the law does not.
        over = func.date(event, f"+{period.n} months")
        last = func.date(event, "start of month", f"+{period.n + 1} months", "-1 day")
        return type_coerce(func.min(over, last), Date)
