"""How a jury comes to its order: criteria, weights, ballots, ties."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from core.words import Article, Sentence, Strict


class Criterion(Strict):
    """One thing that is scored; `weight` in percent where the document gives one."""

    name: str
    weight: Annotated[Decimal, Field(gt=0, le=100)] | None = None


class Scoring(Strict):
    """`how` it is done, by whom, what counts, how a tie is broken, who goes on."""

    how: Sentence
    jury: str = ""
    criteria: tuple[Criterion, ...] = ()
    tie: str = ""
    proceed: str = ""
    cite: Article
