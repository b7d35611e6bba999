"""Fits the weights of `core.finding.leaving` anew: `python -m bench.finding.leave`.

Follow-ups stay with the scheme at hand. Questions of their own leave it: each is put while another
scheme is at hand, drawn by lot, and once more while one is at hand that is nearly as near.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.finding.measure import elsewhere, found_in, rows, table, without
from core.finding.finder import Finder
from core.finding.leaving import WEIGHTS
from storage import schemes as files
from storage import wording

FOLDER = Path(__file__).resolve().parents[2] / "schemes"
CALLED = 1  # the sign without which nobody leaves
KEPT = 0.99  # so many follow-ups stay
TUNED = ("tuned", "second", "last")
STEPS, RATE, SMALL = 5_000, 0.3, 1e-3

Doubles = NDArray[np.float64]


def main() -> None:
    catalogue = files.read(FOLDER)
    schemes = [catalogue.versions(each)[-1] for each in catalogue.every_id]
    naming, answered = rows("naming"), table("answered")
    asked = [*(each.question for each in naming), *(line["question"] for line in answered)]
    finder = found_in(*without(schemes, wording.every(FOLDER, catalogue), asked))
    stay = [line for line in answered if finder.knows(line["about"])]
    staying = _signs(finder, ((e["question"], e["about"]) for e in stay if e["part"] in TUNED))
    tuned = [each for each in naming if each.part == "tuned"]
    leaving = _signs(finder, elsewhere(finder, tuned))
    weights, base = fit(*(signs[signs[:, CALLED] > 0] for signs in (staying, leaving)))
    unseen = _signs(finder, ((e["question"], e["about"]) for e in stay if e["part"] not in TUNED))
    called = np.where(unseen[:, CALLED] > 0, unseen @ weights + base, -np.inf)
    leaves = float(np.quantile(called, KEPT))
    told = " ".join(f"{each:.2f}" for each in weights)
    sys.stdout.write(f"WEIGHTS {told}, BASE {base - leaves:.2f}\n")


def _signs(finder: Finder, put: Iterable[tuple[str, str]]) -> Doubles:
    return np.array([finder.leaving(q, about).signs for q, about in put], float)


def fit(staying: Doubles, leaving: Doubles) -> tuple[Doubles, float]:
    """Logistic regression; both sides count the same."""
    every = np.concatenate([staying, leaving])
    middle, spread = every.mean(0), every.std(0) + 1e-6
    signs = (every - middle) / spread
    left = np.repeat([0.0, 1.0], [len(staying), len(leaving)])
    counts = np.where(left == 1, len(every) / len(leaving), len(every) / len(staying)) / 2
    weights, base = np.zeros(len(WEIGHTS)), 0.0
    for _ in range(STEPS):
        off = (1 / (1 + np.exp(-(signs @ weights + base))) - left) * counts
        weights -= RATE * (signs.T @ off / len(every) + SMALL * weights)
        base -= RATE * float(off.mean())
    weights /= spread
    return weights, base - float(middle @ weights)


if __name__ == "__main__":
    main()
