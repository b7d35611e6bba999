"""How much: the sums of one person under one scheme, in fen, as far as the facts tell."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_DOWN, Decimal
from math import prod

from core.benefits import Amount, Benefit, Ceiling
from core.days import Calendar
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
    cap: int | None = None
    cut: bool = False  # the calculation would pass the cap
    each: Range = (None, None)  # before it is multiplied
    times: tuple[tuple[str, Decimal], ...] = ()  # by these facts

    @property
    def most(self) -> int | None:
        """What no consent passes: above a line that is only in principle, the cap."""
        return self.cap if self.benefit.in_principle else self.high

    @property
    def soft(self) -> bool:
        """Whether its upper line is only in principle: the cap of a part of a sum is a hard one."""
        return self.benefit.in_principle and (self.most is None or self.high != self.most)

    @property
    def exact(self) -> int | None:
        """The sum in fen where there is but one."""
        return self.low if self.low is not None and self.low == self.high else None


@dataclass(frozen=True)
class Total:
    """Several sums below one ceiling; `whole` is what they would come to without it at most."""

    ceiling: Ceiling
    low: int
    high: int
    most: int
    whole: int | None

    @property
    def exact(self) -> int | None:
        return self.low if self.low == self.high else None

    @property
    def cut(self) -> bool:
        """Whether the ceiling takes something away."""
        return self.whole is not None and self.whole > self.high


def totals(ceilings: Iterable[Ceiling], found: Sequence[Sum]) -> Iterator[Total]:
    """Each ceiling with the sums below it together; one that has none is left out."""
    for ceiling in ceilings:
        below = [each for each in found if ceiling.covers(each.benefit)]
        if below:
            line = ceiling.yuan * 100
            high, most = together(s.high for s in below), together(s.most for s in below)
            low = min(line, sum(each.low or 0 for each in below))
            yield Total(ceiling, low, _under(line, high), _under(line, most), high)


def _under(line: int, fen: int | None) -> int:
    return line if fen is None else min(line, fen)


def together(ends: Iterable[int | None]) -> int | None:
    """The sum of these upper ends; None where one of them is open."""
    known = list(ends)
    return None if None in known else sum(fen or 0 for fen in known)


def by_table(amount: Amount, what: str) -> Benefit:
    """The one table of a simple scheme, as a benefit like any other."""
    return Benefit(what=what, by=amount.by, yuan=amount.yuan, cite=amount.cite)


def sums(
    benefits: tuple[Benefit, ...],
    facts: Facts,
    today: date,
    calendar: Calendar,
    tracks: Mapping[str, Truth],
) -> Iterator[Sum]:
    """Every benefit that is not ruled out for these facts on this day, in file order."""
    for benefit in benefits:
        if not (benefit.since or date.min) <= today <= (benefit.until or date.max):
            continue
        fits = [holds(test, facts, today, calendar) for test in benefit.when]
        fits += [tracks.get(benefit.track, NO)] if benefit.track else []
        truth = every(fits)
        if truth is NO:
            continue
        found = _sum(benefit, facts)
        yield found if truth is not UNKNOWN else _perhaps(found, facts)


def _perhaps(found: Sum, facts: Facts) -> Sum:
    """It may turn out not to be theirs at all."""
    waiting = tuple(f for test in found.benefit.when for f in test.facts if facts.get(f) is None)
    return replace(found, low=0, open=(*found.open, *waiting))


def _sum(benefit: Benefit, facts: Facts) -> Sum:
    missing = tuple(fact for fact in benefit.facts if facts.get(fact) is None)
    if missing:
        return Sum(benefit, *_outer(benefit), missing, cap=_cap(benefit, facts))
    low, high = _known(benefit, facts)
    cap = _cap(benefit, facts)
    cut = cap is not None and (high is None or high > cap)
    if cap is not None:
        low, high = None if low is None else min(low, cap), _under(cap, high)
    times = tuple((fact, _number(facts, fact)) for fact in benefit.times)
    factor = prod((number for _, number in times), start=Decimal(1))
    reckoned = filter(None, (benefit.of, benefit.top_up_to, benefit.from_))
    parts = tuple((fact, _number(facts, fact)) for fact in reckoned)
    ends = _multiplied(low, factor), _multiplied(high, factor)
    return Sum(benefit, *ends, (), parts, cap, cut, (low, high), times)


def _cap(benefit: Benefit, facts: Facts) -> int | None:
    """The line above this one sum, in fen; None where there is none, or nobody knows it yet."""
    if not isinstance(benefit.cap, str):
        return _fen(benefit.cap)
    return None if facts.get(benefit.cap) is None else _down(_number(facts, benefit.cap))


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
        case Benefit(of=str(whole)) if whole:
            low, high = (_part(share, _number(facts, whole)) for share in benefit.shares)
            return low, high
        case Benefit(top_up_to=str(line)) if line:
            gap = max(0, _down(_number(facts, line) - _number(facts, benefit.from_)))
            return gap, gap
        case _:
            return _fen(benefit.at_least), _fen(benefit.up_to)


def _of_tier(benefit: Benefit, facts: Facts) -> Range:
    number = _number(facts, benefit.by)
    for tier in benefit.tiers:
        if tier.holds(number):
            return (None, tier.up_to * 100) if tier.up_to else (_fen(tier.yuan), _fen(tier.yuan))
    return 0, 0


def _part(share: Decimal | None, whole: Decimal) -> int | None:
    return None if share is None else _down(share * whole / 100)


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
