"""Fits the weights of `core.finding.ranking` anew: `python -m bench.finding.learn`.

Each fold of the follow-ups in `schemes/wording/followups/` is put to what was learned from the
others, so that no question is known by heart. Prints how often the first statement is right, and
the weights.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.finding.answering import Answering
from core.finding.finder import library
from core.finding.followups import Followups, Known, place
from core.finding.matters import common
from core.finding.plain import plain
from core.finding.ranking import SIGNS
from core.finding.statements import Statement, statements
from storage import indexing, wording
from storage import schemes as files

FOLDER = Path(__file__).resolve().parents[2] / "schemes"
FOLDS = 5
PUT = 6_000  # questions are enough for two dozen weights
STEPS, RATE, FORGETTING, SMALL = 300, 0.08, 0.9, 1e-3
FIXED = {"known": 0.0}  # a fold knows fewer questions of the right statement: learned, it misleads

Doubles = NDArray[np.float64]


@dataclass(frozen=True)
class Put:
    """A question with what speaks for each statement, and which of them answer it."""

    signs: Doubles
    right: NDArray[np.bool_]


def main() -> None:
    catalogue = files.read(FOLDER)
    schemes = [catalogue.versions(each)[-1] for each in catalogue.every_id]
    said = wording.every(FOLDER, catalogue)
    asked = said.followups
    nothing = replace(said, followups={})
    meant = library(schemes, nothing, indexing.syllables()).meant_within
    put: list[Put] = []
    every = max(1, sum(len(ways) for each in asked.values() for ways in each.values()) // PUT)
    for fold in range(FOLDS):
        kept, aside = _split(asked, fold)
        answering = Answering(schemes, Known(schemes, kept))
        for scheme in schemes:
            said = list(statements(scheme))
            for key, question in aside.get(scheme.id, ())[::every]:
                signs = answering.signs(scheme, common(plain(question)), meant)
                put.append(Put(signs.astype(float), _right(said, key)))
    weights = fit([each for n, each in enumerate(put) if n % 2])
    told = first(weights, [each for n, each in enumerate(put) if not n % 2])
    weights = fit(put)
    lines = [
        f"{len(put)} questions, {told:.1%} first on the half not fitted to",
        "WEIGHTS = np.array([",
    ]
    lines += [f"    {weight:.3f},  # {name}" for name, weight in zip(SIGNS, weights, strict=True)]
    sys.stdout.write("\n".join([*lines, "], np.float32)", ""]))


def _split(
    asked: Mapping[str, Followups], fold: int
) -> tuple[dict[str, Followups], dict[str, list[tuple[str, str]]]]:
    """The follow-ups without one fold, and that fold: keys and questions by scheme."""
    kept: dict[str, Followups] = {}
    aside: dict[str, list[tuple[str, str]]] = {}
    count = 0
    for scheme, ways in asked.items():
        aside[scheme] = []
        rest: dict[str, tuple[str, ...]] = {}
        for key, questions in ways.items():
            for question in questions:
                if count % FOLDS == fold:
                    aside[scheme].append((key, question))
                else:
                    rest[key] = (*rest.get(key, ()), question)
                count += 1
        kept[scheme] = rest
    return kept, aside


def _right(said: Sequence[Statement], key: str) -> NDArray[np.bool_]:
    """The statement a key means, and those that say the very same."""
    n = place(said, key)
    if n is None:
        raise ValueError(f"{key} leads to no sentence")
    means = said[n]
    same = [each.kind is means.kind and each.text.strip() == means.text.strip() for each in said]
    return np.array([n == other or alike for other, alike in enumerate(same)])


def fit(put: Sequence[Put]) -> Doubles:
    """Softmax regression by Adam: the right statements of each question become the likeliest."""
    rows = np.concatenate([each.signs for each in put])
    spread = rows.std(0) + 1e-6
    right = np.concatenate([each.right for each in put]).astype(float)
    starts = np.cumsum([0, *(len(each.signs) for each in put[:-1])])
    whose = np.repeat(np.arange(len(put)), [len(each.signs) for each in put])
    free = np.array([name not in FIXED for name in SIGNS])
    rows = rows / spread * free
    weights = np.zeros(len(SIGNS))
    drift, force = np.zeros_like(weights), np.zeros_like(weights)
    for _ in range(STEPS):
        scores = rows @ weights
        likely = np.exp(scores - np.maximum.reduceat(scores, starts)[whose])
        likely /= np.add.reduceat(likely, starts)[whose]
        good = likely * right
        good /= np.add.reduceat(good, starts)[whose] + 1e-12
        slope = rows.T @ (likely - good) / len(put) + SMALL * weights
        drift = FORGETTING * drift + (1 - FORGETTING) * slope
        force = 0.99 * force + 0.01 * slope**2
        weights -= RATE * drift / (np.sqrt(force) + 1e-8)
    found: Doubles = weights / spread * free
    return found


def first(weights: Doubles, put: Sequence[Put]) -> float:
    """How often the likeliest statement is a right one."""
    return sum(bool(each.right[(each.signs @ weights).argmax()]) for each in put) / len(put)


if __name__ == "__main__":
    main()
