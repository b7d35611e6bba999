"""What of a scheme is searched: its names, the questions put to it, and what its rules say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from core.scheme import Scheme, Tier

SAID = frozenset(
    {"answer", "say", "what", "mend", "hint", "name", "where", "how", "who", "decides", "decided"}
)
RULES = (
    "answers",
    "eligibility",
    "soft",
    "benefits",
    "documents",
    "limits",
    "window",
    "apply",
    "duties",
    "misconduct",
    "remarks",
    "stages",
    "scoring",
)


@dataclass(frozen=True)
class Texts:
    """One scheme as it is searched."""

    scheme: str
    name: str
    wordings: tuple[str, ...]  # what it is called, and how people ask about it
    rules: tuple[str, ...]
    names: int = 1  # so many of the wordings are names
    bygone: bool = False  # nothing new happens under it


def texts_of(scheme: Scheme, asked: Sequence[str]) -> Texts:
    """`asked` are questions from elsewhere, beside those in the file."""
    own = [way for answer in scheme.answers for way in answer.ask]
    rules = [text for key in RULES for text in said(getattr(scheme, key))]
    return Texts(
        scheme.id,
        scheme.name,
        (scheme.name, *scheme.called, *asked, *own),
        (scheme.source.title, *dict.fromkeys(rules)),
        names=1 + len(scheme.called),
        bygone=scheme.tier is Tier.SUPERSEDED or scheme.source.until is not None,
    )


def said(part: Any) -> Iterator[str]:
    """Every sentence in a part of a scheme."""
    if isinstance(part, BaseModel):
        for key, value in part.__dict__.items():
            if isinstance(value, str) and value and key in SAID:
                yield value
            elif isinstance(value, BaseModel | tuple):
                yield from said(value)
    elif isinstance(part, tuple):
        for each in part:
            yield from said(each)
