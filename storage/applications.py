"""Applications: found, held while they are moved, and read as the law sees them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from core.errors import NotFound
from core.limits import Award
from core.workflow import GOING, State
from storage.book import Book
from storage.tables import Application, Correction, Worker

AWARD = (
    Application.scheme_id,
    Application.year,
    Application.level,
    Application.trade,
    Application.number,
    Application.round_id,
)


class Applications(Book):
    """An application is changed by its attributes, and only while it is held."""

    async def by_id(self, application_id: int) -> Application:
        """Raises NotFound."""
        return self._there(await self.session.get(Application, application_id))

    async def numbered(self, number: str) -> Application:
        """Raises NotFound."""
        found = select(Application).where(Application.number == number)
        return self._there(await self.session.scalar(found))

    async def own(self, worker_id: int, application_id: int) -> Application:
        """This worker's own. Raises NotFound for anybody else's."""
        found = select(Application).where(
            Application.id == application_id, Application.worker_id == worker_id
        )
        return self._there(await self.session.scalar(found))

    async def held(self, application_id: int) -> Application:
        """As it is now; nobody else moves it until the end of the unit. Raises NotFound."""
        return self._there(next(iter(await self.all_held([application_id])), None))

    async def all_held(self, ids: Iterable[int]) -> Sequence[Application]:
        """In order of id, so that two who hold several do not wait for each other."""
        found = self._by_id(ids).with_for_update(key_share=True)
        return (await self.session.scalars(found.execution_options(populate_existing=True))).all()

    async def some(self, ids: Iterable[int]) -> Sequence[Application]:
        return (await self.session.scalars(self._by_id(ids))).all()

    async def of_worker(self, worker_id: int) -> list[Application]:
        """Newest first."""
        found = select(Application).where(Application.worker_id == worker_id)
        return list(await self.session.scalars(found.order_by(Application.id.desc())))

    async def live_in(self, round_id: int, worker_id: int) -> Application | None:
        """The one with which this worker holds a place in the round."""
        found = select(Application).where(
            Application.round_id == round_id, Application.worker_id == worker_id, Application.live
        )
        return await self.session.scalar(found)

    async def awards(self, worker_id: int) -> Sequence[Award]:
        """The person's live and paid applications in all rounds, for the limits."""
        person = select(Worker.identity_index).where(Worker.id == worker_id).scalar_subquery()
        home = select(Worker.union_id).where(Worker.id == worker_id).scalar_subquery()
        mine = or_(Application.worker_id == worker_id, Application.identity_index == person)
        here = Application.base_union_id == home
        rows = await self.session.execute(select(here, *AWARD).where(Application.live, mine))
        return [_award("person" if there else "elsewhere", row) for there, *row in rows]

    async def unit_awards(self, worker_id: int, schemes: Collection[str]) -> Sequence[Award]:
        """What the others of this person's unit have of these schemes."""
        person = select(Worker.identity_index).where(Worker.id == worker_id).scalar_subquery()
        home = select(Worker.union_id).where(Worker.id == worker_id).scalar_subquery()
        rows = select(*AWARD).where(
            Application.live,
            Application.base_union_id == home,
            Application.scheme_id.in_(schemes),
            Application.identity_index != person,
        )
        return [_award("unit", row) for row in await self.session.execute(rows)]

    async def awards_before(self, applications: Collection[Application]) -> dict[int, list[Award]]:
        """For each of these, what stands in its way if anything does.

        That is what the same person has submitted before it, or has been paid: an application
        of next year does not take away what this year's was promised.
        """
        mine = Application.identity_index.in_({each.identity_index for each in applications})
        columns = (Application.identity_index, Application.base_union_id)
        rows = await self._earlier(columns, mine)
        return {
            each.id: [
                _award("person" if unit == each.base_union_id else "elsewhere", award)
                for (person, unit), other, paid, award in rows
                if person == each.identity_index and _before(other, paid, each)
            ]
            for each in applications
        }

    async def unit_awards_before(
        self, applications: Collection[Application], schemes: Collection[str]
    ) -> dict[int, list[Award]]:
        """Likewise what others of the same unit have of these schemes."""
        units = {each.base_union_id for each in applications}
        ours = and_(Application.base_union_id.in_(units), Application.scheme_id.in_(schemes))
        columns = (Application.identity_index, Application.base_union_id)
        rows = await self._earlier(columns, ours)
        return {
            each.id: [
                _award("unit", award)
                for (person, unit), other, paid, award in rows
                if unit == each.base_union_id
                and person != each.identity_index
                and _before(other, paid, each)
            ]
            for each in applications
        }

    async def _earlier(self, columns: tuple[Any, Any], which: ColumnElement[bool]) -> list[Any]:
        """Live applications: whose and where, id, day of payment, award."""
        all_ = (*columns, Application.id, Application.paid_at, *AWARD)
        rows = await self.session.execute(select(*all_).where(Application.live, which))
        return [((a, b), other, paid, award) for a, b, other, paid, *award in rows]

    async def certificate_used(self, certificate_index: str, other_than: int) -> bool:
        """Whether another application, live or paid, rests on this certificate."""
        rows = select(Application.id).where(
            Application.certificate_index == certificate_index,
            or_(Application.live, Application.paid_at.is_not(None)),
            Application.id != other_than,
        )
        return await self.session.scalar(rows.limit(1)) is not None

    async def given_this_year(self, application: Application) -> int:
        """The fen the same person's other live applications of this scheme have in its year."""
        rows = select(func.coalesce(func.sum(Application.amount_fen), 0)).where(
            Application.live,
            Application.identity_index == application.identity_index,
            Application.scheme_id == application.scheme_id,
            Application.year == application.year,
            Application.id != application.id,
        )
        return int(await self.session.scalar(rows) or 0)

    async def elsewhere_before(self, application: Application) -> Sequence[Application]:
        """The same person's under the same scheme that another union received before this one."""
        found = select(Application).where(
            Application.identity_index == application.identity_index,
            Application.scheme_id == application.scheme_id,
            Application.state.in_([state.value for state in GOING]),
            Application.accepting_union_id != application.accepting_union_id,
            Application.id < application.id,
        )
        return (await self.session.scalars(found.order_by(Application.id))).all()

    async def more_than(self, count: int, union_id: int) -> bool:
        """Whether more than so many stand in a stage of this union."""
        rows = select(Application.id).where(
            Application.union_id == union_id, Application.state == State.IN_STAGE.value
        )
        return await self.session.scalar(rows.offset(count).limit(1)) is not None

    async def due_at(self, union_id: int, day: date) -> int:
        """How many of this union should have been decided by the end of this day."""
        rows = select(func.count()).where(
            Application.union_id == union_id,
            Application.state == State.IN_STAGE.value,
            Application.due <= day,
        )
        return await self.session.scalar(rows) or 0

    async def waiting(self, round_id: int, limit: int) -> Sequence[Application]:
        """The first of the round whose review has not begun, held."""
        found = (
            select(Application)
            .where(Application.round_id == round_id, Application.state == State.WAITING.value)
            .order_by(Application.rank)
            .limit(limit)
            .with_for_update(key_share=True)
        )
        return (await self.session.scalars(found.execution_options(populate_existing=True))).all()

    async def at(self, round_id: int, stage: int, union_id: int | None = None) -> list[Application]:
        """What stands in this stage of the round (of one union), by rank."""
        found = select(Application).where(self._standing(round_id, stage))
        if union_id is not None:
            found = found.where(Application.union_id == union_id)
        return list(await self.session.scalars(found.order_by(Application.rank)))

    async def unposted(self, union_id: int) -> Sequence[Application]:
        """What stands in a stage of this union that has not begun: a notice to be posted."""
        found = select(Application).where(
            Application.union_id == union_id,
            Application.state == State.IN_STAGE.value,
            Application.stage_began.is_(None),
        )
        return (await self.session.scalars(found.order_by(Application.rank))).all()

    async def coming(self, round_id: int, stage: int, base_union_id: int | None = None) -> int:
        """How many of the round are on their way to this stage, not counting corrections."""
        under_way = (State.WAITING.value, State.IN_STAGE.value)
        rows = select(func.count()).where(
            Application.round_id == round_id,
            Application.state.in_(under_way),
            Application.stage < stage,
        )
        if base_union_id is not None:
            rows = rows.where(Application.base_union_id == base_union_id)
        return await self.session.scalar(rows) or 0

    async def going(self, round_id: int) -> int:
        """How many of the round have not come to an end."""
        rows = select(func.count()).where(
            Application.round_id == round_id,
            Application.state.in_([state.value for state in GOING]),
        )
        return await self.session.scalar(rows) or 0

    async def counts(self, round_id: int) -> dict[tuple[str, int], int]:
        """(state, stage) -> how many."""
        rows = (
            select(Application.state, Application.stage, func.count())
            .where(Application.round_id == round_id)
            .group_by(Application.state, Application.stage)
        )
        return {(state, stage): n for state, stage, n in await self.session.execute(rows)}

    async def people(self, worker_ids: Collection[int]) -> dict[int, Worker]:
        found = select(Worker).where(Worker.id.in_(set(worker_ids)))
        return {worker.id: worker for worker in await self.session.scalars(found)}

    async def ask_correction(self, asked: Correction) -> None:
        self.session.add(asked)
        await self.session.flush()

    async def correction(self, application_id: int) -> Correction:
        """What was asked for. Raises NotFound where nothing was."""
        found = select(Correction).where(Correction.application_id == application_id)
        asked = (await self.session.scalars(found.order_by(Correction.id.desc()))).first()
        if asked is None:
            raise NotFound(application=application_id)
        return asked

    async def taken_in(
        self, scheme_id: str, year: int, unions: Collection[int], limit: int
    ) -> Sequence[Application]:
        """What came in under this scheme in this year, at these unions; oldest first."""
        here = or_(
            Application.base_union_id.in_(unions), Application.accepting_union_id.in_(unions)
        )
        found = select(Application).where(
            Application.scheme_id == scheme_id, Application.year == year, here
        )
        return (await self.session.scalars(found.order_by(Application.id).limit(limit))).all()

    async def corrections(self, application_id: int) -> Sequence[Correction]:
        """All that were asked for, oldest first."""
        found = select(Correction).where(Correction.application_id == application_id)
        return (await self.session.scalars(found.order_by(Correction.id))).all()

    def _by_id(self, ids: Iterable[int]) -> Select[Application]:
        return select(Application).where(Application.id.in_(set(ids))).order_by(Application.id)

    def _standing(self, round_id: int, stage: int) -> ColumnElement[bool]:
        return and_(
            Application.round_id == round_id,
            Application.stage == stage,
            Application.state == State.IN_STAGE.value,
        )

    def _there(self, application: Application | None) -> Application:
        if application is None:
            raise NotFound
        return application


def _award(of: Literal["person", "unit", "elsewhere"], row: Sequence[Any]) -> Award:
    """From the columns of AWARD."""
    scheme, year, level, trade, number, round_id = row
    return Award(scheme, year, level, trade, number, str(round_id), of)


def _before(other: int, paid: datetime | None, application: Application) -> bool:
    return other != application.id and (paid is not None or other < application.id)
