"""Questions people ask, answered in two or three sentences of our own."""

from typing import Annotated

from pydantic import Field

from core.words import Article, Listed, Sentence, Strict


class Answer(Strict):
    """`ask` are the ways people put the question; the answer rests on `cite`."""

    ask: Annotated[tuple[Sentence, ...], Listed, Field(min_length=1)]
    answer: Annotated[str, Field(min_length=6, max_length=260)]
    cite: Article
