"""How people put things: words of their own, questions of their own, and what is none of ours.

The files in `schemes/wording/` belong to the officers, who add to them what was not understood.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from core.book import Problem, load, located, private, texts
from core.completeness import Flaw
from core.errors import SchemeFileError

Lists = dict[str, tuple[str, ...]]
SYNONYMS, SUBJECTS, BEYOND = "synonyms", "subjects", "beyond"
WITHIN = "within"  # every other file holds questions


class Beyond(StrEnum):
    """What a message is about where no scheme answers it."""

    GREETING = "greeting"
    THANKS = "thanks"
    BOTHER = "bother"  # grumbling, praise, whom am I talking to
    UNLAWFUL = "unlawful"  # a forged paper, another's name
    ELSEWHERE = "elsewhere"  # weather, other provinces, other offices


SMALL_TALK = frozenset({Beyond.GREETING, Beyond.THANKS, Beyond.BOTHER})


@dataclass(frozen=True)
class Wording:
    """`synonyms`: our word and what people say for it. `asked`: questions by scheme.

    `within`: the same as synonyms, but only for the sentences of the scheme at hand.
    `followups`: questions about a scheme by what answers them, see `core.finding.followups`.
    `subjects`: matters with their words; a scheme that never speaks of one is not meant by a
    question that does.
    """

    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    beyond: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    subjects: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    within: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    followups: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)


def read_wording(files: Mapping[str, str]) -> Wording:
    """The files by the name of their topic. Raises SchemeFileError with every problem found.

    Questions may wait for a scheme whose file is not there yet.
    """
    lists: dict[str, Lists] = {}
    problems: list[Problem] = []
    asked: Lists = {}
    for name, text in files.items():
        topic = name.rpartition("/")[2].removesuffix(".yaml")
        try:
            raw = load(text, name)
        except SchemeFileError as error:
            problems += error.problems
            continue
        found = [*unworded(raw), *private(texts(raw)), *_misplaced(topic, raw, asked)]
        problems += located(text, name, found) if found else []
        if not found:
            lists[topic] = {key: tuple(words) for key, words in raw.items()}
            if topic not in (SYNONYMS, SUBJECTS, BEYOND, WITHIN):
                asked |= lists[topic]
    if problems:
        raise SchemeFileError(problems)
    beyond, subjects, within = (lists.get(name, {}) for name in (BEYOND, SUBJECTS, WITHIN))
    return Wording(lists.get(SYNONYMS, {}), asked, beyond, subjects, within)


def unworded(raw: Mapping[str, Any]) -> Iterator[Flaw]:
    """What is no list of wordings."""
    for key, words in raw.items():
        if not isinstance(words, list) or not words:
            yield (key,), "a list of wordings is expected: [一种说法, 另一种说法]"
            continue
        for n, word in enumerate(words):
            if not isinstance(word, str) or not word.strip():
                yield (key, n), "a wording is missing"


def _misplaced(topic: str, raw: Iterable[str], asked: Mapping[str, Any]) -> Iterator[Flaw]:
    match topic:
        case "synonyms" | "subjects" | "within":
            return
        case "beyond":
            kinds = [kind.value for kind in Beyond]
            for key in raw:
                if key not in kinds:
                    yield (key,), f"one of these is expected: {', '.join(kinds)}"
        case _:
            for key in raw:
                if key in asked:
                    yield (key,), "another file has questions for it already"
