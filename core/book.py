"""One file of the books: strict YAML, the line of every key, and what must not stand in it."""

import re
from collections.abc import Hashable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import yaml

from core.completeness import Flaw, Path
from core.errors import SchemeFileError

try:
    from yaml import CSafeLoader as SafeLoader  # eight times as fast
except ImportError:
    from yaml import SafeLoader  # type: ignore[assignment]

Problem = tuple[str, int, str, str]

# Offices are named, persons are not: neither a number nor an address to reach one.
PRIVATE = {
    "a telephone number": re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}[-－—]\s?\d{7,8})(?!\d)"),
    "an e-mail address": re.compile(r"[\w.+-]+@[\w-]+\.\w+"),
}


TEXT = "tag:yaml.org,2002:str"


class StrictLoader(SafeLoader):
    """YAML without its traps: a key may stand only once, yes/no/on/off stay words, 1.5 is exact."""

    def resolve(self, kind: type, value: Any, implicit: Any) -> str:
        """Nearly every value is a Chinese word, which no rule for numbers or dates can match."""
        plain = kind is yaml.ScalarNode and value and value[0] not in self.yaml_implicit_resolvers
        found = TEXT if plain else super().resolve(kind, value, implicit)  # type: ignore[no-untyped-call]
        return str(found)

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """Those words are taken as they are, past the machinery for everything else."""
        if node.tag == TEXT and isinstance(node, yaml.ScalarNode):
            return node.value
        return super().construct_object(node, deep)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Any] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"{key.value} stands twice", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _exact(loader: StrictLoader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(loader.construct_scalar(node))


StrictLoader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern) for tag, pattern in resolvers if first in "tTfF" or not tag.endswith(":bool")
    ]
    for first, resolvers in SafeLoader.yaml_implicit_resolvers.items()
}
StrictLoader.add_constructor("tag:yaml.org,2002:float", _exact)


def load(text: str, name: str) -> dict[str, Any]:
    """The file as keys and values. Raises SchemeFileError with the line of a mistake."""
    try:
        raw = yaml.load(text, StrictLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SchemeFileError([(name, line, "", error.problem or "is not YAML")]) from error
    if not isinstance(raw, dict):
        raise SchemeFileError([(name, 1, "", "a file of keys and values is expected")])
    return raw


def texts(raw: Any) -> list[tuple[Path, str]]:
    """Every text of a file with its path, in the order of the file; keys are no texts."""
    found: list[tuple[Path, str]] = []
    waiting: list[tuple[Path, Any]] = [((), raw)]
    while waiting:
        path, part = waiting.pop()
        if isinstance(part, str):
            found.append((path, part))
        elif isinstance(part, dict):
            waiting += [((*path, key), value) for key, value in reversed(part.items())]
        elif isinstance(part, list):
            waiting += [((*path, n), part[n]) for n in reversed(range(len(part)))]
    return found


def private(said: list[tuple[Path, str]]) -> Iterator[Flaw]:
    """Texts that reach a person."""
    for what, pattern in PRIVATE.items():
        if pattern.search("\n".join(text for _, text in said)):
            for path, text in said:
                if pattern.search(text):
                    yield path, f"{what} has no place here: name the office"


def located(text: str, name: str, flaws: list[Flaw]) -> list[Problem]:
    """The same flaws with file and line, in the order of the file, each said once."""
    lines = _line_numbers(text)
    found = [_located(lines, name, path, why) for path, why in flaws]
    return sorted(dict.fromkeys(found), key=lambda problem: problem[1])


def _located(lines: Mapping[Path, int], name: str, path: Path, why: str) -> Problem:
    known: Path = ()
    for step in path:  # the validator's own steps (condition, int) are not in the file
        if (*known, step) in lines:
            known = (*known, step)
    return name, lines[known], ".".join(map(str, known)), why


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
