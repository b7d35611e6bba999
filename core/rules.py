"""The rule tree of a scheme file: conditions joined by all / any / none.

Every condition is reduced to one of two shapes, `OneOf` or `Within`, so that whoever reads the
tree (the judge, the interview, the database) has two comparisons to agree on and no more.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import Discriminator, Tag, model_validator

from core.comparison import Comparison, OneOf, Within
from core.words import Article, Sentence, Strict, Value

__all__ = [
    "EVERYBODY",
    "Article",
    "Comparison",
    "Condition",
    "OneOf",
    "Rule",
    "Rules",
    "Sentence",
    "Strict",
    "Value",
    "Wish",
    "Within",
    "Word",
]


class Condition(Comparison):
    """One row that decides: what has to hold (`say`), the fact, one test, the article.

    `say` states the thing as it should be, also in a `none` group, so that a tick or a cross
    before it reads right. `mend` says what would change a "no".
    """

    say: Sentence
    cite: Article
    mend: str = ""


class Word(StrEnum):
    """How the document softens a condition."""

    IN_PRINCIPLE = "原则上"
    GENERALLY = "一般"
    MAINLY = "主要"
    PRIORITY = "优先"
    FOCUS = "重点"
    ENCOURAGED = "鼓励"
    CONSIDERED = "兼顾"

    @property
    def warns(self) -> bool:
        """Not met: say so, and let an officer decide. The others only rank those who meet them."""
        return self in (Word.IN_PRINCIPLE, Word.GENERALLY, Word.MAINLY)


class Wish(Condition):
    """A condition the document itself softens: it warns or ranks, and never refuses."""

    word: Word


class Rules(Strict):
    """A group: everything in `all`, at least one of `any`, nothing of `none`.

    A group with a `track` is one of several ways in, under a name of its own (在职, 退休).
    """

    track: str = ""
    all: tuple["Rule", ...] = ()
    any: tuple["Rule", ...] = ()
    none: tuple["Rule", ...] = ()

    @model_validator(mode="after")
    def _is_not_empty(self) -> Self:
        if not (self.all or self.any or self.none):
            raise ValueError("a group of rules needs at least one rule")
        return self


def _shape(raw: Any) -> str:
    condition = isinstance(raw, Condition) or (isinstance(raw, Mapping) and "fact" in raw)
    return "condition" if condition else "rules"


Rule = Annotated[
    Annotated[Condition, Tag("condition")] | Annotated[Rules, Tag("rules")],
    Discriminator(_shape),
]

Rules.model_rebuild()

EVERYBODY = Rules.model_construct(track="", all=(), any=(), none=())
