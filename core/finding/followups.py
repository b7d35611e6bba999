"""What people ask about the scheme at hand, by the sentence that answers it.

A file in `schemes/wording/followups/` bears the id of its scheme. A key is some words of the
sentence, of which the shortest that has them is meant; the name of a part (`papers`), for a
question after all of it; or `unsaid`, for what the document does not say.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from core.book import Problem, load, located, private, texts
from core.completeness import Flaw
from core.errors import SchemeFileError
from core.finding.matters import common
from core.finding.plain import filed, terms
from core.finding.statements import Kind, Statement, statements
from core.finding.table import Table
from core.finding.translation import Floats, Pair, Translation
from core.finding.wording import unworded
from core.scheme import Scheme

Followups = Mapping[str, tuple[str, ...]]  # questions, by key
UNSAID = "unsaid"


def read_followups(files: Mapping[str, str], schemes: Sequence[Scheme]) -> dict[str, Followups]:
    """The files by scheme. Raises SchemeFileError with every problem found."""
    known = {scheme.id: scheme for scheme in schemes}
    found: dict[str, Followups] = {}
    problems: list[Problem] = []
    for name, text in files.items():
        scheme_id = name.rpartition("/")[2].removesuffix(".yaml")
        try:
            raw = load(text, name)
        except SchemeFileError as error:
            problems += error.problems
            continue
        flaws = [*unworded(raw), *private(texts(raw))]
        if scheme_id not in known:
            flaws.append(((), "no scheme has this id"))
        elif not flaws:
            flaws += _astray(known[scheme_id], raw)
        if flaws:
            problems += located(text, name, flaws)
        else:
            found[scheme_id] = {key: tuple(asked) for key, asked in raw.items()}
    if problems:
        raise SchemeFileError(problems)
    return found


def place(said: Sequence[Statement], key: str) -> int | None:
    """Which of the statements of a scheme a key means; None if none."""
    for n, each in enumerate(said):
        if each.kind is not Kind.SENTENCE and each.line.key == key:
            return n
    words = key.casefold()
    having = [n for n, each in enumerate(said) if each.kind is Kind.SENTENCE and words in each.text]
    return min(having, key=lambda n: len(said[n].text.strip()), default=None)


def _astray(scheme: Scheme, raw: Mapping[str, object]) -> Iterator[Flaw]:
    said = list(statements(scheme))
    for key in raw:
        if place(said, key) is None:
            yield (key,), "no sentence of the scheme has these words"


class Known:
    """The questions of all schemes, ready to be compared with another one."""

    def __init__(self, schemes: Sequence[Scheme], followups: Mapping[str, Followups]) -> None:
        asked: list[list[str]] = []
        spoken: list[list[list[str]]] = []
        self._places: list[list[int]] = []
        pairs: list[Pair] = []
        for scheme in schemes:
            said = list(statements(scheme))
            words = [_spoken(each) for each in said]
            spoken.append(words)
            asked.append([])
            self._places.append([])
            for key, ways in followups.get(scheme.id, {}).items():
                if (n := place(said, key)) is None:
                    raise ValueError(f"{scheme.id}: {key} leads to no sentence")
                plain = [common(filed(way)) for way in ways]
                asked[-1] += plain
                self._places[-1] += [n] * len(ways)
                if said[n].kind is not Kind.UNSAID:
                    pairs += [(list(terms(way, every=True)), words[n]) for way in plain]
        self._translation = Translation(pairs)
        self._words = [self._translation.sentences(each) for each in spoken]
        self._starts = np.concatenate([[0], np.cumsum([len(each) for each in asked])])
        self._table = Table(terms(way, every=True) for each in asked for way in each)

    def translated(self, row: int, asked: str) -> Floats:
        """How well each statement of one scheme explains a plain question, 0 and above."""
        return self._translation.likeness(terms(asked, every=True), self._words[row])

    def like(self, row: int, asked: str) -> dict[int, float]:
        """How like a plain question is to those of one scheme: the likest of each statement."""
        every = self._table.likeness(terms(asked, every=True))
        found: dict[int, float] = {}
        here = every[self._starts[row] : self._starts[row + 1]]
        for n, likeness in zip(self._places[row], here.tolist(), strict=True):
            if likeness > found.get(n, 0.0):
                found[n] = likeness
        return found


def _spoken(statement: Statement) -> list[str]:
    """The words of a statement as they are translated: its pairs, and what it is about.

    Of a whole part the latter alone: its many pairs are those of its sentences.
    """
    text = statement.words if statement.kind is Kind.SENTENCE else ""
    pairs = sorted(term for term in terms(text, every=True) if len(term) == 2)
    return [*pairs, f"#{statement.matter.value}", f"#{statement.kind.value}"]
