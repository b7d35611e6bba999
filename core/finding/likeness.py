"""How like two texts are, by characters and pairs; a rare one counts more."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from core.finding.plain import Terms, plain, terms
from core.numerals import numeral

NAMED = 0.25  # how much a word of the scheme's own name counts: every question may have it
LONE = 0.2  # a single character beside pairs
MEANT = 0.7  # a word that was not said itself

COUNTED = re.compile("([一二两三四五六七八九十百千万]+)([年岁个人天日月次名万元%倍])")

Weights = dict[str, float]


class Likeness:
    """Knows which terms are rare in questions."""

    def __init__(self, asks: Sequence[str]) -> None:
        within = Counter(term for ask in asks for term in terms(plain(ask), every=True))
        self._count = len(asks)
        self._rarity = {term: self._idf(times) for term, times in within.items()}

    def vector(self, text: str, name: str) -> Weights:
        """All terms of a plain text, with their weights; `name` is what every text may say."""
        return self._weighted(terms(text, every=True), name)

    def content(self, text: str, meant: Iterable[str], name: str) -> Weights:
        """The terms of a plain question without its empty words, and what it means by them."""
        found = self._weighted(terms(text), name)
        for word in (*meant, *_in_figures(text)):
            for term, weight in self._weighted(terms(word), name).items():
                found.setdefault(term, MEANT * weight)
        return {term: w * (LONE if len(term) == 1 else 1.0) for term, w in found.items()}

    def _weighted(self, found: Terms, name: str) -> Weights:
        return {
            term: (1 + math.log(times))
            * self._rarity.get(term, self._idf(0))
            * (NAMED if term in name else 1.0)
            for term, times in found.items()
        }

    def _idf(self, times: int) -> float:
        return math.log((1 + self._count) / (1 + times)) + 1


def _in_figures(text: str) -> Iterator[str]:
    """三十个人 as a file may print it: 30个人."""
    for found in COUNTED.finditer(text):
        if (number := numeral(found[1])) is not None:
            yield f"{number}{found[2]}"


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    shared = sum(weight * other[term] for term, weight in one.items() if term in other)
    lengths = math.hypot(*one.values()) * math.hypot(*other.values())
    return shared / lengths if lengths else 0.0


def cover(content: Mapping[str, float], text: str) -> float:
    """How much of a question stands in a text."""
    whole = sum(content.values()) or 1.0
    return sum(weight for term, weight in content.items() if term in text) / whole
