"""受理: who may bring a matter besides members, where, and whether by word of mouth."""

from typing import Annotated, Literal, Self

from pydantic import model_validator

from core.words import Article, Listed, Sentence, Strict


class Intake(Strict):
    """`anybody`: people on no roster may send it, once they have said who they are.

    `at` are the places whose union may take it in, as the document names them. `oral`: an officer
    may write it down for somebody (口头申请). `clock`: whether the days of a step go on when the
    matter is handed over, or are counted anew; where no document says so, they go on.
    """

    anybody: bool = False
    oral: bool = False
    at: Annotated[tuple[Sentence, ...], Listed] = ()
    first: str = ""  # the article by which the first of several to receive it goes on
    clock: Literal["goes_on", "anew"] = "goes_on"
    cite: Article

    @model_validator(mode="after")
    def _has_a_place(self) -> Self:
        if self.anybody and not self.at:
            raise ValueError("anybody: true needs at: who is on no roster is asked for a place")
        return self
