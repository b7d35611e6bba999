"""Typing by sound: pinyin instead of characters, and a character that only sounds right."""

import re
from collections.abc import Mapping
from itertools import pairwise

# Where the dialects of Yunnan, and thumbs, make no difference.
ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n"))
LATIN = re.compile(r"[a-zü]+")
LONGEST_SYLLABLE = 6


class Sounds:
    """`syllables` of single characters; pairs are looked up by how they sound.

    Of several that sound alike, the one that is said most is meant.
    """

    def __init__(self, syllables: Mapping[str, str], pairs: Mapping[str, int]) -> None:
        self._of = syllables
        self._known = frozenset(syllables.values())
        self._pairs: dict[tuple[str, str], str] = {}
        for pair in sorted(pairs, key=lambda pair: pairs[pair]):
            if pair[0] in syllables and pair[1] in syllables:
                self._pairs[self._key(*pair)] = pair

    def like(self, pair: str) -> str | None:
        """The known pair that sounds like this one."""
        if pair[0] not in self._of or pair[1] not in self._of:
            return None
        return self._pairs.get(self._key(*pair))

    def spelt(self, text: str) -> tuple[list[str], str]:
        """Known pairs that are spelt out in pinyin, and the text without that spelling.

        A single syllable alone may be anything; beside longer words it is pinyin as well.
        """
        runs = [(run, self._cut(run)) for run in LATIN.findall(text)]
        if not any(len(syllables) > 1 for _, syllables in runs):
            return [], text
        said: list[str] = []
        for run, syllables in runs:
            said += [loose(syllable) for syllable in syllables]
            text = text.replace(run, " ", 1) if syllables else text
        pairs = (self._pairs.get(both) for both in pairwise(said))
        return [pair for pair in pairs if pair], text

    def _cut(self, run: str) -> list[str]:
        """The run as syllables, the longest ones first; empty if it is no pinyin."""
        best: list[list[str] | None] = [[]]
        for end in range(1, len(run) + 1):
            cuts = [
                [*before, run[start:end]]
                for start in range(max(0, end - LONGEST_SYLLABLE), end)
                if (before := best[start]) is not None and run[start:end] in self._known
            ]
            best.append(min(cuts, key=len, default=None))
        return best[-1] or []

    def _key(self, first: str, second: str) -> tuple[str, str]:
        return loose(self._of[first]), loose(self._of[second])


def loose(syllable: str) -> str:
    """The syllable without the differences that many do not make."""
    for strict, lax in ALIKE:
        syllable = syllable.replace(strict, lax)
    return syllable
