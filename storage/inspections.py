"""What was found on the spot, by whom, and the papers put to each step of an application."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select, update

from core.errors import NotFound
from core.inspection import Report
from storage.book import Book
from storage.files import Stored
from storage.tables import Application, Attachment, Inspection, Inspector, Officer

SEALED = "inspections.findings"


@dataclass(frozen=True)
class Inspected:
    """An inspection with the names of those who went."""

    id: int
    stage: int
    union_id: int
    at: datetime
    report: Report


class Inspections(Book):
    """Findings are sealed: they tell of a household. Nothing here is ever changed or removed."""

    async def add(
        self,
        application: Application,
        officer_id: int,
        went_on: date,
        findings: str,
        went: Collection[int],
    ) -> Inspection:
        """Whoever writes it down has confirmed it."""
        row = Inspection(
            application_id=application.id,
            stage=application.stage,
            union_id=application.union_id or 0,
            went_on=went_on,
            findings_sealed=self.work.vault.seal(findings, SEALED),
            officer_id=officer_id,
            at=self.now,
        )
        self.session.add(row)
        await self.session.flush()
        for each in sorted({officer_id, *went}):
            confirmed = self.now if each == officer_id else None
            self.session.add(
                Inspector(inspection_id=row.id, officer_id=each, confirmed_at=confirmed)
            )
        await self.session.flush()
        return row

    async def of(self, application_id: int) -> Sequence[Inspected]:
        """The newest of each step, oldest first."""
        last = (
            select(func.max(Inspection.id))
            .where(Inspection.application_id == application_id)
            .group_by(Inspection.stage, Inspection.union_id)
        )
        rows = select(Inspection).where(Inspection.id.in_(last)).order_by(Inspection.id)
        return [await self._read(each) for each in await self.session.scalars(rows)]

    async def here(self, application: Application) -> Inspected | None:
        """The one of the step the application stands in."""
        found = await self.of(application.id)
        step = (application.stage, application.union_id)
        return next((each for each in found if (each.stage, each.union_id) == step), None)

    async def by_id(self, inspection_id: int) -> Inspection:
        """Raises NotFound."""
        row = await self.session.get(Inspection, inspection_id)
        if row is None:
            raise NotFound(inspection=inspection_id)
        return row

    async def confirm(self, inspection_id: int, officer_id: int) -> bool:
        """False for one who did not go, or has confirmed before."""
        mine = update(Inspector).where(
            Inspector.inspection_id == inspection_id,
            Inspector.officer_id == officer_id,
            Inspector.confirmed_at.is_(None),
        )
        return (await self.connection.execute(mine.values(confirmed_at=self.now))).rowcount == 1

    async def went(
        self, application_id: int, officer_id: int, unions: Collection[int | None]
    ) -> bool:
        """Whether this officer is named in an inspection by one of these unions."""
        mine = (
            select(Inspection.id)
            .join(Inspector, Inspector.inspection_id == Inspection.id)
            .where(Inspection.application_id == application_id)
            .where(Inspector.officer_id == officer_id)
            .where(Inspection.union_id.in_({each for each in unions if each is not None}))
        )
        return await self.session.scalar(mine.limit(1)) is not None

    async def attach(self, application: Application, officer_id: int, stored: Stored) -> Attachment:
        row = Attachment(
            application_id=application.id,
            stage=application.stage,
            union_id=application.union_id or 0,
            officer_id=officer_id,
            digest=stored.digest,
            media_type=stored.media_type,
            size=stored.size,
            pages=stored.pages,
            at=self.now,
        )
        self.session.add(row)
        await self.session.flush()
        return row

    async def attached(self, application_id: int) -> Sequence[tuple[Attachment, str]]:
        """Oldest first, each with the name of the officer."""
        found = (
            select(Attachment, Officer.name)
            .join(Officer, Officer.id == Attachment.officer_id)
            .where(Attachment.application_id == application_id)
            .order_by(Attachment.id)
        )
        return [(each, name) for each, name in await self.session.execute(found)]

    async def _read(self, row: Inspection) -> Inspected:
        found = select(Officer.id, Officer.name, Inspector.confirmed_at).join(
            Officer, Officer.id == Inspector.officer_id
        )
        went = (await self.session.execute(found.where(Inspector.inspection_id == row.id))).all()
        report = Report(
            went_on=row.went_on,
            findings=self.work.vault.open(row.findings_sealed, SEALED),
            went={officer: name for officer, name, _ in went},
            confirmed=frozenset(officer for officer, _, at in went if at is not None),
        )
        return Inspected(row.id, row.stage, row.union_id, row.at, report)
