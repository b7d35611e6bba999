"""Judge one person by a rule tree, say why, and what is still open."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from core.rules import Condition, OneOf, Rules, Value, Within
from core.truth import NO, UNKNOWN, YES, Truth, every, some

Facts = Mapping[str, Value]


@dataclass(frozen=True)
class Finding:
    """The rule tree again, with a truth on every node."""

    rule: Condition | Rules
    truth: Truth
    required: tuple["Finding", ...] = ()
    options: tuple["Finding", ...] = ()
    barred: tuple["Finding", ...] = ()

    @property
    def parts(self) -> tuple["Finding", ...]:
        return self.required + self.options + self.barred


@dataclass(frozen=True)
class Reason:
    """One line of an explanation: `good` is yes where it speaks for the person.

    `cite` is the article; `mend` what would change a "no", `since` the day from which it
    would, where that can be computed.
    """

    good: Truth
    say: str
    cite: str
    fact: str = ""
    mend: str = ""
    since: date | None = None


def judge(rule: Condition | Rules, facts: Facts, today: date) -> Finding:
    """The finding for these facts on this day; a missing fact is unknown."""
    if isinstance(rule, Condition):
        return Finding(rule, _holds(rule.test(today), facts.get(rule.fact)))
    required = tuple(judge(part, facts, today) for part in rule.all)
    options = tuple(judge(part, facts, today) for part in rule.any)
    barred = tuple(judge(part, facts, today) for part in rule.none)
    truths = [part.truth for part in required]
    truths += [some(part.truth for part in options)] if options else []
    truths += [~part.truth for part in barred]
    return Finding(rule, every(truths), required, options, barred)


def open_facts(finding: Finding) -> Iterator[str]:
    """The facts that can still change the verdict, in file order; settled branches are skipped."""
    if finding.truth is not UNKNOWN:
        return
    if isinstance(finding.rule, Condition):
        yield finding.rule.fact
    for part in finding.parts:
        yield from open_facts(part)


def conditions(finding: Finding, barred: bool = False) -> Iterator[Reason]:
    """Every condition with its truth, in file order: the whole tree for an officer."""
    if isinstance(finding.rule, Condition):
        yield _reason(finding, barred)
        return
    for part in finding.required + finding.options:
        yield from conditions(part, barred)
    for part in finding.barred:
        yield from conditions(part, not barred)


def explain(finding: Finding, barred: bool = False) -> Iterator[Reason]:
    """The conditions that carry the verdict, in file order, each with its article."""
    if isinstance(finding.rule, Condition):
        yield _reason(finding, barred)
        return
    reached = some(option.truth for option in finding.options)
    deciding = finding.required + tuple(o for o in finding.options if o.truth is reached)
    for part in deciding:
        if finding.truth is not NO or part.truth is NO:
            yield from explain(part, barred)
    for part in finding.barred:
        if finding.truth is not NO or part.truth is YES:
            yield from explain(part, not barred)


def _reason(finding: Finding, barred: bool) -> Reason:
    rule = finding.rule
    assert isinstance(rule, Condition)
    good = ~finding.truth if barred else finding.truth
    return Reason(good, rule.say, rule.cite, rule.fact, rule.mend)


def _holds(test: OneOf | Within, value: Value | None) -> Truth:
    if value is None:
        return UNKNOWN
    match test:
        case OneOf(values):
            return YES if value in values else NO
        case Within(low, high):
            above = low is None or value >= low  # type: ignore[operator]
            below = high is None or value <= high  # type: ignore[operator]
            return YES if above and below else NO
