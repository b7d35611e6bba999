"""Who carries a matter; sealed, for the one who asked and those who look after it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from storage.book import Book
from storage.tables import Application, Assignment

NAME, CONTACT = "assignments.name", "assignments.contact"


@dataclass(frozen=True)
class Assigned:
    """`officer` is the id of one of ours, None for somebody from outside."""

    name: str
    contact: str
    officer: int | None
    why: str
    at: datetime


class Assignments(Book):
    """Rows are added, never changed."""

    async def add(self, application: Application, whom: Assigned, officer_id: int) -> Assignment:
        vault = self.work.vault
        row = Assignment(
            application_id=application.id,
            stage=application.stage,
            assignee_id=whom.officer,
            name_sealed=vault.seal(whom.name, NAME),
            contact_sealed=vault.seal(whom.contact, CONTACT),
            why=whom.why,
            officer_id=officer_id,
            at=self.now,
        )
        self.session.add(row)
        await self.session.flush()
        return row

    async def of(self, application_id: int) -> Sequence[Assigned]:
        """All there were; the last one carries it."""
        found = select(Assignment).where(Assignment.application_id == application_id)
        rows = await self.session.scalars(found.order_by(Assignment.id))
        return [self._read(each) for each in rows]

    async def present(self, application_ids: Collection[int]) -> dict[int, Assigned]:
        """Who carries each of these now."""
        found = select(Assignment).where(Assignment.application_id.in_(set(application_ids)))
        rows = await self.session.scalars(found.order_by(Assignment.id))
        return {each.application_id: self._read(each) for each in rows}

    def _read(self, row: Assignment) -> Assigned:
        vault = self.work.vault
        name, contact = vault.open(row.name_sealed, NAME), vault.open(row.contact_sealed, CONTACT)
        return Assigned(name, contact, row.assignee_id, row.why, row.at)
