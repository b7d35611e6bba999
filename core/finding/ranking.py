"""How well each statement of a scheme answers a question: what speaks for it, weighed.

The weights were fitted (softmax regression) to follow-ups whose answers are known, each fold put to
a translation that had been learned from the others; `bench/finding/learn.py` fits them anew.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from core.finding.likeness import Content, Weights, cosine, cover
from core.finding.matters import Matter
from core.finding.statements import Kind, Statement
from core.finding.telling import FIRM, TOLD_BY
from core.finding.translation import Floats

TEXT = 0.4  # how much an answer itself weighs beside the questions it answers
SAME_MATTER = 0.12  # the written answer is after the same thing
SIGNS = (
    "covered", "covered_behind", "translated", "translated_best", "asked_so", "known",
    "told_first", "told_also", "same_part", "firm", "aside", "written", "length",
    "whole", "whole_part", "whole_bare",
    "unsaid", "unsaid_covered", "unsaid_translated", "unsaid_known",
    "unsaid_firm", "unsaid_unheard",
)  # fmt: skip
WEIGHTS = np.array(
    [
        4.128,  # covered
        2.137,  # covered_behind
        1.527,  # translated
        2.618,  # translated_best
        3.660,  # asked_so
        1.000,  # known
        0.746,  # told_first
        -0.138,  # told_also
        -0.063,  # same_part
        0.315,  # firm
        -0.522,  # aside
        -0.149,  # written
        1.655,  # length
        -0.008,  # whole
        1.737,  # whole_part
        -0.665,  # whole_bare
        4.225,  # unsaid
        2.070,  # unsaid_covered
        0.021,  # unsaid_translated
        3.510,  # unsaid_known
        1.415,  # unsaid_firm
        0.294,  # unsaid_unheard
    ],
    np.float32,
)


@dataclass(frozen=True)
class Asked:
    """A question as it is compared."""

    wanted: list[Matter]
    said: Weights
    content: Content
    rest: bool  # something is asked beside what the matter itself says
    unheard: bool = False  # and no sentence of the file has a word of it


@dataclass(frozen=True)
class Ready:
    """A statement as it is compared; a written answer by its questions and by what they want."""

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

    def fit(self, asked: Asked) -> float:
        """How like the question is to those a written answer answers."""
        if not self.ways:
            return 0.0
        wanted = set(asked.wanted[:1])
        way = max(
            cosine(asked.said, way) + SAME_MATTER * bool(wanted & after) for way, after in self.ways
        )
        return way + TEXT * cosine(asked.said, self.text)


@dataclass(frozen=True)
class Said:
    """Everything one scheme can answer with."""

    ready: list[Ready]

    @cached_property
    def unsaid(self) -> int:
        """Where it stands that the document does not say it."""
        return next(n for n, each in enumerate(self.ready) if each.statement.kind is Kind.UNSAID)


def chances(signs: Floats) -> Floats:
    """How likely each statement is the answer; together they are 1."""
    scores = signs @ WEIGHTS
    likely = np.exp(scores - scores.max())
    return np.asarray(likely / likely.sum(), np.float32)


def signs(found: Said, asked: Asked, translated: Floats, known: Mapping[int, float]) -> Floats:
    """What speaks for each statement, a row for each, in the order of `SIGNS`."""
    best = float(translated.max()) or 1.0
    rows = [
        _signs(each, asked, float(translated[n]), best, known.get(n, 0.0))
        for n, each in enumerate(found.ready)
    ]
    rows[found.unsaid] = _unsaid(found.ready, asked, rows, known.get(found.unsaid, 0.0))
    return np.array(rows, np.float32)


def _signs(each: Ready, asked: Asked, translated: float, best: float, known: float) -> list[float]:
    statement, wanted = each.statement, asked.wanted
    first = wanted[0] if wanted else None
    told = first is not None and each.speaks(first)
    whole = statement.kind is Kind.WHOLE
    same = statement.matter is first
    covered = cover(asked.content, statement.text)
    return [
        covered,
        cover(asked.content, statement.words) if statement.known_by else covered,
        translated,
        translated / best,
        each.fit(asked),
        known,
        told and not whole,
        any(each.speaks(matter) for matter in wanted[1:3]) and not whole,
        same and not whole,
        told and first in FIRM and not whole,
        statement.aside,
        statement.answer is not None,
        math.log1p(len(statement.text)) / 5,
        whole,
        whole and same,
        whole and same and not asked.rest,
        *(0.0,) * 6,
    ]


def _unsaid(
    ready: Sequence[Ready], asked: Asked, rows: Sequence[list[float]], known: float
) -> list[float]:
    first = asked.wanted[0] if asked.wanted else None
    untold = first in FIRM and not any(each.speaks(first) for each in ready)
    covered = max(row[SIGNS.index("covered")] for row in rows)
    translated = max(row[SIGNS.index("translated")] for row in rows)
    return [*(0.0,) * 16, 1.0, covered, translated, known, untold, asked.unheard]
