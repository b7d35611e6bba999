"""From YAML text to schemes, with errors an officer can act on, and the version of a day."""

from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from typing import Any

import yaml
from pydantic import ValidationError

from core.contradictions import Path, contradictions
from core.errors import NotFound, SchemeFileError
from core.scheme import Scheme

Problem = tuple[str, int, str, str]


class StrictLoader(yaml.CSafeLoader):
    """YAML without its traps: a key may stand only once, and yes/no/on/off stay words."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Any] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"{key.value} stands twice", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


StrictLoader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern) for tag, pattern in resolvers if first in "tTfF" or not tag.endswith(":bool")
    ]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


class Catalogue:
    """All schemes in all their versions."""

    def __init__(self, schemes: Iterable[Scheme]) -> None:
        self._versions: dict[str, list[Scheme]] = {}
        for scheme in sorted(schemes, key=lambda scheme: scheme.version):
            self._versions.setdefault(scheme.id, []).append(scheme)

    @property
    def ids(self) -> tuple[str, ...]:
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

    def in_force(self, day: date) -> tuple[Scheme, ...]:
        """Every scheme in force on a day, by id."""
        found = []
        for scheme_id in self.ids:
            try:
                found.append(self.on(scheme_id, day))
            except NotFound:
                continue
        return tuple(found)


def read_scheme(text: str, shared_questions: str, name: str) -> Scheme:
    """One scheme file. Raises SchemeFileError with every problem found."""
    raw = _load(text, name)
    shared = _load(shared_questions, "facts.yaml")
    twice = [fact for fact in raw.get("questions") or {} if fact in shared]
    raw["questions"] = _asked_here(raw, shared) | (raw.get("questions") or {})
    try:
        scheme = Scheme.model_validate(raw)
        problems = list(contradictions(scheme))
    except ValidationError as error:
        problems = [(problem["loc"], problem["msg"]) for problem in error.errors()]
    problems += [(("questions", fact), "facts.yaml asks for it already") for fact in twice]
    if problems:
        lines = _line_numbers(text)
        raise SchemeFileError([_located(lines, name, path, why) for path, why in problems])
    return scheme


def _asked_here(raw: Mapping[str, Any], shared: Mapping[str, Any]) -> dict[str, Any]:
    """The shared questions this file leans on, and no others."""
    words = set(_words(raw))
    return {fact: question for fact, question in shared.items() if fact in words}


def _words(raw: Any) -> Iterable[str]:
    match raw:
        case str():
            yield raw
        case dict():
            for value in raw.values():
                yield from _words(value)
        case list():
            for value in raw:
                yield from _words(value)


def _load(text: str, name: str) -> dict[str, Any]:
    try:
        raw = yaml.load(text, StrictLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SchemeFileError([(name, line, "", error.problem or "is not YAML")]) from error
    if not isinstance(raw, dict):
        raise SchemeFileError([(name, 1, "", "a file of keys and values is expected")])
    return raw


def _located(lines: Mapping[Path, int], name: str, path: Path, why: str) -> Problem:
    shown = tuple(step for step in path if step not in ("condition", "rules"))
    known = shown
    while known not in lines:
        known = known[:-1]
    return name, lines[known], ".".join(map(str, shown)), why


def _line_numbers(text: str) -> dict[Path, int]:
    found: dict[Path, int] = {}

    def walk(node: yaml.Node | None, path: Path) -> None:
        if node is None:
            return
        found[path] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                walk(value, (*path, key.value))
        elif isinstance(node, yaml.SequenceNode):
            for index, value in enumerate(node.value):
                walk(value, (*path, index))

    walk(yaml.compose(text, StrictLoader), ())
    return found
