"""Where to apply and how, for what is applied for elsewhere or on paper, and who decides."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from core.comparison import Comparison
from core.words import Article, Listed, Sentence, Strict


class Route(Strict):
    """One way in: for whom (`who`, `when`), to which office (`where`), and `how`."""

    who: str = ""
    where: Sentence
    how: Sentence
    when: Annotated[tuple[Comparison, ...], Listed] = ()
    cite: Article


class Apply(Strict):
    """Every way in, and who decides.

    `decides` names a body: 由……决定. Where that would not be true, because the document is silent
    or several act, `decided` says it in a sentence.
    """

    routes: Annotated[tuple[Route, ...], Field(min_length=1)]
    decides: str = ""
    decided: Sentence = ""
    cite: Article

    @model_validator(mode="after")
    def _says_who_decides(self) -> Self:
        if bool(self.decides) == bool(self.decided):
            raise ValueError("either decides names the body, or decided says it in a sentence")
        return self
