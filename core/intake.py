"""受理: who may bring a matter besides members, where, and whether by word of mouth."""

from typing import Annotated, Literal, Self

from pydantic import model_validator

from core.words import Article, Listed, Sentence, Strict


class Intake(Strict):
    """`anybody`: people on no roster may send it, once they have said who they are.

    `at` are the places whose union may take it in, as the document names them. `oral`: an officer
    may write it down for somebody (口头申请): `signed` where the document wants the record signed
    by the person, `told` where it does not say how the person confirms it. `clock`: whether the
    days of a step go on when the matter is handed over, or are counted anew; where no document
    says so, they go on. `whole`: the matter belongs to the place in `at` from first to last, not
    to the unit of who brings it.
    """

    anybody: bool = False
    oral: Literal["signed", "told"] | None = None
    at: Annotated[tuple[Sentence, ...], Listed] = ()
    first: str = ""  # the article by which the first of several to receive it goes on
    clock: Literal["goes_on", "anew"] = "goes_on"
    whole: bool = False
    cite: Article

    @model_validator(mode="after")
    def _has_a_place(self) -> Self:
        if self.anybody and not self.at:
            raise ValueError("anybody: true needs at: who is on no roster is asked for a place")
        if self.whole and len(self.at) != 1:
            raise ValueError("whole: true needs the one place the matter belongs to, in at")
        return self
