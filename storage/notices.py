"""Public notices: what was shown, which applications it was about, and proof of its display."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, insert, literal, select, tuple_, update

from core.errors import NotFound
from storage.book import Book
from storage.tables import Application, Broadcast, Moment, Notice, NoticeEntry, Objection


@dataclass(frozen=True)
class Announcement:
    """How the members hear of a notice: on its way, or stopped."""

    notice: Notice
    going: bool


class Notices(Book):
    """What a notice shows is never changed; that it was shown is counted."""

    async def add(self, notice: Notice, application_ids: Iterable[int]) -> Notice:
        self.session.add(notice)
        await self.session.flush()
        rows = [{"notice_id": notice.id, "application_id": each} for each in application_ids]
        await self.session.execute(insert(NoticeEntry), rows)
        return notice

    async def by_id(self, notice_id: int) -> Notice:
        """Raises NotFound."""
        notice = await self.session.get(Notice, notice_id)
        if notice is None:
            raise NotFound(notice=notice_id)
        return notice

    async def held(self, notice_id: int) -> Notice:
        """Nobody closes it until the end of the unit. Raises NotFound."""
        rows = select(Notice).where(Notice.id == notice_id).with_for_update(key_share=True)
        notice = await self.session.scalar(rows.execution_options(populate_existing=True))
        if notice is None:
            raise NotFound(notice=notice_id)
        return notice

    async def entry(self, notice_id: int, number: str) -> Application:
        """The application with this number, if the notice is about it. Raises NotFound."""
        found = (
            select(Application)
            .join(NoticeEntry, NoticeEntry.application_id == Application.id)
            .where(NoticeEntry.notice_id == notice_id, Application.number == number)
        )
        application = await self.session.scalar(found)
        if application is None:
            raise NotFound(notice=notice_id, number=number)
        return application

    async def free(
        self, notice: Notice, limit: int, today: date, *, also_by_unit: bool = False
    ) -> Sequence[Application]:
        """The first entries that still stand in its stage without an open objection; held.

        Where the unit hangs it as well, those for whom both have ended.
        """
        both = [_ended(body, today) for body in (Application.union_id, Application.base_union_id)]
        objected = select(Objection.id).where(
            Objection.application_id == Application.id, Objection.state == "open"
        )
        found = (
            select(Application)
            .join(NoticeEntry, NoticeEntry.application_id == Application.id)
            .where(NoticeEntry.notice_id == notice.id, ~objected.exists())
            .where(Application.state == "in_stage", Application.stage == notice.stage)
            .where(*(both if also_by_unit else ()))
            .order_by(Application.id)
            .limit(limit)
            .with_for_update(key_share=True, of=Application)
        )
        return (await self.session.scalars(found.execution_options(populate_existing=True))).all()

    async def unposted_beside(
        self, union_id: int, kinds: Collection[tuple[str, str, int]]
    ) -> Sequence[Application]:
        """What of these steps hangs elsewhere about people of this union, and not yet here."""
        kind = tuple_(Application.scheme_id, Application.scheme_version, Application.stage)
        found = select(Application).where(
            Application.base_union_id == union_id,
            Application.union_id != union_id,
            Application.state == "in_stage",
            Application.stage_began.is_not(None),
            kind.in_(kinds),
            ~_hangs(union_id),
        )
        return (await self.session.scalars(found.order_by(Application.id))).all()

    async def not_beside(self, notice: Notice) -> Sequence[Application]:
        """Entries that still stand in its stage, and hang nowhere in their own unit."""
        found = (
            select(Application)
            .join(NoticeEntry, NoticeEntry.application_id == Application.id)
            .where(NoticeEntry.notice_id == notice.id, ~_hangs(Application.base_union_id))
            .where(Application.state == "in_stage", Application.stage == notice.stage)
        )
        return (await self.session.scalars(found.order_by(Application.id))).all()

    async def over(
        self, application: Application, today: date, *, also_by_unit: bool = False
    ) -> bool:
        """Whether its days are over in this step, in the unit as well where that hangs it too."""
        both = [_ended(body, today) for body in (Application.union_id, Application.base_union_id)]
        found = select(Application.id).where(
            Application.id == application.id, *(both if also_by_unit else both[:1])
        )
        return await self.session.scalar(found) is not None

    async def hangs_at(self, application: Application, union_id: int) -> bool:
        """Whether this union hangs it, or has hung it, in the step it stands in."""
        found = select(Application.id).where(
            Application.id == application.id, _hangs(literal(union_id))
        )
        return await self.session.scalar(found) is not None

    async def newest_about(self, application: Application) -> Notice | None:
        """The notice in which this application stands, or stood last."""
        found = (
            select(Notice)
            .join(NoticeEntry, NoticeEntry.notice_id == Notice.id)
            .where(NoticeEntry.application_id == application.id)
        )
        return (await self.session.scalars(found.order_by(Notice.id.desc()))).first()

    async def first_about(self, application: Application, stage: int) -> Notice | None:
        """The notice with which this step began for this application."""
        found = (
            select(Notice)
            .join(NoticeEntry, NoticeEntry.notice_id == Notice.id)
            .where(NoticeEntry.application_id == application.id, Notice.stage == stage)
        )
        return (await self.session.scalars(found.order_by(Notice.id))).first()

    async def last_day(self, application: Application) -> date | None:
        """The last day of the notice in which this application stands now."""
        days = (
            select(func.max(Notice.last_day))
            .join(NoticeEntry, NoticeEntry.notice_id == Notice.id)
            .where(NoticeEntry.application_id == application.id)
            .where(Notice.stage == application.stage)
        )
        return await self.session.scalar(days)

    async def running(self) -> Sequence[Notice]:
        """All that hang, newest first."""
        found = select(Notice).where(Notice.state == "running").order_by(Notice.id.desc())
        return (await self.session.scalars(found)).all()

    async def of_union(self, union_id: int) -> Sequence[Notice]:
        """All that this union has posted, newest first."""
        found = select(Notice).where(Notice.union_id == union_id).order_by(Notice.id.desc())
        return (await self.session.scalars(found)).all()

    async def announcements(self, union_id: int) -> list[Announcement]:
        """Of this union's notices, newest first: going out, or stopped while the notice hangs."""
        mine = {f"notice:{each.id}": each for each in await self.of_union(union_id)}
        rows = select(Broadcast.key, Broadcast.state).where(
            Broadcast.key.in_(mine), Broadcast.state.in_(("filling", "running", "stopped"))
        )
        found = await self.session.execute(rows.order_by(Broadcast.id.desc()))
        every = [Announcement(mine[key], state != "stopped") for key, state in found]
        return [each for each in every if each.going or each.notice.state == "running"]

    async def broadcast(self, notice_id: int) -> int | None:
        """By which the members hear of it."""
        found = select(Broadcast.id).where(Broadcast.key == f"notice:{notice_id}")
        broadcast: int | None = await self.session.scalar(found)
        return broadcast

    async def shown(self, notice_id: int) -> None:
        """Somebody has been shown the notice now."""
        first = func.coalesce(Notice.first_shown, literal(self.now, Moment()))
        notice = update(Notice).where(Notice.id == notice_id)
        await self.session.execute(
            notice.values(shown=Notice.shown + 1, first_shown=first, last_shown=self.now)
        )


def _hangs(union_id: Any, *more: ColumnElement[bool]) -> ColumnElement[bool]:
    """A notice of this union is about the application, in the step it stands in."""
    hung = (
        select(NoticeEntry.notice_id)
        .join(Notice, Notice.id == NoticeEntry.notice_id)
        .where(NoticeEntry.application_id == Application.id)
        .where(Notice.union_id == union_id, Notice.stage == Application.stage, *more)
    )
    return hung.exists()


def _ended(union_id: Any, today: date) -> ColumnElement[bool]:
    return _hangs(union_id, Notice.last_day < today)
