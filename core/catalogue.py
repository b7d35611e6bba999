"""From YAML text to schemes, with errors an officer can act on, and the version of a day."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from pydantic import ValidationError

from core.book import Problem, StrictLoader, load, located, private, texts
from core.completeness import Flaw, Path
from core.contradictions import contradictions
from core.errors import NotFound, SchemeFileError
from core.mistakes import flaws
from core.questions import Question
from core.scheme import Scheme

__all__ = ["Catalogue", "Page", "StrictLoader", "read_facts", "read_page", "read_scheme"]

Shared = Mapping[str, Question]
Texts = list[tuple[Path, str]]
Schemes = tuple[Scheme, ...]
REMEMBERED = 8  # days


@dataclass(frozen=True)
class Page:
    """One scheme file; `own` are the questions that stand in the file itself."""

    name: str
    text: str
    scheme: Scheme
    own: frozenset[str]


class Catalogue:
    """All schemes in all their versions."""

    def __init__(self, schemes: Iterable[Scheme]) -> None:
        self._versions: dict[str, list[Scheme]] = {}
        for scheme in sorted(schemes, key=lambda scheme: scheme.version):
            self._versions.setdefault(scheme.id, []).append(scheme)
        self._days: dict[date, tuple[Schemes, Schemes]] = {}  # known and in force, as asked for

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The schemes that can be applied for here, whatever their version."""
        return tuple(id_ for id_ in self.every_id if any(s.runs for s in self._versions[id_]))

    @property
    def every_id(self) -> tuple[str, ...]:
        """Every scheme of the library, of all tiers."""
        return tuple(sorted(self._versions))

    def on(self, scheme_id: str, day: date) -> Scheme:
        """The version in force on a day. Raises NotFound."""
        for scheme in reversed(self._versions.get(scheme_id, [])):
            if scheme.source.in_force <= day <= (scheme.source.until or date.max):
                return scheme
        raise NotFound(scheme=scheme_id)

    def version(self, scheme_id: str, version: str) -> Scheme:
        """The version a round opened under. Raises NotFound."""
        for scheme in self._versions.get(scheme_id, []):
            if scheme.version == version:
                return scheme
        raise NotFound(scheme=scheme_id)

    def versions(self, scheme_id: str) -> tuple[Scheme, ...]:
        """All versions, oldest first; none for an unknown id."""
        return tuple(self._versions.get(scheme_id, ()))

    def in_force(self, day: date) -> tuple[Scheme, ...]:
        """Every scheme in force on a day that can be applied for here, by id."""
        return self._on_day(day)[1]

    def known(self, day: date) -> tuple[Scheme, ...]:
        """Every scheme in force on a day, of all tiers, by id."""
        return self._on_day(day)[0]

    def _on_day(self, day: date) -> tuple[Schemes, Schemes]:
        """Every menu asks for it: looking through the library anew would be half of its work."""
        if day not in self._days:
            if len(self._days) >= REMEMBERED:
                self._days.clear()
            known = tuple(self._look_through(day))
            self._days[day] = known, tuple(scheme for scheme in known if scheme.runs)
        return self._days[day]

    def _look_through(self, day: date) -> Iterator[Scheme]:
        for scheme_id in self.every_id:
            try:
                yield self.on(scheme_id, day)
            except NotFound:
                continue

    def instead(self, scheme_id: str, day: date) -> Scheme:
        """The scheme that applies on a day in place of this one, its successors included.

        Raises NotFound where nothing is in force that day.
        """
        versions = self._versions.get(scheme_id, [])
        try:
            return self.on(scheme_id, day)
        except NotFound:
            if not versions or versions[-1].successor is None:
                raise
            return self.instead(versions[-1].successor, day)


def read_scheme(text: str, shared: str | Shared, name: str) -> Scheme:
    """One scheme file. Raises SchemeFileError with every problem found."""
    return read_page(text, shared, name).scheme


def read_page(text: str, shared: str | Shared, name: str) -> Page:
    """One scheme file with what it asks itself; `shared` are the questions of the whole library.

    Raises SchemeFileError with every problem found.
    """
    library = _facts_of(shared) if isinstance(shared, str) else shared
    raw = load(text, name)
    own = raw.get("questions") or {}
    said = texts(raw)
    found: list[Flaw] = [*private(said), *_asked_again(own, library), *_never_used(said, own)]
    raw["questions"] = _asked_here(said, library) | own
    scheme = None
    try:
        scheme = Scheme.model_validate(raw)
        found += [*contradictions(scheme), *_cited(said, scheme.source.documents)]
    except ValidationError as error:
        found += flaws(error)
    if found or scheme is None:
        raise SchemeFileError(located(text, name, found))
    return Page(name, text, scheme, frozenset(own))


def read_facts(files: Mapping[str, str]) -> dict[str, Question]:
    """The questions of the whole library out of its files. Raises SchemeFileError."""
    shared: dict[str, Question] = {}
    problems: list[Problem] = []
    for name, text in files.items():
        raw = load(text, name)
        found: list[Flaw] = [*private(texts(raw))]
        for fact, question in raw.items():
            if fact in shared:
                found.append(((fact,), "another file asks for it already"))
            try:
                shared[fact] = Question.model_validate(question)
            except ValidationError as error:
                found += [((fact, *path), why) for path, why in flaws(error)]
        problems += located(text, name, found) if found else []
    if problems:
        raise SchemeFileError(problems)
    return shared


@lru_cache(maxsize=4)
def _facts_of(text: str) -> dict[str, Question]:
    return read_facts({"facts.yaml": text})


def _asked_again(own: Mapping[str, Any], library: Shared) -> Iterable[Flaw]:
    twice = [fact for fact in own if fact in library]
    return [(("questions", fact), "facts.yaml asks for it already") for fact in twice]


def _never_used(said: Texts, own: Mapping[str, Any]) -> Iterable[Flaw]:
    """A question of this file that nothing in it leans on."""
    used = {text for path, text in said if path[0] != "questions" or "after" in path}
    return [(("questions", fact), "nothing here needs it") for fact in own if fact not in used]


def _cited(said: Texts, documents: frozenset[str]) -> Iterable[Flaw]:
    """An article of another document names one that the source lists."""
    for path, cite in said:
        whose, blank, _ = cite.partition(" ")
        if blank and path[-1] == "cite" and whose not in documents:
            yield path, f"{whose} is not among the documents of source: write it under also"


def _asked_here(said: Texts, library: Shared) -> dict[str, Question]:
    """The shared questions this file leans on, and those they lean on in turn."""
    waiting = {text for _, text in said} & library.keys()
    found: set[str] = set()
    while waiting:
        found |= waiting
        waiting = {other for fact in waiting for other in library[fact].after} - found
    return {fact: question for fact, question in library.items() if fact in found}
