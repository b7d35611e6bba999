"""Public notices: what was shown, which applications it was about, and proof of its display."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import func, insert, literal, select, update

from core.errors import NotFound
from storage.book import Book
from storage.tables import Application, Broadcast, Moment, Notice, NoticeEntry, Objection


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

    async def free(self, notice: Notice, limit: int) -> Sequence[Application]:
        """The first entries that still stand in its stage without an open objection; held."""
        objected = select(Objection.id).where(
            Objection.application_id == Application.id, Objection.state == "open"
        )
        found = (
            select(Application)
            .join(NoticeEntry, NoticeEntry.application_id == Application.id)
            .where(NoticeEntry.notice_id == notice.id, ~objected.exists())
            .where(Application.state == "in_stage", Application.stage == notice.stage)
            .order_by(Application.id)
            .limit(limit)
            .with_for_update(key_share=True, of=Application)
        )
        return (await self.session.scalars(found.execution_options(populate_existing=True))).all()

    async def newest_about(self, application: Application) -> Notice | None:
        """The notice in which this application stands, or stood last."""
        found = (
            select(Notice)
            .join(NoticeEntry, NoticeEntry.notice_id == Notice.id)
            .where(NoticeEntry.application_id == application.id)
        )
        return (await self.session.scalars(found.order_by(Notice.id.desc()))).first()

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

    async def announcements(self, union_id: int) -> Sequence[tuple[int, Notice]]:
        """The broadcasts about this union's notices that are still going out, newest first."""
        mine = {f"notice:{each.id}": each for each in await self.of_union(union_id)}
        going = select(Broadcast.id, Broadcast.key).where(
            Broadcast.key.in_(mine), Broadcast.state.in_(("filling", "running"))
        )
        rows = await self.session.execute(going.order_by(Broadcast.id.desc()))
        return [(broadcast, mine[key]) for broadcast, key in rows]

    async def shown(self, notice_id: int) -> None:
        """Somebody has been shown the notice now."""
        first = func.coalesce(Notice.first_shown, literal(self.now, Moment()))
        notice = update(Notice).where(Notice.id == notice_id)
        await self.session.execute(
            notice.values(shown=Notice.shown + 1, first_shown=first, last_shown=self.now)
        )
