"""The verdict on one application: truth, amount, reasons, and what would change it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from core.rules import Value
from core.scheme import Scheme
from core.truth import NO, UNKNOWN, YES, Truth
from core.verdict import Finding, Reason, conditions, explain, judge, open_facts


@dataclass(frozen=True)
class Verdict:
    """`amount_fen` only where the truth is yes; `open` are the facts still missing."""

    truth: Truth
    amount_fen: int | None
    reasons: tuple[Reason, ...]
    open: tuple[str, ...]
    finding: Finding

    @property
    def failed(self) -> tuple[Reason, ...]:
        return tuple(reason for reason in self.reasons if reason.good is NO)

    @property
    def every_condition(self) -> tuple[Reason, ...]:
        """The whole tree, condition by condition, for an officer."""
        return tuple(conditions(self.finding))


def decide(scheme: Scheme, facts: Mapping[str, Value], today: date) -> Verdict:
    """The verdict for these facts on this day, under this version of the scheme."""
    finding = judge(scheme.rules, facts, today)
    reasons = tuple(_dated(scheme, reason, today) for reason in explain(finding))
    truth = finding.truth
    amount = amount_fen(scheme, facts) if truth is YES else None
    if truth is YES and amount is None:
        truth = UNKNOWN
    missing = dict.fromkeys(open_facts(finding))
    if truth is UNKNOWN and not missing:
        missing = {scheme.amount.by: None}
    return Verdict(truth, amount, reasons, tuple(missing), finding)


def amount_fen(scheme: Scheme, facts: Mapping[str, Value]) -> int | None:
    """The sum in fen, None while the fact it goes by is unknown."""
    yuan = scheme.amount.yuan.get(str(facts.get(scheme.amount.by)))
    return None if yuan is None else yuan * 100


def _dated(scheme: Scheme, reason: Reason, today: date) -> Reason:
    """What would mend it is said of a "no" only; a limit per year ends with the year."""
    if reason.good is not NO:
        return replace(reason, mend="")
    for limit in scheme.limits:
        if limit.fact == reason.fact and limit.barred_by == "this_year":
            return replace(reason, since=date(today.year + 1, 1, 1))
    return reason
