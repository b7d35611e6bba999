"""Drawing a list from the register: who is on it, who is not and why, and each person but once.

What nobody knows drops nobody: it is marked, and the officers who check the list find it out.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby

from core.decision import Verdict
from core.truth import NO, UNKNOWN, YES
from core.verdict import Reason

CERTAINTY = {YES: 2, UNKNOWN: 1, NO: 0}


@dataclass(frozen=True)
class Candidate:
    """One entry of the register with what follows from it; `person` is the identity's hash."""

    entry: int
    person: str
    verdict: Verdict

    @property
    def weight(self) -> tuple[int, int, int]:
        """Whoever holds two titles goes by the better one, then by the older entry."""
        fen = sum(each.high or each.low or 0 for each in self.verdict.sums)
        return CERTAINTY[self.verdict.truth], fen, -self.entry


@dataclass(frozen=True)
class Drawing:
    """`twice` are further entries of people who are listed; `paid` have this year's already."""

    listed: tuple[Candidate, ...]
    left_out: tuple[Candidate, ...]
    twice: tuple[Candidate, ...] = ()
    paid: tuple[Candidate, ...] = ()


def draw(candidates: Iterable[Candidate], awarded: Collection[str] = ()) -> Drawing:
    """Every person once, in the order of the register; `awarded` got it elsewhere this year."""
    known = sorted(candidates, key=lambda each: (each.person, each.entry))
    listed, left_out, twice, paid = [], [], [], []
    for person, entries in groupby(known, key=lambda each: each.person):
        best, *rest = sorted(entries, key=lambda each: each.weight, reverse=True)
        if best.verdict.truth is NO:
            left_out.append(best)
        elif person in awarded:
            paid.append(best)
        else:
            listed.append(best)
            twice += [each for each in rest if each.verdict.truth is not NO]
    by_entry = [sorted(each, key=lambda c: c.entry) for each in (listed, left_out, twice, paid)]
    return Drawing(*map(tuple, by_entry))


def why_not(verdict: Verdict) -> Reason | None:
    """The first condition that speaks against it."""
    return next(iter(verdict.failed), None)
