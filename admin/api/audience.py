"""How many members below the officer's union may qualify for a scheme."""

from datetime import date
from typing import Annotated

from fastapi import Path

from admin.api.answers import Answer
from admin.seats import Seated
from handlers import audience as clerk
from handlers.audience import Counted


class SizeAnswer(Answer):
    """Surely: what is known fulfils every condition. Possibly: nothing known speaks against it."""

    members: int
    surely: int
    possibly: int


class BranchAnswer(Answer):
    """A union with everything below it."""

    union_id: int
    name: str
    size: SizeAnswer


class AudienceAnswer(Answer):
    """`unread` are sensitive facts, for which no one is addressed: they stay open."""

    scheme_id: str
    scheme_version: str
    day: date
    total: SizeAnswer
    branches: list[BranchAnswer]
    unread: list[str]

    @classmethod
    def of(cls, counted: Counted, day: date) -> "AudienceAnswer":
        return cls(
            scheme_id=counted.scheme.id,
            scheme_version=counted.scheme.version,
            day=day,
            total=SizeAnswer.model_validate(counted.total),
            branches=[BranchAnswer.model_validate(each) for each in counted.branches],
            unread=list(counted.unread),
        )


async def audience(
    seat: Seated, scheme: Annotated[str, Path(pattern=r"^[a-z0-9-]{4,80}$")]
) -> AudienceAnswer:
    """Counts by branch; nobody is named."""
    async with seat.office.reading() as unit:
        counted = await clerk.count(seat.office, unit, seat.union, scheme)
    return AudienceAnswer.of(counted, seat.today)
