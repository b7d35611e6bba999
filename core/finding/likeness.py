"""How like two texts are, by characters and pairs; a rare one counts more."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.finding.plain import Terms, plain, terms
from core.numerals import numeral

NAMED = 0.25  # how much a word of the scheme's own name counts: every question may have it
LONE = 0.2  # a single character beside pairs
MEANT = 0.9  # a word that was not said itself

COUNTED = re.compile("([一二两三四五六七八九十百千万]+)([年岁个人天日月次名万元%倍])")

Weights = dict[str, float]
Meaning = tuple[str, str]  # what was said, and a word of the file for it


@dataclass(frozen=True)
class Other:
    """Terms of a question, and the words a file may have for them."""

    terms: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class Content:
    """What a question is about: its terms with their weights, and other words for some of them."""

    said: Weights
    others: tuple[Other, ...] = ()


class Likeness:
    """Knows which terms are rare in questions."""

    def __init__(self, asks: Sequence[str]) -> None:
        within = Counter(term for ask in asks for term in terms(plain(ask), every=True))
        self._count = len(asks)
        self._rarity = {term: self._idf(times) for term, times in within.items()}

    def vector(self, text: str, name: str) -> Weights:
        """All terms of a plain text, with their weights; `name` is what every text may say."""
        return self._weighted(terms(text, every=True), name)

    def content(self, text: str, meant: Iterable[Meaning], name: str) -> Content:
        """The terms of a plain question without its empty words, and what it means by them."""
        found = self._weighted(terms(text), name)
        said = {term: w * (LONE if len(term) == 1 else 1.0) for term, w in found.items()}
        words: dict[str, list[str]] = {}
        for phrase, word in (*meant, *_in_figures(text)):
            if word not in words.setdefault(phrase, []):
                words[phrase].append(word)
        others = []
        for phrase, means in words.items():
            own = tuple(term for term in terms(phrase, every=True) if term in said)
            if not any(len(term) == 2 for term in own):  # said in empty words: 哪个出
                said.setdefault(phrase, self._idf(0))
                own = (*own, phrase)
            others.append(Other(own, tuple(means)))
        return Content(said, tuple(others))

    def _weighted(self, found: Terms, name: str) -> Weights:
        return {
            term: (1 + math.log(times))
            * self._rarity.get(term, self._idf(0))
            * (NAMED if term in name else 1.0)
            for term, times in found.items()
        }

    def _idf(self, times: int) -> float:
        return math.log((1 + self._count) / (1 + times)) + 1


def _in_figures(text: str) -> Iterator[Meaning]:
    """三十个人 as a file may print it: 30个人."""
    for found in COUNTED.finditer(text):
        if (number := numeral(found[1])) is not None:
            yield found[0], f"{number}{found[2]}"


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    shared = sum(weight * other[term] for term, weight in one.items() if term in other)
    lengths = math.hypot(*one.values()) * math.hypot(*other.values())
    return shared / lengths if lengths else 0.0


def cover(content: Content, text: str) -> float:
    """How much of a question stands in a text, in its own words or in others."""
    here = {term: weight for term, weight in content.said.items() if term in text}
    for other in content.others:
        if any(word in text for word in other.words):
            for term in other.terms:
                here.setdefault(term, MEANT * content.said[term])
    whole = sum(content.said.values()) or 1.0
    return sum(here.values()) / whole
