"""The stages an application has passed: one row for each move, by whom and why."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from core.recusal import Decided
from core.workflow import Move
from storage.book import Book
from storage.tables import Officer, Passage, Union

# Posting a list, or finding out about an objection, is no decision on the application's merits.
DECIDING = (Move.PASS, Move.REJECT, Move.RESERVE, Move.ASK_CORRECTION, Move.PAY)


@dataclass(frozen=True, slots=True)
class Passed:
    """A passage with the names of those who were there; empty for calendar and worker."""

    stage: int
    move: str
    version: int
    officer: str
    union_id: int | None
    union: str
    reason: dict[str, Any]
    at: datetime
    instead_of: str = ""  # for whom the officer did it


OTHER = aliased(Officer)
PASSED = (
    select(
        Passage.stage,
        Passage.move,
        Passage.version,
        Officer.name,
        Passage.union_id,
        Union.name,
        Passage.reason,
        Passage.at,
        OTHER.name,
    )
    .select_from(Passage)
    .outerjoin(Officer, Officer.id == Passage.officer_id)
    .outerjoin(OTHER, OTHER.id == Passage.instead_of_id)
    .outerjoin(Union, Union.id == Passage.union_id)
    .order_by(Passage.id)
)


class Passages(Book):
    """Written with every move; never changed."""

    def add(self, passage: Passage) -> None:
        self.session.add(passage)

    async def of(self, application_id: int) -> Sequence[Passed]:
        """Oldest first."""
        return await self._passed(Passage.application_id == application_id)

    async def on_version(self, application_id: int, version: int) -> Passed | None:
        """What was done to the application when it had this version."""
        mine = Passage.application_id == application_id
        found = await self._passed(mine, Passage.version == version)
        return found[0] if found else None

    async def trace(self, application_id: int, version: int) -> dict[str, Any]:
        """What the decision on this version rests on: text, facts, articles."""
        found = select(Passage.trace).where(
            Passage.application_id == application_id, Passage.version == version
        )
        return dict(await self.session.scalar(found) or {})

    async def decided(self, application_ids: Collection[int]) -> dict[int, list[Decided]]:
        """Who has decided on each of these, and at which stage; also for whom it was done."""
        columns = (
            Passage.application_id,
            Passage.stage,
            Officer.id,
            Officer.identity_index,
            Passage.union_id,
        )
        rows = (
            select(*columns)
            .join(
                Officer, or_(Officer.id == Passage.officer_id, Officer.id == Passage.instead_of_id)
            )
            .where(Passage.application_id.in_(set(application_ids)))
            .where(Passage.move.in_([move.value for move in DECIDING]))
        )
        found: dict[int, list[Decided]] = {each: [] for each in application_ids}
        for application, stage, officer, person, union in await self.session.execute(rows):
            found[application].append(Decided(stage, officer, person or "", union))
        return found

    async def looked_into(self, application_id: int) -> set[int | None]:
        """The unions that have decided on it; of one that was handed over, those since then."""
        mine = Passage.application_id == application_id
        handed = select(func.coalesce(func.max(Passage.id), 0))
        handed = handed.where(mine, Passage.move == Move.HAND_OVER.value)
        deciding = Passage.move.in_([move.value for move in DECIDING])
        since = Passage.id > handed.scalar_subquery()
        return set(
            await self.session.scalars(select(Passage.union_id).where(mine, deciding, since))
        )

    async def _passed(self, *which: Any) -> Sequence[Passed]:
        rows = await self.session.execute(PASSED.where(*which))
        return [
            Passed(stage, move, version, who or "", union_id, union or "", reason, at, other or "")
            for stage, move, version, who, union_id, union, reason, at, other in rows
        ]
