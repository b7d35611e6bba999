"""Where to apply and how, for what is applied for elsewhere or on paper, and who decides."""

from typing import Annotated

from pydantic import Field

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
    """Every way in, and the body that decides."""

    routes: Annotated[tuple[Route, ...], Field(min_length=1)]
    decides: str
    cite: Article
