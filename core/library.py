"""What no single file shows: two files that ask for one thing, or claim the same days."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise

from core.book import Problem, located
from core.catalogue import Page
from core.questions import Question


def clashes(pages: Iterable[Page], shared: Mapping[str, Question]) -> list[Problem]:
    """Everything in which the files of the library contradict each other."""
    there = list(pages)
    return [
        *_asked_in_two_files(there),
        *_asked_under_two_names(there, shared),
        *_in_force_at_once(there),
    ]


def _asked_in_two_files(pages: list[Page]) -> Iterator[Problem]:
    first: dict[str, Page] = {}
    for page in pages:
        for fact in sorted(page.own):
            other = first.setdefault(fact, page)
            if other.scheme.id != page.scheme.id:
                yield _at(page, fact, f"{other.name} asks for it too: move it to facts/")


def _asked_under_two_names(pages: list[Page], shared: Mapping[str, Question]) -> Iterator[Problem]:
    names = {question.ask: fact for fact, question in shared.items()}
    for page in pages:
        for fact in sorted(page.own):
            ask = page.scheme.questions[fact].ask
            if names.setdefault(ask, fact) != fact:
                yield _at(page, fact, f"{names[ask]} asks the same: use that fact")


def _in_force_at_once(pages: list[Page]) -> Iterator[Problem]:
    versions: defaultdict[str, list[Page]] = defaultdict(list)
    for page in pages:
        versions[page.scheme.id].append(page)
    for same in versions.values():
        same.sort(key=lambda page: page.scheme.source.in_force)
        for older, newer in pairwise(same):
            if (older.scheme.source.until or date.max) >= newer.scheme.source.in_force:
                why = f"still in force when {newer.name} begins: set source.until"
                yield from located(older.text, older.name, [(("source",), why)])


def _at(page: Page, fact: str, why: str) -> Problem:
    return located(page.text, page.name, [(("questions", fact), why)])[0]
