"""The verdict on one application: truth, amount, reasons, and what would change it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from core.days import Calendar
from core.granting import room
from core.rules import Value, Wish, Word
from core.scheme import Scheme
from core.sums import Sum, Total, sums, totals
from core.truth import NO, UNKNOWN, YES, Truth, every
from core.verdict import (
    Finding,
    Reason,
    by_fact,
    conditions,
    explain,
    holds,
    judge,
    open_facts,
    tracks,
)
from core.waiting import met_from


@dataclass(frozen=True)
class Softened:
    """A condition of 原则上, 优先 and the like, with whether it is met. It never refuses."""

    word: Word
    reason: Reason


@dataclass(frozen=True)
class Verdict:
    """`amount_fen` only where the truth is yes and there is one exact sum; `open` are the facts
    still missing, `judged` those of them that only officers or the archive can tell.

    `tracks` are the ways in that are not ruled out; `sums` every benefit, with its range, and
    `totals` those of them that stay below one ceiling together.
    """

    truth: Truth
    amount_fen: int | None
    reasons: tuple[Reason, ...]
    open: tuple[str, ...]
    finding: Finding
    judged: tuple[str, ...] = ()
    soft: tuple[Softened, ...] = ()
    sums: tuple[Sum, ...] = ()
    tracks: tuple[str, ...] = ()
    totals: tuple[Total, ...] = ()

    @property
    def failed(self) -> tuple[Reason, ...]:
        return tuple(reason for reason in self.reasons if reason.good is NO)

    @property
    def every_condition(self) -> tuple[Reason, ...]:
        """The whole tree, condition by condition, for an officer."""
        return tuple(conditions(self.finding))

    @property
    def by_fact(self) -> tuple[Reason, ...]:
        """One condition for each fact: what an officer can find not met."""
        return tuple(by_fact(self.every_condition))

    @property
    def left_to_officers(self) -> bool:
        """Nothing speaks against it, and what is open nobody can answer in a chat."""
        return self.truth is UNKNOWN and set(self.open) <= set(self.judged)

    @property
    def due_fen(self) -> int | None:
        """What is to be paid where there is but one sum, also while officers confirm the rest."""
        there = room(self.sums, self.totals) if self.truth is not NO else None
        return there.fixed or None if there else None

    @property
    def enough(self) -> bool:
        """Whether one may apply with it: a yes, or what is open only officers can tell.

        A sum that nobody can tell yet keeps nobody from applying; a table has to be answered.
        """
        table = any(isinstance(s.benefit.yuan, dict) and s.open for s in self.sums)
        only_sums = self.finding.truth is YES and not table
        return self.truth is YES or self.left_to_officers or only_sums

    @property
    def warnings(self) -> tuple[Reason, ...]:
        """What the document expects in principle and is not so: an officer has to agree."""
        return tuple(s.reason for s in self.soft if s.word.warns and s.reason.good is NO)

    @property
    def preferences(self) -> tuple[Reason, ...]:
        """What puts this application before others."""
        return tuple(s.reason for s in self.soft if not s.word.warns and s.reason.good is YES)


def decide(scheme: Scheme, facts: Mapping[str, Value], today: date, calendar: Calendar) -> Verdict:
    """The verdict for these facts on this day, under this version of the scheme."""
    finding = judge(scheme.rules, facts, today, calendar)
    named = dict(tracks(finding))
    found = tuple(sums(scheme.gains, facts, today, calendar, named))
    below = tuple(totals(scheme.ceilings, found))
    missing = dict.fromkeys(open_facts(finding))
    if finding.truth is YES:
        missing = dict.fromkeys(_untold(scheme, found))
    judged = tuple(fact for fact in missing if _left_to_officers(scheme, fact))
    undecided = finding.truth is YES and set(missing) - set(judged)
    truth = UNKNOWN if undecided else finding.truth
    return Verdict(
        truth,
        _single(found, below) if truth is YES else None,
        tuple(_dated(scheme, reason, facts, today, calendar) for reason in explain(finding)),
        tuple(missing) if truth is UNKNOWN else (),
        finding,
        judged,
        tuple(_softened(wish, facts, today, calendar) for wish in scheme.soft),
        found,
        tuple(name for name, truth in named.items() if truth is not NO),
        below,
    )


def _untold(scheme: Scheme, found: tuple[Sum, ...]) -> list[str]:
    """The facts a sum still waits for; one no table holds the answer of is asked again."""
    waiting = [fact for each in found for fact in each.open]
    table = scheme.amount.by
    if table and any(s.benefit.by == table and s.exact == 0 for s in found):
        waiting.append(table)
    return waiting


def _left_to_officers(scheme: Scheme, fact: str) -> bool:
    question = scheme.asked.get(fact)
    return question is not None and not question.asked_of_worker


def _single(found: tuple[Sum, ...], below: tuple[Total, ...]) -> int | None:
    """The one exact sum, where money comes in one part."""
    money = [each for each in found if each.benefit.ours]
    if len(money) != 1:
        return None
    return below[0].exact if below else money[0].exact


def _softened(wish: Wish, facts: Mapping[str, Value], today: date, calendar: Calendar) -> Softened:
    good, said = holds(wish, facts, today, calendar), wish.say
    cite = wish.cite
    for each in wish.eased if good is NO else ():
        if every(holds(test, facts, today, calendar) for test in each.when) is YES:
            good, said, cite = holds(each, facts, today, calendar), each.say, each.cite
        if good is YES:
            break
    mend = wish.mend if good is NO else ""
    return Softened(wish.word, Reason(good, said, cite, wish.fact, mend))


def _dated(
    scheme: Scheme, reason: Reason, facts: Mapping[str, Value], today: date, calendar: Calendar
) -> Reason:
    """What would mend it is said of a "no" only, and from when: a limit ends with the year."""
    if reason.good is not NO:
        return replace(reason, mend="") if reason.mend else reason
    since = reason.rule and met_from(reason.rule, facts, today, calendar, reason.barred)
    for limit in scheme.limits:
        if limit.fact == reason.fact and limit.barred_by == "this_year":
            since = date(today.year + 1, 1, 1)
    return replace(reason, since=since, wait=(since - today).days) if since else reason
