"""Lists drawn from the register: a round, what was set aside, an application for each holder."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from core.workflow import State
from storage.book import Book
from storage.tables import Application, Draft, DrawnList, Round, Title


@dataclass(frozen=True)
class Place:
    """What a holder's line on the list starts with."""

    entry: Title
    amount_fen: int | None
    facts: dict[str, Any]
    trace: list[Any]


class Drawn(Book):
    """The counter of the round is held, or belongs to nobody else yet."""

    async def add(self, new: DrawnList) -> bool:
        """False where this year's (or this occasion's) has been opened before."""
        values = {c.key: getattr(new, c.key) for c in DrawnList.__table__.columns}
        row = self.insert(DrawnList).values(values)
        keys = ["scheme_id", "year", "occasion"]
        once = row.on_conflict_do_nothing(index_elements=keys)
        return (await self.connection.execute(once)).rowcount == 1

    async def enlist(self, running: Round, places: Sequence[Place]) -> list[Application]:
        """One application each, ready to be started; nobody has sent it."""
        folders = [self._folder(running, place) for place in places]
        self.session.add_all(folders)
        await self.session.flush()
        made = []
        for place, folder in zip(places, folders, strict=True):
            running.taken += 1
            running.last_rank += 1
            made.append(self._line(running, place, folder))
        self.session.add_all(made)
        await self.session.flush()
        return made

    async def of(self, round_id: int) -> DrawnList | None:
        return await self.session.get(DrawnList, round_id)

    async def all(self) -> Sequence[DrawnList]:
        """Newest first."""
        rows = select(DrawnList).order_by(DrawnList.round_id.desc())
        return (await self.session.scalars(rows)).all()

    async def there(self, scheme_id: str, year: int, occasion: str) -> bool:
        """Whether this year's, or this occasion's, has been opened."""
        rows = select(DrawnList.round_id).where(
            DrawnList.scheme_id == scheme_id,
            DrawnList.year == year,
            DrawnList.occasion == occasion,
        )
        return await self.session.scalar(rows) is not None

    async def latest(self, scheme_id: str, year: int) -> DrawnList | None:
        rows = select(DrawnList).where(DrawnList.scheme_id == scheme_id, DrawnList.year == year)
        return await self.session.scalar(rows.order_by(DrawnList.round_id.desc()).limit(1))

    async def lines(self, round_id: int) -> Sequence[Application]:
        """Everybody on the list, in its order."""
        rows = select(Application).where(Application.round_id == round_id)
        return (await self.session.scalars(rows.order_by(Application.rank))).all()

    async def line(self, round_id: int, worker_id: int) -> Application | None:
        """This person's own, the newest where one was struck out and added again."""
        rows = select(Application).where(
            Application.round_id == round_id, Application.worker_id == worker_id
        )
        return await self.session.scalar(rows.order_by(Application.id.desc()).limit(1))

    async def awarded(self, scheme_id: str, year: int) -> set[str]:
        """Who has a live or paid application of this year in any round of the scheme."""
        rows = select(Application.identity_index).where(
            Application.scheme_id == scheme_id, Application.year == year, Application.live
        )
        return set(await self.session.scalars(rows))

    def _folder(self, running: Round, place: Place) -> Draft:
        return Draft(
            worker_id=place.entry.worker_id,
            scheme_id=running.scheme_id,
            state="sent",
            began_at=self.now,
        )

    def _line(self, running: Round, place: Place, folder: Draft) -> Application:
        entry = place.entry
        return Application(
            number=f"{running.year}{running.id:03d}{running.last_rank:05d}",
            round_id=running.id,
            scheme_id=running.scheme_id,
            scheme_version=running.scheme_version,
            worker_id=entry.worker_id,
            identity_index=entry.holder_index,
            once_index=entry.holder_index,
            draft_id=folder.id,
            base_union_id=entry.union_id,
            rank=running.last_rank,
            state=State.WAITING.value,
            year=running.year,
            amount_fen=place.amount_fen,
            facts=place.facts,
            trace=place.trace,
            submitted_at=self.now,
        )
