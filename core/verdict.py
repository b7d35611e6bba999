"""Judge one person by a rule tree, say why, and what is still open."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from core.days import Calendar
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


class Aside(StrEnum):
    """Why a condition that is not met, or open, decides nothing."""

    MET = "met"  # another of the alternatives is met
    OPEN = "open"  # another of them may be
    ALONE = "alone"  # it bars only together with others, and they are not so


@dataclass(frozen=True)
class Reason:
    """One line of an explanation: `good` is yes where it speaks for the person.

    `cite` is the article; `mend` what would change a "no", `since` the day from which it
    would, where that can be computed, `wait` days from now. `track` is the way in that it
    belongs to. `aside` says that it decides nothing, `met_by` what is met instead; `either` is
    the group of which one alternative is enough. `rule` and `barred` are the row of the tree
    behind it.
    """

    good: Truth
    say: str
    cite: str
    fact: str = ""
    mend: str = ""
    since: date | None = None
    track: str = ""
    wait: int = 0
    aside: Aside | None = None
    met_by: tuple[str, ...] = ()
    either: Rules | None = field(default=None, compare=False, repr=False)
    rule: Condition | None = field(default=None, compare=False, repr=False)
    barred: bool = field(default=False, compare=False, repr=False)


def judge(rule: Condition | Rules, facts: Facts, today: date, calendar: Calendar) -> Finding:
    """The finding for these facts on this day; a missing fact is unknown."""
    if isinstance(rule, Condition):
        missing = _missing(rule, facts)
        truth = UNKNOWN if missing else _passes(rule.test(today, calendar, facts), facts[rule.fact])
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


def conditions(
    finding: Finding,
    barred: bool = False,
    track: str = "",
    aside: Aside | None = None,
    met_by: tuple[str, ...] = (),
) -> Iterator[Reason]:
    """Every condition with its truth, in file order: the whole tree for an officer."""
    if isinstance(finding.rule, Condition):
        reason = _reason(finding.rule, finding.truth, barred, track)
        idle = aside is not None and reason.good is not YES
        yield replace(reason, aside=aside, met_by=met_by) if idle else reason
        return
    track = finding.rule.track or track
    if barred and aside is None and finding.truth is NO:
        aside = Aside.ALONE
    for part in finding.required:
        yield from conditions(part, barred, track, aside, met_by)
    for part in finding.options:
        yield from conditions(part, barred, track, *_beside(finding, part, barred, aside, met_by))
    for part in finding.barred:
        yield from conditions(part, not barred, track, aside, met_by)


def _beside(
    finding: Finding, part: Finding, barred: bool, aside: Aside | None, met_by: tuple[str, ...]
) -> tuple[Aside | None, tuple[str, ...]]:
    """Whether an alternative decides nothing, because another one does."""
    met = next((option for option in finding.options if option.truth is YES), None)
    if aside is not None or barred or part.truth is YES:
        return aside, met_by
    if met is not None:
        return Aside.MET, tuple(_names(met))
    idle = part.truth is NO and any(each.truth is UNKNOWN for each in finding.options)
    return (Aside.OPEN if idle else None), ()


def _names(met: Finding) -> Iterator[str]:
    """What is met, by its name, or by its conditions."""
    if isinstance(met.rule, Rules) and met.rule.track:
        yield met.rule.track
    else:
        yield from (each.say for each in conditions(met) if each.good is YES)


def by_fact(found: Iterable[Reason]) -> list[Reason]:
    """One condition for each fact: of several the one that decides, and first what is not met."""
    best: dict[str, Reason] = {}
    for each in found:
        known = best.get(each.fact)
        if known is None or _weight(each) > _weight(known):
            best[each.fact] = each
    return list(best.values())


def _weight(reason: Reason) -> tuple[bool, bool]:
    return reason.aside is None, reason.good is NO


def explain(
    finding: Finding, barred: bool = False, track: str = "", either: Rules | None = None
) -> Iterator[Reason]:
    """The conditions that carry the verdict, in file order, each with its article."""
    if isinstance(finding.rule, Condition):
        yield _reason(finding.rule, finding.truth, barred, track, either)
        return
    track = finding.rule.track or track
    reached = some(option.truth for option in finding.options)
    group = either or (None if barred or len(finding.options) < 2 else finding.rule)
    for part in finding.required:
        if finding.truth is not NO or part.truth is NO:
            yield from explain(part, barred, track, either)
    for part in finding.options:
        if part.truth is reached and (finding.truth is not NO or part.truth is NO):
            yield from explain(part, barred, track, group)
    for part in finding.barred:
        if finding.truth is not NO or part.truth is YES:
            yield from explain(part, not barred, track, either)


def holds(rule: Comparison, facts: Facts, today: date, calendar: Calendar) -> Truth:
    """One comparison; unknown while a fact it needs is missing."""
    if _missing(rule, facts):
        return UNKNOWN
    return _passes(rule.test(today, calendar, facts), facts[rule.fact])


def _missing(rule: Comparison, facts: Facts) -> tuple[str, ...]:
    return tuple([fact for fact in rule.facts if facts.get(fact) is None])


def _reason(
    rule: Condition, truth: Truth, barred: bool, track: str, either: Rules | None = None
) -> Reason:
    good = ~truth if barred else truth
    return Reason(
        good,
        rule.say,
        rule.cite,
        rule.fact,
        rule.mend,
        track=track,
        either=either,
        rule=rule,
        barred=barred,
    )


def _passes(test: OneOf | Within, value: Value) -> Truth:
    match test:
        case OneOf(values):
            return YES if value in values else NO
        case Within(low, high, over, under):
            above = low is None or value > low or (value == low and not over)  # type: ignore[operator]
            below = high is None or value < high or (value == high and not under)  # type: ignore[operator]
            return YES if above and below else NO
