"""The rule tree of a scheme file: conditions joined by all / any / none.

Every condition is reduced to one of two shapes, `OneOf` or `Within`, so that whoever reads the
tree (the judge, the interview, the database) has two comparisons to agree on and no more.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Self

from pydantic import Discriminator, Field, Tag, model_validator

from core.comparison import Comparison, OneOf, Within
from core.words import Article, Listed, Sentence, Strict, Value

__all__ = [
    "EVERYBODY",
    "Article",
    "Comparison",
    "Condition",
    "Eased",
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


class Eased(Condition):
    """The same test with another bound, for those who meet `when` (年龄可放宽2周岁)."""

    NO_TESTS: ClassVar[frozenset[str]] = Condition.NO_TESTS | {"when"}

    when: Annotated[tuple[Comparison, ...], Listed, Field(min_length=1)]


class Wish(Condition):
    """A condition the document itself softens: it warns or ranks, and never refuses.

    `eased` moves its bound for some; of several that fit, one is enough.
    """

    NO_TESTS: ClassVar[frozenset[str]] = Condition.NO_TESTS | {"eased"}

    word: Word
    eased: Annotated[tuple[Eased, ...], Listed] = ()

    @model_validator(mode="after")
    def _eases_itself(self) -> Self:
        mine = self.model_fields_set - self.NO_TESTS
        for each in self.eased:
            if each.fact != self.fact or each.model_fields_set - each.NO_TESTS != mine:
                raise ValueError("eased has the fact and the test of its condition, and a bound")
        return self

    @property
    def others(self) -> tuple[str, ...]:
        """The facts that say for whom it is eased."""
        return tuple(fact for each in self.eased for test in each.when for fact in test.facts)


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
