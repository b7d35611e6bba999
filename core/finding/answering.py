"""The best answer of one scheme to a question: a written one, or what its data say.

Everything the file says is held against the question, and that it does not say it as well; the
likeliest is the answer, together with another sentence that is nearly as likely.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from core.answers import Answer
from core.finding.followups import Known
from core.finding.likeness import Likeness, Meaning, cover
from core.finding.matters import Matter, asks, asks_at_large, matters, rest
from core.finding.parts import MOST, Line, Part, overview, part_of
from core.finding.plain import filed, terms
from core.finding.ranking import SIGNS, Asked, Ready, Said, chances, signs
from core.finding.statements import Kind, Statement, statements
from core.finding.translation import Floats
from core.scheme import Scheme

CLAUSES = re.compile("[,，.。;；!！?？]+")
SURE = 0.6  # so likely an answer, that the clauses of a question are not asked one by one
SAME = 0.75  # so like a question whose answer is known, it is the same one
STAYS = 0.7  # so much of a question in one sentence, and no other scheme is meant
DOUBT = 0.5  # as likely beside the best that the document does not say it: told first
EXPLAINED, CLEARLY = 0.8, 0.7  # so well translated and so likely an answer: the same
FAR = 0.07  # so unlikely that it is not even told as what comes nearest
WRITTEN = 0.5  # so like a question with a written answer, that the answer is told
HARDLY = 0.2  # too unlikely to be told as the answer
BESIDE_IT = 2  # sentences told with the best
NEAR = 0.25  # as likely beside the best: it is told as well
LISTED = frozenset(
    {Matter.PAPERS, Matter.STEPS, Matter.PLACES, Matter.NOTICE, Matter.SCORING, Matter.AMOUNT}
)
ORDERED = LISTED - {Matter.AMOUNT}  # their order tells something
# Where the one is not said, the other is still good to know.
BESIDE = {
    Matter.LATE: Matter.WHEN,
    Matter.YEARLY: Matter.WHEN,
    Matter.ONLINE: Matter.WHERE,
    Matter.SEAL: Matter.PAPERS,
    Matter.ACCOUNT: Matter.PAYING,
}

Meant = Callable[[str], Iterable[Meaning]]


def nothing_else(text: str) -> Iterable[Meaning]:
    """Where no other words are known."""
    return ()


@dataclass(frozen=True)
class Chosen:
    """One of the two, with how likely it is (0 to 1)."""

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
class Put:
    """A question put to a scheme, and how its statements stand to it."""

    scheme: str
    text: str
    found: Said
    asked: Asked
    translated: Floats
    known: Mapping[int, float]

    @cached_property
    def signs(self) -> Floats:
        return signs(self.found, self.asked, self.translated, self.known)

    @cached_property
    def likely(self) -> Floats:
        """How likely each statement is the answer; together they are 1."""
        return chances(self.signs)


class Answering:
    """Keeps the statements of every scheme that was asked before."""

    def __init__(self, schemes: Iterable[Scheme], known: Known) -> None:
        self._rows = {scheme.id: n for n, scheme in enumerate(schemes)}
        asks = [way for scheme in schemes for answer in scheme.answers for way in answer.ask]
        self._likeness = Likeness(asks)
        self._known = known
        self._kept: dict[str, Said] = {}
        self._names: dict[str, tuple[str, str]] = {}
        self._last: Put | None = None

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
        """Whether one sentence of this scheme has nearly all of a plain question, or is clearly
        the answer to it."""
        put = self._put(scheme, text, meant)
        found = put.found.ready
        if any(cover(put.asked.content, each.statement.words) >= STAYS for each in found):
            return True
        best = int(put.likely.argmax())
        explained = best != put.found.unsaid and put.translated[best] >= EXPLAINED
        return bool(explained and put.likely[best] >= CLEARLY)

    def fits(
        self, scheme: Scheme, text: str, meant: Meant = nothing_else
    ) -> tuple[float, float, float]:
        """How much of a plain question one sentence has, how well one explains it, and how like
        it is to a question known of this scheme."""
        put = self._put(scheme, text, meant)
        covered = max(cover(put.asked.content, e.statement.words) for e in put.found.ready)
        written = float(put.signs[:, SIGNS.index("asked_so")].max())
        known = max(written, *put.known.values(), 0.0)
        return covered, float(put.translated.max()), known

    def signs(self, scheme: Scheme, text: str, meant: Meant = nothing_else) -> Floats:
        """What speaks for each statement of the scheme."""
        return self._put(scheme, text, meant).signs

    def _one(self, scheme: Scheme, text: str, meant: Meant) -> Chosen:
        put = self._put(scheme, text, meant)
        same = max(put.known, key=lambda n: put.known[n], default=None)
        if same is not None and put.known[same] >= SAME:
            return self._told(scheme, put, [same], put.known[same])
        if (whole := self._whole(put)) is not None:
            return self._told(scheme, put, [whole], float(put.likely[whole]))
        order = [int(n) for n in np.argsort(-put.likely)[:MOST]]
        best, unsaid = float(put.likely[order[0]]), put.found.unsaid
        near = [n for n in order if put.likely[n] >= max(NEAR * best, FAR)]
        if put.likely[unsaid] >= DOUBT * best or best < HARDLY:
            near = [unsaid, *(n for n in near if n != unsaid)]
        return self._told(scheme, put, near, best)

    def _whole(self, put: Put) -> int | None:
        """The part that was asked for and nothing beside it, unless it was written: 要什么条件."""
        written = float(put.signs[:, SIGNS.index("asked_so")].max())
        if put.asked.rest or not asks_at_large(put.text) or written >= WRITTEN:
            return None
        said = [each.statement for each in put.found.ready]
        found = (n for n, each in enumerate(said) if each.kind is Kind.WHOLE)
        return next((n for n in found if said[n].matter in put.asked.wanted[:1]), None)

    def _put(self, scheme: Scheme, text: str, meant: Meant) -> Put:
        """A question put to a scheme; the last is kept, for it is asked of in more than one way."""
        kept = self._last
        if kept is None or (kept.scheme, kept.text) != (scheme.id, text):
            found = self._ready(scheme)
            asked = self._read(scheme, text, meant)
            row = self._rows[scheme.id]
            translated, known = self._known.translated(row, text), self._known.like(row, text)
            kept = Put(scheme.id, text, found, asked, translated, known)
            self._last = kept
        return kept

    def _told(self, scheme: Scheme, put: Put, order: list[int], likely: float) -> Chosen:
        """The best statement, and with it the next, if that is a sentence that says more."""
        asked = put.asked
        first, *others = [put.found.ready[n].statement for n in order]
        if first.kind is Kind.UNSAID:
            near = [each for each in others if each.kind is Kind.SENTENCE]
            return self._unsaid(scheme, asked, near[:2] if likely < SURE else [])
        if first.kind is Kind.WHOLE or (first.matter in LISTED and first.matter in asked.wanted):
            part = self._nearest_first(scheme, first.matter, asked)
            if part:
                return Chosen(part=part, fit=likely)
        more = [each for each in others if each.kind is Kind.SENTENCE and not _within(each, first)]
        if first.answer and not more:
            return Chosen(written=first.answer, fit=likely)
        lines = _once(each.line for each in (first, *more[:BESIDE_IT]))
        return Chosen(part=Part(first.matter, lines), fit=likely)

    def _unsaid(self, scheme: Scheme, asked: Asked, near: list[Statement]) -> Chosen:
        """That the document does not say it, and the sentence that comes nearest to it."""
        if not asked.wanted and not asked.rest:
            return Chosen(part=overview(scheme))
        about = asked.wanted[0] if asked.wanted else None
        lines = [Line("unsaid", "", {"matter": about})]
        beside = part_of(scheme, BESIDE[about]) if about in BESIDE else None
        if near:
            lines += [Line("nearest", ""), *(each.line for each in near)]
        elif beside and beside.cites:
            lines += beside.lines[:2]
        if scheme.contacts:
            lines.append(Line("contacts", "", {"contacts": scheme.contacts}))
        return Chosen(part=Part(about or Matter.BASIS, tuple(lines)))

    def _read(self, scheme: Scheme, text: str, meant: Meant) -> Asked:
        """A plain question as it is compared with the statements of a scheme."""
        name, own_words = self._named(scheme)
        content = self._likeness.content(text, meant(text), name)
        beside = [term for term in terms(rest(text)) if len(term) == 2 and term not in name]
        unheard = bool(beside) and not asks_at_large(text)
        if unheard:
            words = [*beside, *(word for other in content.others for word in other.words)]
            said = [each.statement.words for each in self._ready(scheme).ready]
            unheard = not any(word in each for each in said for word in words)
        vector = self._likeness.vector(text, name)
        return Asked(matters(text, own_words), vector, content, bool(beside), unheard)

    def _named(self, scheme: Scheme) -> tuple[str, str]:
        """What the scheme is called, and all that it is called."""
        if scheme.id not in self._names:
            called = filed(" ".join((scheme.name, *scheme.called)))
            self._names[scheme.id] = (filed(scheme.name), called)
        return self._names[scheme.id]

    def _ready(self, scheme: Scheme) -> Said:
        """The statements of a scheme as they are compared; worked out when it is first asked."""
        if scheme.id not in self._kept:
            ready = [self._weigh(scheme, each) for each in statements(scheme)]
            self._kept[scheme.id] = Said(ready)
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


def _within(one: Statement, other: Statement) -> bool:
    """Whether the other says it already."""
    same = one.line.values.get("say", one) == other.line.values.get("say", other)
    return same or one.line == other.line or one.text.strip() in other.text


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
