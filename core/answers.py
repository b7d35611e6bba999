"""Questions people ask, answered in two or three sentences of our own, and how to find one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from core.words import Article, Listed, Sentence, Strict

LIKELY = 0.3  # below it, a shared word or two is chance
STOP = frozenset("的了吗呢啊吧我你您们是有在和与或也都就要能可以不？，。、！ ?,.!“”《》（）()")


class Answer(Strict):
    """`ask` are the ways people put the question; the answer rests on `cite`."""

    ask: Annotated[tuple[Sentence, ...], Listed, Field(min_length=1)]
    answer: Annotated[str, Field(min_length=6, max_length=260)]
    cite: Article


@dataclass(frozen=True)
class Found:
    """An answer with how well its wording fits (0 to 1)."""

    scheme: str
    answer: Answer
    likeness: float


def find(text: str, library: Iterable[tuple[str, Iterable[Answer]]], most: int = 3) -> list[Found]:
    """The answers whose questions read most like this one, best first; none for a stranger's.

    Likeness is the Dice coefficient of the pairs of characters, which needs no word list.
    """
    said = _pairs(text)
    found = [
        Found(scheme, answer, max(_likeness(said, _pairs(way)) for way in answer.ask))
        for scheme, answers in library
        for answer in answers
    ]
    likely = [each for each in found if each.likeness >= LIKELY]
    return sorted(likely, key=lambda each: -each.likeness)[:most]


def _pairs(text: str) -> frozenset[str]:
    bare = "".join(sign for sign in text.casefold() if sign not in STOP)
    return frozenset(bare[n : n + 2] for n in range(len(bare) - 1)) or frozenset({bare})


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))
