"""The small parts every scheme file is made of: sentences, articles, names of facts."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Value = bool | int | Decimal | date | str

# 第六条(三), 二（四）7, 附件二, 正文; among several documents with the number of its own before it
ARTICLE = (
    r"^(?:\S+ )?"
    r"(?:第[一二三四五六七八九十百]+[条章]|[一二三四五六七八九十]{1,3}(?:[、（(；，]|$)|附件|附表|标题|正文)"
)
Article = Annotated[str, Field(pattern=ARTICLE, max_length=120)]
Sentence = Annotated[str, Field(min_length=2, max_length=300)]
FactName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
SchemeId = Annotated[str, Field(pattern=r"^(cn|yn|km|qj)-[a-z0-9-]+$")]


class Strict(BaseModel):
    """Frozen, and no key that is not in the format."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_by_name=True)


class Clause(Strict):
    """One rule in our own words, and the article it rests on."""

    say: Sentence
    cite: Article


def listed(raw: Any) -> Any:
    """One value where a list is meant: `applicant: worker` is `[worker]`."""
    return (raw,) if isinstance(raw, str | Mapping) else raw


Listed = BeforeValidator(listed)
