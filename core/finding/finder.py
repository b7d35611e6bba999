"""Answers a question in plain words: the schemes that may be meant, best first, each answered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial

import numpy as np

from core.finding.answering import Answering, Chosen
from core.finding.followups import Known
from core.finding.leaving import Leaving
from core.finding.library import Library, Nearness
from core.finding.matters import common, matters, says_more
from core.finding.plain import bare, plain
from core.finding.strangers import wished
from core.finding.texts import texts_of
from core.finding.wording import SMALL_TALK, Beyond, Wording
from core.scheme import Scheme

MOST = 4  # schemes named for one question: the best and three others
OTHERS = 0.6  # an alternative is at least this good beside the best
LEAST = 0.5  # below it, only words were shared that every question has
NAMED = 1.0  # another scheme may be meant as well
SURELY_BEYOND = 0.6  # within a conversation


@dataclass(frozen=True)
class Hit:
    """A scheme that may be meant, how near it is, and how it is answered."""

    scheme: Scheme
    score: float
    find: Callable[[], Chosen]

    @cached_property
    def chosen(self) -> Chosen:
        """Its best answer, looked for when it is wanted: of most schemes only the name is."""
        return self.find()

    def bygone(self, today: date) -> bool:
        """Whether its document is no longer in force."""
        return (self.scheme.source.until or date.max) < today


@dataclass(frozen=True)
class Heard:
    """What a message is about: schemes, or something that is none of ours."""

    hits: tuple[Hit, ...]
    beyond: Beyond | None = None

    @property
    def understood(self) -> bool:
        return bool(self.hits) and self.beyond is None


NOTHING = Heard(())


def library(schemes: Sequence[Scheme], wording: Wording, syllables: Mapping[str, str]) -> Library:
    """What is searched, made out of the files: the part that takes long."""
    asked = wording.asked
    texts = [texts_of(scheme, asked.get(scheme.id, ())) for scheme in schemes]
    return Library(texts, wording, syllables, Known(schemes, wording.followups))


class Finder:
    """Made once from all schemes; answers in a few milliseconds."""

    def __init__(self, schemes: Sequence[Scheme], found_in: Library) -> None:
        self._schemes = tuple(schemes)
        self._places = {scheme.id: n for n, scheme in enumerate(self._schemes)}
        self._library = found_in
        self._answering = Answering(self._schemes, found_in.known)

    def knows(self, scheme_id: str) -> bool:
        return scheme_id in self._places

    def hear(self, text: str, about: str = "") -> Heard:
        """What is meant; within a conversation `about` a scheme, its answer if it has one."""
        asked = plain(text)
        if talk := self._library.talk.get(bare(asked)):
            return Heard((), talk)
        if not any(sign.isalpha() for sign in asked):
            return NOTHING  # a bare number is no question
        weighted = self._library.weighted(asked)
        near = self._library.nearness(asked, weighted)
        if about in self._places:
            return self._about(common(asked), near, self._places[about])
        return self._free(asked, near)

    def answer(self, scheme_id: str, text: str) -> Hit:
        """The answer of one scheme, whatever else may be meant."""
        scheme = self._schemes[self._places[scheme_id]]
        return Hit(scheme, 0.0, partial(self._best, self._places[scheme_id], common(plain(text))))

    def _free(self, asked: str, near: Nearness) -> Heard:
        beyond = self._library.strangers.kind(self._library.written(asked), near.signs)
        order = np.argsort(-near.scores)[:MOST]
        least = max(OTHERS * near.signs.score, LEAST)
        rows = [int(row) for row in order if near.scores[row] >= least]
        return Heard(tuple(self._hit(row, near, asked) for row in rows), beyond)

    def _about(self, asked: str, near: Nearness, row: int) -> Heard:
        """The scheme at hand answers, unless another is meant; then it stands beside the answer."""
        if self._leaving(asked, near, row).plain:
            free = self._free(asked, near)
            away = [hit for hit in free.hits if hit.scheme is not self._schemes[row]]
            return replace(free, hits=(*away[: MOST - 1], self._hit(row, near, asked)))
        if wished(asked):
            return Heard((), Beyond.UNLAWFUL)
        talk = near.signs.kind is not Beyond.UNLAWFUL  # to ask what becomes of cheats is no wish
        if near.signs.kind in SMALL_TALK and matters(asked):
            talk = False  # 在哪里 is asked of the scheme, not of us
        sure = near.signs.known > max(near.signs.best, SURELY_BEYOND)
        if talk and sure and says_more(asked) and not self._holds(row, asked):
            return Heard((), near.signs.kind)
        others = [
            n
            for n in map(int, np.argsort(-near.scores)[:MOST])
            if n != row and near.scores[n] >= NAMED and self._library.near_by(asked, n, row)
        ]
        first = self._hit(row, near, asked)
        return Heard((first, *(self._hit(n, near, asked) for n in others[: MOST - 1])))

    def leaving(self, text: str, about: str) -> Leaving:
        """What speaks for and against leaving the scheme at hand."""
        asked = plain(text)
        near = self._library.nearness(asked, self._library.weighted(asked))
        return self._leaving(common(asked), near, self._places[about])

    def nearest(self, text: str) -> list[str]:
        """The ids of all schemes, the nearest first."""
        asked = plain(text)
        near = self._library.nearness(asked, self._library.weighted(asked))
        return [self._schemes[int(n)].id for n in np.argsort(-near.scores)]

    def _leaving(self, asked: str, near: Nearness, row: int) -> Leaving:
        order = map(int, np.argsort(-near.scores)[:2])
        other = next((n for n in order if n != row), row)
        here = self._answering.fits(self._schemes[row], asked, self._library.meant_within)
        called = self._library.calls(asked, other, row)
        return Leaving(float(near.scores[other]), called, says_more(asked), *here)

    def _holds(self, row: int, asked: str) -> bool:
        return self._answering.holds(self._schemes[row], asked, self._library.meant_within)

    def _hit(self, row: int, near: Nearness, asked: str) -> Hit:
        score = round(float(near.scores[row]), 3)
        asked = common(asked)
        return Hit(self._schemes[row], score, partial(self._best, row, asked))

    def _best(self, row: int, asked: str) -> Chosen:
        return self._answering.best(self._schemes[row], asked, self._library.meant_within)
