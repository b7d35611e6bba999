"""Judge one person by a rule tree, say why, and what is still open."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from core.days import Calendar
from core.periods import ANNOUNCED
from core.rules import Comparison, Condition, OneOf, Rules, Value, Within
from core.truth import NO, UNKNOWN, YES, Truth, every, some

Facts = Mapping[str, Value]


@dataclass(frozen=True)
class Finding:
    """The rule tree again, with a truth on every node; `missing` are the facts a test waits for."""

    rule: Condition | Rules
    truth: Truth
    required: tuple["Finding", ...] = ()
    options: tuple["Finding", ...] = ()
    barred: tuple["Finding", ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple["Finding", ...]:
        return self.required + self.options + self.barred


@dataclass(frozen=True)
class Reason:
    """One line of an explanation: `good` is yes where it speaks for the person.

    `cite` is the article; `mend` what would change a "no", `since` the day from which it
    would, where that can be computed, `wait` days from now. `track` is the way in that it
    belongs to. `rule` and `barred` are the row of the tree behind it.
    """

    good: Truth
    say: str
    cite: str
    fact: str = ""
    mend: str = ""
    since: date | None = None
    track: str = ""
    wait: int = 0
    rule: Condition | None = field(default=None, compare=False, repr=False)
    barred: bool = field(default=False, compare=False, repr=False)


def judge(
    rule: Condition | Rules, facts: Facts, today: date, calendar: Calendar = ANNOUNCED
) -> Finding:
    """The finding for these facts on this day; a missing fact is unknown."""
    if isinstance(rule, Condition):
        missing = _missing(rule, facts)
        truth = UNKNOWN if missing else _passes(rule.test(today, facts, calendar), facts[rule.fact])
        return Finding(rule, truth, missing=missing)
    required = tuple(judge(part, facts, today, calendar) for part in rule.all)
    options = tuple(judge(part, facts, today, calendar) for part in rule.any)
    barred = tuple(judge(part, facts, today, calendar) for part in rule.none)
    truths = [part.truth for part in required]
    truths += [some(part.truth for part in options)] if options else []
    truths += [~part.truth for part in barred]
    return Finding(rule, every(truths), required, options, barred)


def open_facts(finding: Finding) -> Iterator[str]:
    """The facts that can still change the verdict, in file order; settled branches are skipped."""
    if finding.truth is not UNKNOWN:
        return
    yield from finding.missing
    met = any(option.truth is YES for option in finding.options)  # one way in is enough
    for part in (*finding.required, *(() if met else finding.options), *finding.barred):
        yield from open_facts(part)


def tracks(finding: Finding) -> Iterator[tuple[str, Truth]]:
    """The ways in that have a name, each with its truth, in file order."""
    if isinstance(finding.rule, Rules) and finding.rule.track:
        yield finding.rule.track, finding.truth
    for part in finding.parts:
        yield from tracks(part)


def conditions(finding: Finding, barred: bool = False, track: str = "") -> Iterator[Reason]:
    """Every condition with its truth, in file order: the whole tree for an officer."""
    if isinstance(finding.rule, Condition):
        yield _reason(finding.rule, finding.truth, barred, track)
        return
    track = finding.rule.track or track
    for part in finding.required + finding.options:
        yield from conditions(part, barred, track)
    for part in finding.barred:
        yield from conditions(part, not barred, track)


def explain(finding: Finding, barred: bool = False, track: str = "") -> Iterator[Reason]:
    """The conditions that carry the verdict, in file order, each with its article."""
    if isinstance(finding.rule, Condition):
        yield _reason(finding.rule, finding.truth, barred, track)
        return
    track = finding.rule.track or track
    reached = some(option.truth for option in finding.options)
    deciding = finding.required + tuple(o for o in finding.options if o.truth is reached)
    for part in deciding:
        if finding.truth is not NO or part.truth is NO:
            yield from explain(part, barred, track)
    for part in finding.barred:
        if finding.truth is not NO or part.truth is YES:
            yield from explain(part, not barred, track)


def holds(rule: Comparison, facts: Facts, today: date, calendar: Calendar = ANNOUNCED) -> Truth:
    """One comparison; unknown while a fact it needs is missing."""
    if _missing(rule, facts):
        return UNKNOWN
    return _passes(rule.test(today, facts, calendar), facts[rule.fact])


def _missing(rule: Comparison, facts: Facts) -> tuple[str, ...]:
    return tuple([fact for fact in rule.facts if facts.get(fact) is None])


def _reason(rule: Condition, truth: Truth, barred: bool, track: str) -> Reason:
    good = ~truth if barred else truth
    return Reason(
        good, rule.say, rule.cite, rule.fact, rule.mend, track=track, rule=rule, barred=barred
    )


def _passes(test: OneOf | Within, value: Value) -> Truth:
    match test:
        case OneOf(values):
            return YES if value in values else NO
        case Within(low, high, over, under):
            above = low is None or value > low or (value == low and not over)  # type: ignore[operator]
            below = high is None or value < high or (value == high and not under)  # type: ignore[operator]
            return YES if above and below else NO
