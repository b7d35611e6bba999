"""Which words of a question go with which words of the sentence that answers it.

A model of translation from the files' language into that of people, learned from questions whose
answers are known (Brown et al. 1993, model 1: the chance that a word of the answer is behind a word
of the question, improved a few times). It knows 发钱 of 拨付, and 几天 of a notice.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]
Pair = tuple[Sequence[str], Sequence[str]]  # the words of a question, and those of its answer

ROUNDS = 4
LEAST = 0.01  # chances below are forgotten
CAUTION = 0.5  # times a word is taken to have gone with nothing
OFTEN = 0.5  # how much a chance counts beside how often the word is said at all
RARE, UNSEEN = 0.5, 1000.0
NOTHING = np.empty(0, np.int64)


class Translation:
    """Learned once from all known questions; compared in a fraction of a millisecond."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        words = Counter(word for question, _ in pairs for word in question)
        answers = {id(answer): answer for _, answer in pairs}
        behind = Counter(word for answer in answers.values() for word in answer)
        # Of what was said but once nothing can be learned.
        self._asked = {word: n for n, word in enumerate(_often(words))}
        self._said = {word: n for n, word in enumerate(_often(behind))}
        known = {each: self.numbers(answer) for each, answer in answers.items()}
        left, right, where = [], [], []
        count = 0
        for question, answer in pairs:
            known_of = [self._asked[word] for word in question if word in self._asked]
            asked = np.array(known_of, np.int64)
            said = known[id(answer)]
            left.append(np.repeat(asked, len(said)))
            right.append(np.tile(said, len(asked)))
            where.append(np.repeat(np.arange(count, count + len(asked)), len(said)))
            count += len(asked)
        self._chances(_joined(left), _joined(right), _joined(where), count)
        often = np.array([words[word] for word in self._asked], np.float32)
        self._often = (often + RARE) / (often.sum() + UNSEEN)

    def numbers(self, words: Iterable[str]) -> Numbers:
        """The words of a sentence as `likeness` wants them; unknown ones are left out."""
        known = (self._said.get(word) for word in words)
        return np.array([n for n in known if n is not None], np.int64)

    def likeness(self, question: Iterable[str], sentences: Numbers, starts: Numbers) -> Floats:
        """How well each sentence explains a question, 0 and above.

        `sentences` are the words of all of them, one after the other; each begins at its start
        and has at least one word.
        """
        asked = [n for word in question if (n := self._asked.get(word)) is not None]
        found = np.zeros(len(starts), np.float32)
        if not asked or not len(sentences):
            return found
        lengths = np.diff(np.append(starts, len(sentences))).astype(np.float32)
        chance = np.zeros(len(self._said), np.float32)
        for word in asked:
            part = slice(self._starts[word], self._starts[word + 1])
            behind = self._behind[part]
            chance[behind] = self._chance[part]
            each = np.add.reduceat(chance[sentences], starts) / lengths
            found += np.log1p(OFTEN * each / self._often[word])
            chance[behind] = 0.0
        found /= np.float32(len(asked))
        return found

    def _chances(
        self,
        left: Numbers,
        right: Numbers,
        where: Numbers,
        count: int,
    ) -> None:
        """For every word of a question those that may be behind it, with their chances."""
        width = max(len(self._said), 1)
        cells, of = _distinct(left * width + right)
        behind = cells % width
        chance = np.ones(len(cells), np.float64)
        for _ in range(ROUNDS):
            here = chance[of]
            whole = np.bincount(where, here, minlength=count)
            times = np.bincount(of, here / whole[where], minlength=len(cells))
            sums = np.bincount(behind, times, minlength=width)
            chance = times / (sums[behind] + CAUTION)
        kept = chance >= LEAST
        self._behind = behind[kept].astype(np.int32)
        self._chance = chance[kept].astype(np.float32)
        words = (cells // width)[kept]
        self._starts = np.searchsorted(words, np.arange(len(self._asked) + 1))


def _often(words: Counter[str]) -> Iterator[str]:
    return (word for word, times in words.items() if times > 1)


def _joined(parts: Sequence[Numbers]) -> Numbers:
    return np.concatenate([NOTHING, *parts])


def _distinct(numbers: Numbers) -> tuple[Numbers, Numbers]:
    """Each number once, and where each one went; numpy's own `unique` takes twice as long."""
    order = numbers.argsort()
    ranked = numbers[order]
    new = np.concatenate([[True], ranked[1:] != ranked[:-1]])[: len(ranked)]
    of = np.empty_like(numbers)
    of[order] = np.cumsum(new) - 1
    return ranked[new], of
