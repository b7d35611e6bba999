"""The best answer of one scheme to a question: a written one, or what its data say.

Every sentence of the file is held against the question: how much of it the sentence covers, and
whether it speaks of what is asked for. Where none does, the answer is that the file does not say.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from core.answers import Answer
from core.finding.likeness import Content, Likeness, Meaning, Weights, cosine, cover
from core.finding.matters import Matter, asks, asks_at_large, matters, rest
from core.finding.parts import MOST, TELLERS, Line, Part, overview, part_of
from core.finding.plain import filed, terms
from core.finding.statements import Statement, statements
from core.finding.telling import FIRM, TOLD_BY
from core.scheme import Scheme

TEXT = 0.4  # how much the answer itself weighs beside the questions it answers
SAME_MATTER = 0.12  # the written answer is after the same thing
SURE = 0.6  # likeness from which a written answer is taken at once
LIKELY = 0.38  # the same, where nothing is asked beside the matter
HARDLY = 0.3  # still better than to say that the document does not
FITS = 0.7  # how much the likeness of its questions counts among the other sentences
TOLD, ALSO = 0.3, 0.12  # a sentence speaks of what is asked for most, or of the rest of it
ASIDE = 0.1  # taken off a remark
CLAUSES = re.compile("[,，.。;；!！?？]+")
CLEAR, LIKE, PERHAPS = (
    0.5,
    0.38,
    0.2,
)  # a sentence is the answer; where nothing tells what is asked for
UNTOLD = 0.7  # the same, where no sentence has a word of what is asked for
STAYS = 0.7  # so much of a question in one sentence, and no other scheme is meant
AS_MUCH = 0.97
NEAR = 0.85  # others beside the best
LISTED = frozenset(
    {Matter.PAPERS, Matter.STEPS, Matter.PLACES, Matter.NOTICE, Matter.SCORING, Matter.AMOUNT}
)
UNCITED = frozenset({Matter.BASIS, Matter.CONTACT})
# Where the one is not said, the other is still good to know.
BESIDE = {
    Matter.LATE: Matter.WHEN,
    Matter.YEARLY: Matter.WHEN,
    Matter.ONLINE: Matter.WHERE,
    Matter.SEAL: Matter.PAPERS,
    Matter.ACCOUNT: Matter.PAYING,
}
ORDERED = LISTED - {Matter.AMOUNT}  # their order tells something


Meant = Callable[[str], Iterable[Meaning]]


def nothing_else(text: str) -> Iterable[Meaning]:
    """Where no other words are known."""
    return ()


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

    @property
    def unsaid(self) -> bool:
        """Whether the answer is that the document does not say it."""
        return bool(self.part and self.part.lines[0].key == "unsaid")


@dataclass(frozen=True)
class Ready:
    """A sentence as it is compared; a written answer by its questions and by what they want."""

    statement: Statement
    ways: list[tuple[Weights, frozenset[Matter]]]
    text: Weights
    told: dict[Matter, bool] = field(default_factory=dict)

    def speaks(self, matter: Matter) -> bool:
        """Whether it is about a matter; kept, for the same things are asked again and again."""
        if matter not in self.told:
            pattern = TOLD_BY.get(matter)
            said = bool(pattern and pattern.search(self.statement.text))
            self.told[matter] = self.statement.matter is matter or said
        return self.told[matter]


@dataclass(frozen=True)
class Asked:
    """A question as it is compared."""

    wanted: list[Matter]
    said: Weights
    content: Content
    rest: bool  # something is asked beside what the matter itself says
    unheard: bool = False  # and no sentence of the file has a word of it


class Answering:
    """Keeps the sentences of every scheme that was asked before."""

    def __init__(self, schemes: Iterable[Scheme]) -> None:
        asks = [way for scheme in schemes for answer in scheme.answers for way in answer.ask]
        self._likeness = Likeness(asks)
        self._kept: dict[str, list[Ready]] = {}
        self._names: dict[str, tuple[str, str]] = {}

    def best(self, scheme: Scheme, text: str, meant: Meant = nothing_else) -> Chosen:
        """The answer of this scheme to a plain question; `meant` gives other words for one."""
        whole = self._one(scheme, text, meant)
        asked = [clause for clause in CLAUSES.split(text) if asks(clause) and matters(clause)]
        if len(asked) < 2 or whole.fit >= SURE:
            return whole
        both = [self._one(scheme, clause, meant) for clause in asked[:2]]
        lines = [line for chosen in both for line in _lines(chosen)[: MOST // 2]]
        return Chosen(part=Part(Matter.BASIS, _once(lines)))

    def holds(self, scheme: Scheme, text: str, meant: Meant = nothing_else) -> bool:
        """Whether one sentence of this scheme has nearly all of a plain question."""
        ready = self._ready(scheme)
        content = self._read(scheme, text, meant(text), ready).content
        return any(cover(content, each.statement.words) >= STAYS for each in ready)

    def _one(self, scheme: Scheme, text: str, meant: Meant) -> Chosen:
        ready = self._ready(scheme)
        asked = self._read(scheme, text, meant(text), ready)
        fits = {n: self._fit(each, asked) for n, each in enumerate(ready) if each.ways}
        scores = [self._score(each, asked, fits.get(n, 0.0)) for n, each in enumerate(ready)]
        asking_whom = asked.wanted[:1] == [Matter.CONTACT]  # every file can say it
        top = max(fits, key=lambda n: fits[n], default=None)
        likely = fits[top] if top is not None else 0.0
        if top is not None and likely >= (SURE if asked.rest and not asking_whom else LIKELY):
            return Chosen(written=ready[top].statement.answer, fit=likely)
        if not asked.rest and not asking_whom and (whole := self._whole(scheme, asked)):
            return whole
        if (best := self._best(ready, scores, asked)) is not None:
            if best in fits:  # of answers that say as much, the one to the likest question
                best = max(
                    (n for n in fits if scores[n] >= AS_MUCH * scores[best]), key=fits.__getitem__
                )
            return self._told(scheme, asked, ready, scores, best)
        if whole := self._whole(scheme, asked):
            return whole
        if top is not None and likely >= HARDLY:
            return Chosen(written=ready[top].statement.answer, fit=likely)
        return self._unsaid(scheme, asked)

    def _best(self, ready: list[Ready], scores: list[float], asked: Asked) -> int | None:
        """The sentence that answers; one that tells of a matter with words of its own is enough."""
        best = max(range(len(ready)), key=lambda n: scores[n], default=None)
        if best is None or not (asked.rest or asked.wanted or ready[best].ways):
            return None
        matter = asked.wanted[0] if asked.wanted else None
        least = PERHAPS if matter is None else CLEAR
        if matter is Matter.CONTACT or (matter and matter not in TELLERS and asked.rest):
            least = LIKE
        if matter in FIRM:
            told = any(each.speaks(matter) for each in ready)
            least = TOLD if ready[best].speaks(matter) else least if told else max(least, UNTOLD)
        return best if scores[best] >= least else None

    def _read(
        self, scheme: Scheme, text: str, meant: Iterable[Meaning], ready: list[Ready]
    ) -> Asked:
        name, own_words = self._named(scheme)
        content = self._likeness.content(text, meant, name)
        beside = [term for term in terms(rest(text)) if len(term) == 2 and term not in name]
        unheard = bool(beside) and not asks_at_large(text)
        if unheard:
            words = [*beside, *(word for other in content.others for word in other.words)]
            unheard = not any(word in each.statement.words for each in ready for word in words)
        wanted = matters(text, own_words)
        said = self._likeness.vector(text, name)
        return Asked(wanted, said, content, bool(beside), unheard)

    def _named(self, scheme: Scheme) -> tuple[str, str]:
        """What the scheme is called, and all that it is called."""
        if scheme.id not in self._names:
            called = filed(" ".join((scheme.name, *scheme.called)))
            self._names[scheme.id] = (filed(scheme.name), called)
        return self._names[scheme.id]

    def _fit(self, each: Ready, asked: Asked) -> float:
        wanted = set(asked.wanted[:1])
        way = max(
            cosine(asked.said, way) + SAME_MATTER * bool(wanted & after) for way, after in each.ways
        )
        return way + TEXT * cosine(asked.said, each.text)

    def _score(self, each: Ready, asked: Asked, fit: float) -> float:
        statement = each.statement
        score = cover(asked.content, statement.words) + FITS * fit
        for n, matter in enumerate(asked.wanted[:3]):
            if each.speaks(matter):
                score += ALSO if n else TOLD
        return score - ASIDE * statement.aside

    def _told(
        self, scheme: Scheme, asked: Asked, ready: list[Ready], scores: list[float], best: int
    ) -> Chosen:
        """The best sentence; with its list where it is one of a list that was asked for."""
        first = ready[best].statement
        if first.answer:
            return Chosen(written=first.answer, fit=scores[best])
        if first.matter in LISTED and first.matter in asked.wanted:
            return Chosen(part=self._nearest_first(scheme, first.matter, asked))
        near = [
            n
            for n, each in enumerate(ready)
            if scores[n] >= NEAR * scores[best] and each.statement.matter is first.matter
        ]
        near.sort(key=lambda n: -scores[n])
        lines = _once(ready[n].statement.line for n in near[:2])
        return Chosen(part=Part(first.matter, lines))

    def _whole(self, scheme: Scheme, asked: Asked) -> Chosen | None:
        """The whole part that was asked for, where the file has one."""
        matter = asked.wanted[0] if asked.wanted else None
        if matter is Matter.WHO and asked.unheard:
            return None
        part = self._nearest_first(scheme, matter, asked) if matter else None
        return Chosen(part=part) if part and (part.cites or matter in UNCITED) else None

    def _unsaid(self, scheme: Scheme, asked: Asked) -> Chosen:
        if not asked.wanted and not asked.rest:
            return Chosen(part=overview(scheme))
        about = asked.wanted[0] if asked.wanted else None
        lines = [Line("unsaid", "", {"matter": about})]
        beside = part_of(scheme, BESIDE[about]) if about in BESIDE else None
        lines += beside.lines[:2] if beside and beside.cites else ()
        if scheme.contacts:
            lines.append(Line("contacts", "", {"contacts": scheme.contacts}))
        return Chosen(part=Part(about or Matter.BASIS, tuple(lines)))

    def _ready(self, scheme: Scheme) -> list[Ready]:
        """The sentences of a scheme as they are compared; worked out when it is first asked."""
        if scheme.id not in self._kept:
            self._kept[scheme.id] = [self._weigh(scheme, each) for each in statements(scheme)]
        return self._kept[scheme.id]

    def _weigh(self, scheme: Scheme, statement: Statement) -> Ready:
        if statement.answer is None:
            return Ready(statement, [], {})
        name = filed(scheme.name)
        ways = [filed(way) for way in statement.answer.ask]
        return Ready(
            statement,
            [(self._likeness.vector(way, name), frozenset(matters(way))) for way in ways],
            self._likeness.vector(filed(statement.answer.answer), name),
        )

    def _nearest_first(self, scheme: Scheme, matter: Matter, asked: Asked) -> Part | None:
        """The lines that speak of what was asked stand before the others."""
        part = part_of(scheme, matter)
        if part is None or matter in ORDERED or not asked.rest:
            return part

        def likeness(line: Line) -> float:
            words = " ".join(str(value) for value in line.values.values())
            return cover(asked.content, words.casefold())

        return replace(part, lines=tuple(sorted(part.lines, key=lambda line: -likeness(line))))


def _lines(chosen: Chosen) -> tuple[Line, ...]:
    if chosen.written:
        return (Line("said", chosen.written.cite, {"say": chosen.written.answer}),)
    return chosen.part.lines if chosen.part else ()


def _once(lines: Iterable[Line]) -> tuple[Line, ...]:
    kept: list[Line] = []
    for line in lines:
        if line not in kept:
            kept.append(line)
    return tuple(kept)
