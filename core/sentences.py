"""Every sentence of a scheme file that people read: what another language has to know."""

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

from pydantic import BaseModel

from core.answers import Answer
from core.scheme import Scheme

HAN = re.compile("[\u4e00-\u9fff]")
NUMBER = re.compile(r"\S+〔\d{4}〕\d+号")
# Articles, numbers of documents and the words people use are nobody's reading matter in another
# language: they are matched, counted or shown as they stand.
UNREAD = {
    "called",
    "cite",
    "undertaking_cite",
    "repeals",
    "allocation",
    "at_least",
    "at_most",
    "above",
    "below",
    "first",
}


def sentences(scheme: Scheme) -> list[str]:
    """In the order of the file, each once."""
    said = dict.fromkeys(_said(scheme))
    return [text for text in said if HAN.search(text) and not NUMBER.fullmatch(text)]


def _said(thing: Any) -> Iterator[str]:
    match thing:
        case Answer():
            yield from (thing.ask[0], thing.answer)  # the other ways of asking are only heard
        case BaseModel():
            for name in type(thing).model_fields:
                if name not in UNREAD:
                    yield from _said(getattr(thing, name))
        case Mapping():
            for key, value in thing.items():
                yield from _said(key)
                yield from _said(value)
        case str() if not isinstance(thing, Enum):
            yield str(thing)
        case tuple() | list() | set() | frozenset():
            for each in thing:
                yield from _said(each)
