"""Duties after the award: opened by the calendar, reported on, fulfilled or ended."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from core.duties import DONE, DutyState
from core.errors import NotFound
from storage.book import Book
from storage.tables import Duty, DutyReport

SEALED = "duty_reports.text"
STANDING = [state.value for state in DutyState if state not in DONE]


@dataclass(frozen=True)
class Told:
    """One report in the holder's words."""

    text: str
    at: datetime


class Duties(Book):
    """Rows stay; each day by which a duty is due is a row of its own."""

    async def open(
        self, application_id: int, position: int, due: date, union_id: int
    ) -> Duty | None:
        """The new row; None where this day stands already."""
        row = self.insert(Duty).values(
            application_id=application_id,
            position=position,
            union_id=union_id,
            due=due,
            answer_by=due,
            state=DutyState.OPEN.value,
            version=1,
            note="",
            at=self.now,
        )
        new = await self.connection.execute(row.on_conflict_do_nothing().returning(Duty.id))
        made = new.scalar_one_or_none()
        return None if made is None else await self.by_id(made)

    async def by_id(self, duty_id: int) -> Duty:
        """Raises NotFound."""
        return self._there(await self.session.get(Duty, duty_id))

    async def held(self, duty_id: int) -> Duty:
        """After its application, as it is now. Raises NotFound."""
        rows = select(Duty).where(Duty.id == duty_id).with_for_update(key_share=True)
        held = rows.execution_options(populate_existing=True)
        return self._there(await self.session.scalar(held))

    async def of(self, application_id: int) -> Sequence[Duty]:
        """In the order of their days."""
        rows = select(Duty).where(Duty.application_id == application_id)
        return (await self.session.scalars(rows.order_by(Duty.due, Duty.position))).all()

    async def of_unions(self, union_ids: Collection[int], most: int) -> Sequence[Duty]:
        """Those that are not done, the nearest day first."""
        rows = select(Duty).where(Duty.union_id.in_(set(union_ids)), Duty.state.in_(STANDING))
        return (
            await self.session.scalars(rows.order_by(Duty.answer_by, Duty.id).limit(most))
        ).all()

    async def standing(
        self, union_ids: Collection[int], limit: int, first: int, application_id: int = 0
    ) -> Sequence[Duty]:
        """Those that are not done, of all or of one application: reported first, then overdue,
        then the nearest day; from the `first` on (counted from 0)."""
        rows = select(Duty).where(Duty.union_id.in_(set(union_ids)), Duty.state.in_(STANDING))
        if application_id:
            rows = rows.where(Duty.application_id == application_id)
        late = Duty.state == DutyState.OVERDUE.value
        reported = Duty.state == DutyState.REPORTED.value
        order = (reported.desc(), late.desc(), Duty.answer_by, Duty.id)
        return (await self.session.scalars(rows.order_by(*order).limit(limit).offset(first))).all()

    async def waiting(self, union_ids: Collection[int]) -> int:
        """How many are reported, or were not in time."""
        states = (DutyState.REPORTED.value, DutyState.OVERDUE.value)
        rows = select(func.count()).where(Duty.union_id.in_(set(union_ids)), Duty.state.in_(states))
        return await self.session.scalar(rows) or 0

    async def report(self, duty_id: int, text: str) -> None:
        sealed = self.work.vault.seal(text, SEALED)
        self.session.add(DutyReport(duty_id=duty_id, text_sealed=sealed, at=self.now))
        await self.session.flush()

    async def reports(self, duty_id: int) -> list[Told]:
        """Oldest first."""
        rows = select(DutyReport).where(DutyReport.duty_id == duty_id).order_by(DutyReport.id)
        return [
            Told(self.work.vault.open(each.text_sealed, SEALED), each.at)
            for each in await self.session.scalars(rows)
        ]

    async def end(self, application_id: int, position: int | None = None) -> list[Duty]:
        """Nothing more is due, of all or of one duty: those that stood, and end with this."""
        rows = select(Duty).where(Duty.application_id == application_id)
        rows = rows if position is None else rows.where(Duty.position == position)
        held = rows.with_for_update(key_share=True).execution_options(populate_existing=True)
        ended = []
        for each in await self.session.scalars(held.order_by(Duty.id)):
            if each.state in STANDING:
                each.state, each.version = DutyState.ENDED.value, each.version + 1
                ended.append(each)
        return ended

    def _there(self, duty: Duty | None) -> Duty:
        if duty is None:
            raise NotFound
        return duty
