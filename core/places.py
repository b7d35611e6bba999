"""Places: how many, who sets them, how they are given, and how they are shared out."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from core.stages import Body
from core.words import Article, Clause, Strict

Count = Annotated[int, Field(ge=1)]


class Band(Strict):
    """A grade of an award: how many may get it, or which ranks do (第2至10名)."""

    name: str
    places: Count | None = None
    first: Count | None = None
    last: Count | None = None

    @model_validator(mode="after")
    def _counts(self) -> Self:
        if (self.first is None) != (self.last is None):
            raise ValueError("ranks need first and last")
        if self.places is None and self.first is None:
            raise ValueError("a band has places, or ranks from first to last")
        if self.first is not None and self.last is not None and self.first > self.last:
            raise ValueError("first lies after last")
        return self


class Quota(Strict):
    """How places are given. A number the document does not name is set by `set_by`, in the console.

    `order`: `first_come` 先报先得, `ranked` by score or vote, `chosen` by those who decide,
    `everybody` who meets the conditions. `every_years` is the rhythm of the rounds. `allocation`
    shares the places out among unions, `bands` among grades or groups. `when_full` is left out
    where the document does not say what becomes of those for whom no place is left. `bound` says
    how the number is meant: 不超过 `at_most`, 左右 `about`; `in_principle`: a round may pass it.
    `each` is how many each union may recommend, where the document names one number for all of
    them; with `each_in_principle` it may recommend more.
    """

    per: Literal["year", "round", "total"] = "round"
    set_by: Body = Body.PROVINCIAL_UNION
    order: Literal["first_come", "ranked", "chosen", "everybody"]
    when_full: Literal["close", "reserve_list", "next_round"] | None = None
    places: Count | None = None
    bound: Literal["exactly", "at_most", "about"] = "exactly"
    in_principle: bool = False
    every_years: Annotated[int, Field(ge=1, le=10)] | None = None
    allocation: dict[str, Count] = Field(default_factory=dict)
    each: Count | None = None
    each_in_principle: bool = False
    bands: tuple[Band, ...] = ()
    rules: tuple[Clause, ...] = ()  # what else bounds the places: 县处级干部不超过20%
    cite: Article

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        shared = sum(self.allocation.values())
        if self.allocation and self.places is not None and shared != self.places:
            raise ValueError(f"the allocation adds up to {shared}, not to {self.places} places")
        if self.each_in_principle and self.each is None:
            raise ValueError("each_in_principle goes with each")
        if self.bound != "exactly" and self.places is None:
            raise ValueError("bound goes with places")
        return self

    def band(self, rank: int) -> Band | None:
        """The grade of a rank, counted from 1."""
        for band in self.bands:
            if band.first is not None and band.first <= rank <= (band.last or rank):
                return band
        return None


NO_QUOTA = Quota.model_construct(order="everybody", cite="")
