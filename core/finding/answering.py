"""The best answer of one scheme to a question: a written one, or what its data say."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from core.answers import Answer
from core.finding.matters import Matter, matters
from core.finding.parts import Line, Part, overview, part_of
from core.finding.plain import Terms, plain, terms
from core.scheme import Scheme

TEXT = 0.4  # how much the answer itself weighs beside the questions it answers
NAMED = 0.25  # how much a word of the scheme's own name counts: every question may have it
SAME_MATTER = 0.12  # the written answer is after the same thing
SURE, PERHAPS = 0.42, 0.16  # likeness from which a written answer is taken
HARDLY = 0.05  # still better than to name nobody but whom to ask
VAGUE = 0.25  # the same where anything may be meant: 能不能, 要不要

Weights = dict[str, float]


@dataclass(frozen=True)
class Chosen:
    """One of the two, with how well it fits (0 to about 1.5; a part has none)."""

    written: Answer | None = None
    part: Part | None = None
    fit: float = 0.0

    @property
    def cite(self) -> str:
        if self.written:
            return self.written.cite
        return "、".join(self.part.cites) if self.part else ""


@dataclass(frozen=True)
class Ready:
    """A written answer as it is compared: its questions with what they are after, and its text."""

    answer: Answer
    ways: list[tuple[Weights, frozenset[Matter]]]
    text: Weights


class Answering:
    """Knows which words are rare in questions."""

    def __init__(self, schemes: Iterable[Scheme]) -> None:
        asks = [way for scheme in schemes for answer in scheme.answers for way in answer.ask]
        within = Counter(term for ask in asks for term in terms(plain(ask), every=True))
        self._count = len(asks)
        self._kept: dict[str, list[Ready]] = {}
        self._rarity = {term: self._idf(times) for term, times in within.items()}

    def best(self, scheme: Scheme, asked: str) -> Chosen:
        """The answer of this scheme to a plain question."""
        wanted = matters(asked)
        said = self._vector(asked, scheme)
        written = max(self._written(scheme, said, wanted), key=lambda each: each.fit, default=None)
        sure = VAGUE if wanted[:1] == [Matter.WHO] else SURE
        if written and written.fit >= sure:
            return written
        for matter in wanted:
            part = part_of(scheme, matter)
            if part and part.cites:
                return Chosen(part=self._nearest_first(part, said))
        if written and written.fit >= PERHAPS:
            return written
        parts = (part_of(scheme, matter) for matter in wanted)
        part = next(filter(None, parts), None) or overview(scheme)
        if part.cites or not written or written.fit < HARDLY:
            return Chosen(part=part)
        return written

    def _written(self, scheme: Scheme, said: Weights, wanted: list[Matter]) -> Iterator[Chosen]:
        for ready in self._ready(scheme):
            fit = max(
                _cosine(said, way) + SAME_MATTER * bool(set(wanted[:1]) & after)
                for way, after in ready.ways
            )
            yield Chosen(written=ready.answer, fit=fit + TEXT * _cosine(said, ready.text))

    def _ready(self, scheme: Scheme) -> list[Ready]:
        """The answers of a scheme as they are compared; worked out when it is first asked."""
        if scheme.id not in self._kept:
            self._kept[scheme.id] = [self._weigh(scheme, answer) for answer in scheme.answers]
        return self._kept[scheme.id]

    def _weigh(self, scheme: Scheme, answer: Answer) -> Ready:
        ways = [plain(way) for way in answer.ask]
        return Ready(
            answer,
            [(self._vector(way, scheme), frozenset(matters(way))) for way in ways],
            self._vector(plain(answer.answer), scheme),
        )

    def _vector(self, text: str, scheme: Scheme) -> Weights:
        return self._weighted(terms(text, every=True), scheme)

    def _nearest_first(self, part: Part, said: Weights) -> Part:
        """The lines that speak of what was asked stand before the others."""

        def likeness(line: Line) -> float:
            words = " ".join(str(value) for value in line.values.values())
            return sum(said.get(term, 0.0) for term in terms(plain(words), every=True))

        if part.matter in (Matter.STEPS, Matter.PLACES, Matter.NOTICE, Matter.PAPERS):
            return part  # their order tells something
        return Part(part.matter, tuple(sorted(part.lines, key=lambda line: -likeness(line))))

    def _weighted(self, found: Terms, scheme: Scheme) -> Weights:
        name = terms(plain(scheme.name), every=True)
        return {
            term: (1 + math.log(times))
            * self._rarity.get(term, self._idf(0))
            * (NAMED if term in name else 1.0)
            for term, times in found.items()
        }

    def _idf(self, times: int) -> float:
        return math.log((1 + self._count) / (1 + times)) + 1


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    shared = sum(weight * other[term] for term, weight in one.items() if term in other)
    lengths = math.hypot(*one.values()) * math.hypot(*other.values())
    return shared / lengths if lengths else 0.0
