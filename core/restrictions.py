"""What earlier awards forbid, here or under another scheme: once a year, once for life."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from core.questions import Question
from core.rules import Condition
from core.words import Article, FactName, Listed, SchemeId, Sentence, Strict

Bar = Literal[
    "this_year",
    "this_round",
    "ever",
    "within_years",
    "other_trade",
    "same_trade",
    "level_not_higher",
    "same_level",
]


class Limit(Strict):
    """What our own archive forbids: counted from earlier awards, never from memory alone.

    `barred_by` names the earlier awards that stand in the way: `this_year` any in the same year
    (with `needs`, the scheme's trade: any of the same one, such as the same studio), `this_round`
    any in the same round, `ever` any at all, `within_years` any of the last `years` calendar years
    before this one or of this one, `other_trade` one for another trade, `same_trade` one for the
    same, `level_not_higher` one for the same or a higher level in `levels` (lowest first),
    `same_level` one for the same level. `most` is how many of them are allowed before that. They
    are awards of this scheme, or of those in `schemes`; of this person, or with `of: unit` of the
    whole unit. `fact` is true when the limit is reached; `ask` is asked of people we do not know
    yet.
    """

    fact: FactName
    say: Sentence
    ask: Sentence
    why: Sentence
    name: str
    barred_by: Bar
    needs: str = ""  # the fact of the present application it is compared with
    levels: tuple[str, ...] = ()
    most: Annotated[int, Field(ge=0, le=20)] = 0
    years: Annotated[int, Field(ge=1, le=20)] | None = None
    schemes: Annotated[tuple[SchemeId, ...], Listed] = ()
    of: Literal["person", "unit"] = "person"
    mend: str = ""
    cite: Article

    @model_validator(mode="after")
    def _has_what_it_counts(self) -> Self:
        if (self.barred_by == "within_years") != (self.years is not None):
            raise ValueError("years belong to within_years, and it needs them")
        if self.barred_by in ("same_trade", "other_trade", "same_level") and not self.needs:
            raise ValueError(f"{self.barred_by} needs the fact it compares: write needs")
        return self

    @property
    def condition(self) -> Condition:
        return Condition(say=self.say, fact=self.fact, cite=self.cite, mend=self.mend, is_=True)

    @property
    def question(self) -> Question:
        after = (self.needs,) if self.needs else ()
        return Question(ask=self.ask, name=self.name, why=self.why, record=True, after=after)


def same_trade(trade: str) -> str:
    """The trade without what people write differently: blanks, brackets, 工/员/师 at the end."""
    bare = "".join(character for character in trade.casefold() if character.isalnum())
    return bare.rstrip("工员师") or bare
