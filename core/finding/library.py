"""Everything that is searched, and how near each scheme is to a question.

Four views of a scheme: each single wording of a question, all its wordings together, its rules
together, and each single rule with the name of the scheme; and how much of the question stands
anywhere in it. Together they find more than the best of them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.finding.followups import Known
from core.finding.matters import without_matter
from core.finding.plain import Terms, bare, filed, merged, plain, terms
from core.finding.sounds import Sounds
from core.finding.strangers import Signs, Strangers
from core.finding.table import Scores, Table
from core.finding.texts import Texts
from core.finding.wording import Beyond, Wording

SINGLE, TOGETHER, RULES, RULE, COVERED = 1.0, 1.0, 0.45, 0.65, 1.2  # how much each view weighs
BYGONE, AFAR = 0.35, 0.2  # taken off a scheme of the past, and of a town nobody named
SILENT = 0.2  # taken off a scheme that never speaks of a subject the question names
YEAR = re.compile(r"\d+年?")
LONE = 1.2  # a single character beside pairs
MEANT, SOUNDS_LIKE = 0.5, 0.5  # how much a word counts that was not typed itself
TOWNS = {
    "km": ("昆明", "五华", "盘龙", "官渡", "西山", "呈贡"),
    "qj": ("曲靖", "珠源", "麒麟", "沾益"),
}

Weighted = dict[str, float]


@dataclass(frozen=True)
class Nearness:
    """How near every scheme is to a question, and what that says of the question."""

    scores: Scores
    signs: Signs


class Library:
    """All schemes, ready to be asked."""

    def __init__(
        self,
        texts: Sequence[Texts],
        wording: Wording,
        syllables: Mapping[str, str],
        known: Known,
    ) -> None:
        self.known = known
        self.schemes = tuple(each.scheme for each in texts)
        self._meant = _by_word(wording.synonyms)
        self._within = _by_word(wording.within)
        wordings = [[terms(filed(said)) for said in each.wordings] for each in texts]
        beyond = [(Beyond(kind), said) for kind, all_ in wording.beyond.items() for said in all_]
        self._kinds = [kind for kind, _ in beyond]
        self.talk = {bare(plain(said)): kind for kind, said in beyond}  # said just so
        called = [each.wordings[: each.names] for each in texts]
        self._called = [merged(terms(filed(name)) for name in names) for names in called]
        names = [terms(filed(each.name)) for each in texts]
        whole = [
            [said if _calls(said, known) else merged([said, name]) for said in all_]
            for all_, known, name in zip(wordings, self._called, names, strict=True)
        ]
        self._single = Table([*_flat(whole), *(terms(filed(said)) for _, said in beyond)])
        self._wordings = _starts(wordings)
        self.strangers = Strangers(_flat(wordings), [terms(filed(said)) for _, said in beyond])
        self._together = Table(merged(each) for each in wordings)
        self._rules = Table(merged(_rules(each)) for each in texts)
        both = zip(wordings, texts, strict=True)
        self._all = Table(merged([*said, *_rules(each)]) for said, each in both)
        named = zip(texts, names, strict=True)
        self._rule = Table(merged([rule, name]) for each, name in named for rule in _rules(each))
        self._ruled = _starts(each.rules for each in texts)
        self._sounds = Sounds(syllables, self._single.pairs())
        self._subjects = tuple(wording.subjects.values())
        spoken = ["".join(each.wordings) for each in texts]
        self._silent = np.array(
            [[not _names(words, text) for text in spoken] for words in self._subjects], np.float32
        ).reshape(len(self._subjects), len(texts))
        self._off = np.array([BYGONE * each.bygone for each in texts], np.float32)
        self._towns = [(n, TOWNS[s[:2]]) for n, s in enumerate(self.schemes) if s[:2] in TOWNS]

    def weighted(self, asked: str) -> Weighted:
        """The terms of a plain question, with those it means but does not say."""
        spelt, typed = self._sounds.spelt(asked)
        found = {
            term: times * (LONE if len(term) == 1 else 1.0) for term, times in terms(typed).items()
        }
        heard = [pair for term in found if (pair := self._heard(term))]
        for word in self._meanings(asked):
            for term in terms(word):
                found[term] = max(found.get(term, 0.0), MEANT)
        for pair in (*spelt, *heard):
            for term in (pair, *pair):
                found[term] = max(found.get(term, 0.0), SOUNDS_LIKE)
        return found

    def written(self, asked: str) -> str:
        """A plain question with characters for what is spelt out in pinyin."""
        spelt, typed = self._sounds.spelt(asked)
        return " ".join([typed, *spelt]) if spelt else asked

    def nearness(self, asked: str, weighted: Mapping[str, float]) -> Nearness:
        """How near every scheme is to a plain question, and what else it may be about."""
        every = self._single.likeness(weighted)
        count = int(self._wordings[-1])
        single: Scores = np.maximum.reduceat(every[:count], self._wordings[:-1])
        rule: Scores = np.maximum.reduceat(self._rule.likeness(weighted), self._ruled[:-1])
        scores: Scores = SINGLE * single + RULE * rule - self._off
        scores += TOGETHER * self._together.likeness(weighted)
        scores += RULES * self._rules.likeness(weighted)
        scores += COVERED * self._all.cover(weighted)
        named = np.array([_names(words, asked) for words in self._subjects], np.bool_)
        scores -= SILENT * self._silent[named].sum(axis=0)
        for row, towns in self._towns:
            scores[row] -= 0.0 if any(town in asked for town in towns) else AFAR
        top = int(every[count:].argmax()) if self._kinds else 0
        kind, known = (self._kinds[top], every[count + top]) if self._kinds else (None, 0.0)
        signs = Signs(float(scores.max()), float(single.max()), kind, float(known))
        return Nearness(scores, signs)

    def calls(self, asked: str, row: int, here: int) -> int:
        """How many pairs of a question stand in the names of one scheme, and not of that here."""
        return sum(pair not in self._called[here] for pair in self._calling(asked, row))

    def near_by(self, asked: str, row: int, here: int) -> bool:
        """Whether a question calls one scheme by a word that is no name of the scheme at hand."""
        return self.calls(asked, row, here) > 0

    def _calling(self, asked: str, row: int) -> Iterator[str]:
        """The pairs of a question that stand in the names of a scheme; a year is no name."""
        spelt, typed = self._sounds.spelt(YEAR.sub(" ", without_matter(asked)))
        pairs = [*spelt, *(term for term in terms(typed) if len(term) == 2)]
        return (pair for pair in pairs if pair in self._called[row])

    def _meanings(self, asked: str) -> Iterator[str]:
        for word, meanings in self._meant.items():
            if word in asked:
                yield from meanings

    def meant_within(self, asked: str) -> Iterator[tuple[str, str]]:
        """What was said, and the words of a file for it."""
        for meant in (self._meant, self._within):
            for word, meanings in meant.items():
                if word in asked:
                    yield from ((word, meaning) for meaning in meanings)

    def _heard(self, term: str) -> str | None:
        """What an unknown pair sounds like."""
        unknown = len(term) == 2 and term not in self._single
        return self._sounds.like(term) if unknown else None


def _calls(said: Terms, known: Terms) -> bool:
    """Whether a wording calls the scheme by a word of its names; 公示几天 could be asked of all."""
    return any(len(term) == 2 and term in known for term in said)


def _names(words: Sequence[str], text: str) -> bool:
    return any(word in text for word in words)


def _rules(texts: Texts) -> Iterator[Terms]:
    """One by one, and again when asked again: all at once they fill a hundred megabytes."""
    return (terms(filed(said)) for said in texts.rules)


def _by_word(synonyms: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meaning, words in synonyms.items():
        for word in words:
            found.setdefault(plain(word), []).append(plain(meaning))
    return found


def _flat(groups: Iterable[Sequence[Terms]]) -> Iterator[Terms]:
    for group in groups:
        yield from group


def _starts(groups: Iterable[Sequence[object]]) -> NDArray[np.int64]:
    """Where the rows of each group begin, and where the last one ends."""
    return np.concatenate([[0], np.cumsum([len(group) for group in groups])])
