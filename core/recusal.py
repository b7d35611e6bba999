"""Who may not decide: oneself, a declared relative's file, and nobody for two unions.

The successive steps of one union (入户调查, then 出具意见) are its own: a base unit has often but
one officer. What one level has decided, another person has to look at on the next.
"""

from collections.abc import Collection
from dataclasses import dataclass

from core.errors import Recused


@dataclass(frozen=True)
class Judge:
    """The officer as the law sees them. `person` is the keyed hash of the identity number,
    by which one person with two offices is still one person."""

    officer: int
    person: str
    relatives: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Decided:
    """A decision already taken on the application, at some stage."""

    stage: int
    officer: int
    person: str
    union: int | None = None


def check(judge: Judge, applicant: str, stage: int, decided: Collection[Decided]) -> None:
    """Raises Recused(own | relative | twice)."""
    if judge.person and judge.person == applicant:
        raise Recused("own")
    if applicant in judge.relatives:
        raise Recused("relative")
    for earlier in decided:
        same = earlier.officer == judge.officer or (judge.person and judge.person == earlier.person)
        if same and earlier.stage != stage:
            raise Recused("twice")
