"""How much: the sums of one person under one scheme, in fen, as far as the facts tell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from core.benefits import Amount, Benefit
from core.truth import NO, UNKNOWN, Truth, every
from core.verdict import Facts, holds

Range = tuple[int | None, int | None]


@dataclass(frozen=True)
class Sum:
    """One benefit: between `low` and `high` fen, None where the document draws no line.

    `open` are the facts that would tell it exactly. Both ends are None for a benefit in kind, and
    for a sum the document leaves to somebody (`benefit.set_by`).
    """

    benefit: Benefit
    low: int | None
    high: int | None
    open: tuple[str, ...] = ()
    parts: tuple[tuple[str, Decimal], ...] = ()  # the facts it was reckoned from, with their sums

    @property
    def exact(self) -> int | None:
        """The sum in fen where there is but one."""
        return self.low if self.low is not None and self.low == self.high else None


def by_table(amount: Amount, what: str) -> Benefit:
    """The one table of a simple scheme, as a benefit like any other."""
    return Benefit(what=what, by=amount.by, yuan=amount.yuan, cite=amount.cite)


def sums(
    benefits: tuple[Benefit, ...], facts: Facts, today: date, tracks: Mapping[str, Truth]
) -> Iterator[Sum]:
    """Every benefit that is not ruled out for these facts on this day, in file order."""
    for benefit in benefits:
        if not (benefit.since or date.min) <= today <= (benefit.until or date.max):
            continue
        fits = [holds(test, facts, today) for test in benefit.when]
        fits += [tracks.get(benefit.track, NO)] if benefit.track else []
        truth = every(fits)
        if truth is NO:
            continue
        found = _sum(benefit, facts)
        yield found if truth is not UNKNOWN else _perhaps(found, facts)


def _perhaps(found: Sum, facts: Facts) -> Sum:
    """It may turn out not to be theirs at all."""
    waiting = tuple(f for test in found.benefit.when for f in test.facts if facts.get(f) is None)
    return Sum(found.benefit, 0, found.high, (*found.open, *waiting), found.parts)


def _sum(benefit: Benefit, facts: Facts) -> Sum:
    missing = tuple(fact for fact in benefit.facts if facts.get(fact) is None)
    if missing:
        return Sum(benefit, *_outer(benefit), missing)
    low, high = _known(benefit, facts)
    times = _times(benefit, facts)
    reckoned = filter(None, (benefit.of, benefit.top_up_to, benefit.from_))
    parts = tuple((fact, _number(facts, fact)) for fact in reckoned)
    return Sum(benefit, _multiplied(low, times), _multiplied(high, times), parts=parts)


def _outer(benefit: Benefit) -> Range:
    """The widest range, while a fact is missing."""
    if benefit.times:
        return None, None
    match benefit:
        case Benefit(yuan=dict() as table):
            return min(table.values()) * 100, max(table.values()) * 100
        case Benefit(tiers=(_, *_) as tiers):
            return None, max(tier.yuan or tier.up_to or 0 for tier in tiers) * 100
        case Benefit(cap=int(cap)):
            return None, cap * 100
        case _:
            return None, None


def _known(benefit: Benefit, facts: Facts) -> Range:
    match benefit:
        case Benefit(yuan=int(yuan)):
            return yuan * 100, yuan * 100
        case Benefit(yuan=dict() as table):
            fen = table.get(str(facts[benefit.by]), 0) * 100
            return fen, fen
        case Benefit(tiers=(_, *_)):
            return _of_tier(benefit, facts)
        case Benefit(percent=Decimal() as percent):
            part = _down(percent * _number(facts, benefit.of) / 100)
            return _capped(benefit, part)
        case Benefit(top_up_to=str(line)) if line:
            gap = _number(facts, line) - _number(facts, benefit.from_)
            return _capped(benefit, max(0, _down(gap)))
        case _:
            return _fen(benefit.at_least), _fen(benefit.up_to)


def _of_tier(benefit: Benefit, facts: Facts) -> Range:
    number = _number(facts, benefit.by)
    for tier in benefit.tiers:
        if tier.holds(number):
            return (None, tier.up_to * 100) if tier.up_to else (_fen(tier.yuan), _fen(tier.yuan))
    return 0, 0


def _capped(benefit: Benefit, fen: int) -> Range:
    least = fen if benefit.cap is None else min(fen, benefit.cap * 100)
    return least, least


def _times(benefit: Benefit, facts: Facts) -> Decimal:
    product = Decimal(1)
    for fact in benefit.times:
        product *= _number(facts, fact)
    return product


def _multiplied(fen: int | None, times: Decimal) -> int | None:
    return None if fen is None else _down(fen * times)


def _number(facts: Facts, fact: str) -> Decimal:
    value = facts[fact]
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise TypeError(f"{fact} is no number")  # the file was checked: only wrong facts get here
    return Decimal(value)


def _down(fen: Decimal) -> int:
    """Whole fen: no document pays parts of one, and none rounds up."""
    return int(fen.to_integral_value(ROUND_DOWN))


def _fen(yuan: int | None) -> int | None:
    return None if yuan is None else yuan * 100
