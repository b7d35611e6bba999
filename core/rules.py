"""The rule tree of a scheme file: conditions joined by all / any / none.

Every condition is reduced to one of two shapes, `OneOf` or `Within`, so that whoever reads the
tree (the judge, the interview, the database) has two comparisons to agree on and no more.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator

from core.days import months_before

Value = bool | int | Decimal | date | str
Article = Annotated[str, Field(pattern=r"^第[一二三四五六七八九十百]+条")]
Sentence = Annotated[str, Field(min_length=2, max_length=300)]


class Strict(BaseModel):
    """Frozen, and no key that is not in the format."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_by_name=True)


@dataclass(frozen=True)
class OneOf:
    """The fact is one of these values."""

    values: tuple[Value, ...]


@dataclass(frozen=True)
class Within:
    """The fact is neither below `low` nor above `high`; None is open."""

    low: Value | None = None
    high: Value | None = None


class Condition(Strict):
    """One row that decides: what has to hold (`say`), the fact, one test, the article.

    `say` states the thing as it should be, also in a `none` group, so that a tick or a cross
    before it reads right. `mend` says what would change a "no".
    """

    say: Sentence
    fact: str
    cite: Article
    mend: str = ""
    is_: bool | int | str | None = Field(None, alias="is")
    in_: tuple[bool | int | str, ...] | None = Field(None, alias="in", min_length=1)
    at_least: int | None = None
    at_most: int | None = None
    same_year: bool | None = None
    within_months: int | None = None

    @model_validator(mode="after")
    def _has_one_test(self) -> Self:
        tests = self.model_fields_set - {"say", "fact", "cite", "mend"}
        if len(tests) != 1:
            raise ValueError(f"a condition has exactly one test, this one has {len(tests)}")
        return self

    def test(self, today: date) -> OneOf | Within:
        """The condition as a plain comparison on the day of application."""
        if self.is_ is not None:
            return OneOf((self.is_,))
        if self.in_ is not None:
            return OneOf(self.in_)
        if self.same_year:
            return Within(date(today.year, 1, 1), date(today.year, 12, 31))
        if self.within_months is not None:
            return Within(months_before(today, self.within_months), today)
        return Within(self.at_least, self.at_most)


class Rules(Strict):
    """A group: everything in `all`, at least one of `any`, nothing of `none`."""

    all: tuple["Rule", ...] = ()
    any: tuple["Rule", ...] = ()
    none: tuple["Rule", ...] = ()

    @model_validator(mode="after")
    def _is_not_empty(self) -> Self:
        if not (self.all or self.any or self.none):
            raise ValueError("a group of rules needs at least one rule")
        return self


def _shape(raw: Any) -> str:
    return "condition" if isinstance(raw, Condition) or "fact" in raw else "rules"


Rule = Annotated[
    Annotated[Condition, Tag("condition")] | Annotated[Rules, Tag("rules")],
    Discriminator(_shape),
]

Rules.model_rebuild()
