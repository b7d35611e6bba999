"""Three-valued truth: a question not yet answered is not a "no"."""

from collections.abc import Iterable
from enum import Enum
from typing import NoReturn


class Truth(Enum):
    """Kleene's three values. There is no `bool`: compare with `is`."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    def __invert__(self) -> "Truth":
        return _NOT[self]

    def __bool__(self) -> NoReturn:
        raise TypeError("a Truth is yes, no or unknown: compare it with `is`")


YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN
_NOT = {YES: NO, NO: YES, UNKNOWN: UNKNOWN}


def every(truths: Iterable[Truth]) -> Truth:
    """Yes if all are, no if one is no, else unknown; yes for none at all."""
    seen = set(truths)
    return NO if NO in seen else UNKNOWN if UNKNOWN in seen else YES


def some(truths: Iterable[Truth]) -> Truth:
    """Yes if one is, no if all are no, else unknown; no for none at all."""
    seen = set(truths)
    return YES if YES in seen else UNKNOWN if UNKNOWN in seen else NO
