"""Which words of a question go with which words of the sentence that answers it.

A model of translation from the files' language into that of people, learned from questions whose
answers are known (Brown et al. 1993, model 1: the chance that a word of the answer is behind a word
of the question, improved a few times). It knows 发钱 of 拨付, and 几天 of a notice.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Numbers = NDArray[np.int32]
Pair = tuple[Sequence[str], Sequence[str]]  # the words of a question, and those of its answer

ROUNDS = 4
LEAST = 0.01  # chances below are forgotten
CAUTION = 0.5  # times a word is taken to have gone with nothing
OFTEN = 0.5  # how much a chance counts beside how often the word is said at all
RARE, UNSEEN = 0.5, 1000.0
NOTHING = np.empty(0, np.int32)


@dataclass(frozen=True)
class Sentences:
    """Sentences by the numbers of their words, one after the other: where each begins, its length.

    None is empty.
    """

    words: Numbers
    starts: Numbers
    lengths: Floats


class Translation:
    """Learned once from all known questions; compared in a fraction of a millisecond."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        often = Counter(word for question, _ in pairs for word in question)
        self._asked: Mapping[str, int] = dict.fromkeys(_learnable(often), 0)
        questions = [self._words(question) for question, _ in pairs]
        often = Counter(word for words in questions for word in words)
        self._asked = {word: n for n, word in enumerate(often)}
        answers = {id(answer): answer for _, answer in pairs}
        behind = Counter(word for answer in answers.values() for word in answer)
        self._said = {word: n for n, word in enumerate(_learnable(behind))}
        said = {each: self._said_numbers(answer) for each, answer in answers.items()}
        self._chances([(self._asked_numbers(words), said[id(answer)])
                       for words, (_, answer) in zip(questions, pairs, strict=True)])  # fmt: skip
        times = np.array([often[word] for word in self._asked], np.float32)
        self._often = (times + RARE) / (times.sum() + UNSEEN)

    def sentences(self, spoken: Sequence[Iterable[str]]) -> Sentences:
        """Sentences as `likeness` wants them; words nothing was learned of are left out."""
        words = [self._said_numbers(each) for each in spoken]
        words = [each if len(each) else np.zeros(1, np.int32) for each in words]
        starts = np.cumsum([0, *(len(each) for each in words)]).astype(np.int32)
        return Sentences(_joined(words), starts[:-1], np.diff(starts).astype(np.float32))

    def likeness(self, question: Iterable[str], sentences: Sentences) -> Floats:
        """How well each sentence explains a question, 0 and above."""
        asked = self._asked_numbers(self._words(question)).tolist()
        words, starts, lengths = sentences.words, sentences.starts, sentences.lengths
        found = np.zeros(len(starts), np.float32)
        if not asked or not self._said:
            return found
        chance = np.zeros(len(self._said), np.float32)
        for word in asked:
            part = slice(self._starts[word], self._starts[word + 1])
            behind = self._behind[part]
            chance[behind] = self._chance[part]
            each = np.add.reduceat(chance[words], starts) / lengths
            found += np.log1p(OFTEN * each / self._often[word])
            chance[behind] = 0.0
        found /= np.float32(len(asked))
        return found

    def _words(self, question: Iterable[str]) -> list[str]:
        """The pairs that are known, and the single characters that stand in none of them."""
        known = [word for word in question if word in self._asked]
        within = {sign for word in known if len(word) == 2 for sign in word}
        return [word for word in known if word not in within]

    def _said_numbers(self, words: Iterable[str]) -> Numbers:
        return np.array([self._said[word] for word in words if word in self._said], np.int32)

    def _asked_numbers(self, words: Iterable[str]) -> Numbers:
        return np.array([self._asked[word] for word in words], np.int32)

    def _chances(self, pairs: Sequence[tuple[Numbers, Numbers]]) -> None:
        """For every word of a question those that may be behind it, with their chances."""
        width = max(len(self._said), 1)
        ends = np.cumsum([0, *(len(asked) for asked, _ in pairs)])
        cells, of = _distinct(
            _joined([np.repeat(asked, len(said)) for asked, said in pairs]).astype(np.int64) * width
            + _joined([np.tile(said, len(asked)) for asked, said in pairs])
        )
        where = _joined([
            np.repeat(np.arange(end - len(asked), end, dtype=np.int32), len(said))
            for (asked, said), end in zip(pairs, ends[1:].tolist(), strict=True)
        ])  # fmt: skip
        behind = cells % width
        chance = np.ones(len(cells), np.float64)
        for _ in range(ROUNDS):
            here = chance[of]
            whole = np.bincount(where, here, minlength=int(ends[-1]))
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


def _distinct(numbers: NDArray[np.int64]) -> tuple[NDArray[np.int64], Numbers]:
    """Each number once, and where each one went; numpy's own `unique` takes twice as long."""
    order = numbers.argsort()
    ranked = numbers[order]
    new = np.concatenate([[True], ranked[1:] != ranked[:-1]])[: len(ranked)]
    of = np.empty(len(numbers), np.int32)
    of[order] = np.cumsum(new) - 1
    return ranked[new], of


def _learnable(words: Counter[str]) -> Iterator[str]:
    """Of what was said but once nothing can be learned."""
    return (word for word, times in words.items() if times > 1)
