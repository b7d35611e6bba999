"""Whom an award is about, where that is somebody else than who applies: one award for each.

Sources: 云办发〔2022〕59号 第十九条 去世劳动模范近亲属; 云工通〔2020〕18号 第七条 去世当年.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from core.errors import Refused
from core.words import Article, Listed, SchemeId, Strict


class About(Strict):
    """`whom` it is about: the award is given once for each of them, whoever of the family applies.

    `year_with` are the schemes whose sums for the same person count below the same line of the
    year (年度最高).
    """

    whom: Literal["deceased"]
    year_with: Annotated[tuple[SchemeId, ...], Listed] = ()
    cite: Article


class SubjectTaken(Refused):
    """There is one about this person already; `union` has it. Who sent it is not told."""

    def __init__(self, union: str, cite: str = "") -> None:
        self.union = union
        super().__init__(cite=cite, union=union)


class SubjectMissing(Refused):
    """Nobody has said yet which person it is about: the identity number is missing."""


@dataclass(frozen=True)
class Claim:
    """A live application about somebody: when it was approved, if it was, and who has it."""

    application: int
    decided: datetime | None
    union: int

    def before(self, other: "Claim") -> bool:
        """Whether it stands in the way of the other: approved first, or else sent first."""
        if self.decided is None or other.decided is None:
            both_open = self.decided is other.decided
            return self.application < other.application if both_open else self.decided is not None
        return (self.decided, self.application) < (other.decided, other.application)
