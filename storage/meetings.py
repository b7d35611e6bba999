"""Meetings that were held, and what lay before each of them."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from core.errors import NotFound
from storage.book import Book
from storage.tables import AgendaPoint, Application, Meeting, Officer


class Meetings(Book):
    """Written once, when the minutes are entered; never changed."""

    async def note(self, held: Meeting) -> None:
        self.session.add(held)
        await self.session.flush()

    def add(self, points: Iterable[AgendaPoint]) -> None:
        self.session.add_all(points)

    async def by_id(self, meeting_id: int) -> tuple[Meeting, Officer]:
        """With the officer who has entered it. Raises NotFound."""
        found = select(Meeting, Officer).join(Officer, Officer.id == Meeting.officer_id)
        row = (await self.session.execute(found.where(Meeting.id == meeting_id))).one_or_none()
        if row is None:
            raise NotFound(meeting=meeting_id)
        meeting, officer = row
        return meeting, officer

    async def of_round(self, round_id: int) -> Sequence[Meeting]:
        """Newest first."""
        found = select(Meeting).where(Meeting.round_id == round_id)
        return (await self.session.scalars(found.order_by(Meeting.id.desc()))).all()

    async def latest(self, union_id: int | None, limit: int) -> Sequence[tuple[Meeting, str]]:
        """Newest first, each with who has entered it; of one union, or of all."""
        found = select(Meeting, Officer.name).join(Officer, Officer.id == Meeting.officer_id)
        if union_id is not None:
            found = found.where(Officer.union_id == union_id)
        rows = await self.session.execute(found.order_by(Meeting.id.desc()).limit(limit))
        return [(meeting, name) for meeting, name in rows]

    async def agenda(self, meeting_id: int) -> Sequence[tuple[AgendaPoint, Application]]:
        """In the order of the list."""
        found = (
            select(AgendaPoint, Application)
            .join(Application, Application.id == AgendaPoint.application_id)
            .where(AgendaPoint.meeting_id == meeting_id)
            .order_by(AgendaPoint.id)
        )
        return [(point, each) for point, each in await self.session.execute(found)]
