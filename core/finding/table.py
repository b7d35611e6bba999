"""Which texts are most like a question: tf-idf over characters and pairs, as sparse columns."""

import math
from array import array
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from core.finding.plain import Terms

Scores = NDArray[np.float32]


class Table:
    """Texts as rows of unit length; `likeness` is the cosine with each of them."""

    def __init__(self, texts: Iterable[Terms]) -> None:
        self._columns: dict[str, int] = {}
        columns, rows, weights = array("i"), array("i"), array("f")
        count = 0
        for row, found in enumerate(texts):
            count = row + 1
            for term, times in found.items():
                columns.append(self._columns.setdefault(term, len(self._columns)))
                rows.append(row)
                weights.append(1 + math.log(times))
        self._count = count
        self._unknown = math.log(1 + count) + 1  # a term that stands nowhere tells most
        self._idf, self._starts, self._rows, self._weights = _sorted(
            np.asarray(columns, np.int32),
            np.asarray(rows, np.int32),
            np.asarray(weights, np.float32),
            (count, len(self._columns)),
        )

    def __contains__(self, term: str) -> bool:
        return term in self._columns

    def holds(self, term: str, row: int) -> bool:
        """Whether the term stands in that row."""
        column = self._columns.get(term)
        if column is None:
            return False
        return row in self._rows[self._starts[column] : self._starts[column + 1]]

    def pairs(self) -> dict[str, int]:
        """Every pair of characters, with the number of texts it stands in."""
        within = np.diff(self._starts)
        return {term: int(within[n]) for term, n in self._columns.items() if len(term) == 2}

    def cover(self, asked: Mapping[str, float]) -> Scores:
        """Which part of a weighted question stands in each row, the rare words counting most."""
        covered = np.zeros(self._count, np.float32)
        whole = 0.0
        for term, weight in asked.items():
            column = self._columns.get(term)
            if column is None:
                whole += weight * self._unknown
                continue
            value = weight * float(self._idf[column])
            whole += value
            covered[self._rows[self._starts[column] : self._starts[column + 1]]] += value
        if whole:
            covered /= np.float32(whole)
        return covered

    def likeness(self, asked: Mapping[str, float]) -> Scores:
        """The cosine of a weighted question with every row."""
        rows, weights = [], []
        length = 0.0
        for term, weight in asked.items():
            column = self._columns.get(term)
            if column is None:
                length += (weight * self._unknown) ** 2
                continue
            value = weight * float(self._idf[column])
            length += value * value
            part = slice(self._starts[column], self._starts[column + 1])
            rows.append(self._rows[part])
            weights.append(value * self._weights[part])
        if not rows:
            return np.zeros(self._count, np.float32)
        found = np.bincount(np.concatenate(rows), np.concatenate(weights), self._count)
        return (found / math.sqrt(length)).astype(np.float32)


def _sorted(
    columns: NDArray[np.int32],
    rows: NDArray[np.int32],
    weights: Scores,
    shape: tuple[int, int],
) -> tuple[Scores, NDArray[np.int64], NDArray[np.int32], Scores]:
    """The weights times their rarity, every row of length one, column by column."""
    height, width = shape
    within = np.bincount(columns, minlength=width)
    idf = (np.log((1 + height) / (1 + within)) + 1).astype(np.float32)
    weights = weights * idf[columns]
    lengths = np.sqrt(np.bincount(rows, weights.astype(np.float64) ** 2, minlength=height))
    weights = (weights / np.maximum(lengths, 1e-9)[rows]).astype(np.float32)
    order = np.argsort(columns, kind="stable")
    starts = np.concatenate([[0], np.cumsum(within)])
    return idf, starts, rows[order], weights[order]
