"""Rounds: when one can apply, for how many places, and how far the review is."""

from collections.abc import Sequence
from datetime import date, time

from sqlalchemy import Time, bindparam, case, or_, select, text

from core.errors import NotFound
from core.terms import Term
from storage.book import Book
from storage.tables import Round

# Built once: asked at every verdict.
RUNNING = (
    select(Round)
    .where(Round.scheme_id == bindparam("scheme"), Round.state != "done")
    .where(Round.opens <= bindparam("day"), Round.closes >= bindparam("day"))
    .where(
        or_(
            Round.closes > bindparam("day"),
            Round.closes_at.is_(None),
            Round.closes_at >= bindparam("minute", type_=Time()),
        )
    )
    .order_by(
        case((Round.state == "open", 0), else_=1),
        case((Round.counted & (Round.taken >= Round.places), 1), else_=0),
        *(Round.closes, Round.id),
    )
    .limit(1)
)


class Rounds(Book):
    """`taken` belongs to `storage.admission`: it is read here, never written."""

    async def by_id(self, round_id: int) -> Round:
        """Raises NotFound."""
        found = await self.session.get(Round, round_id)
        if found is None:
            raise NotFound(round=round_id)
        return found

    async def held(self, round_id: int) -> Round:
        """As it is now, and nobody changes it until the end of the unit. Raises NotFound."""
        rows = select(Round).where(Round.id == round_id).with_for_update(key_share=True)
        found = await self.session.scalar(rows.execution_options(populate_existing=True))
        if found is None:
            raise NotFound(round=round_id)
        return found

    async def add(self, new: Round) -> Round:
        self.session.add(new)
        await self.session.flush()
        return new

    async def stand(self, scheme_id: str, scheme_version: str, term: Term, at_once: bool) -> bool:
        """Opens the standing round of this term; False where it was opened before."""
        row = self.insert(Round).values(
            scheme_id=scheme_id,
            scheme_version=scheme_version,
            year=term.opens.year,
            opens=term.opens,
            closes=term.closes,
            closes_at=term.at,
            standing=True,
            at_once=at_once,
        )
        once = row.on_conflict_do_nothing(
            index_elements=[Round.scheme_id, Round.opens], index_where=text("standing")
        )
        return (await self.connection.execute(once)).rowcount == 1

    async def open_for(self, scheme_id: str, day: date) -> Round | None:
        """The round whose window this day is in; one with free places before a full one.

        Of today, by the minute: a round that names an hour is over after it.
        """
        now = self.now.time().replace(second=0, microsecond=0)
        about = {"scheme": scheme_id, "day": day}
        about |= {"minute": now if day == self.work.today else time()}
        return (await self.session.scalars(RUNNING, about)).first()

    async def over_today(self, scheme_id: str) -> Round | None:
        """The one whose last day is today, and its hour has passed."""
        rounds = select(Round).where(Round.scheme_id == scheme_id, Round.closes == self.work.today)
        found = (await self.session.scalars(rounds.order_by(Round.id.desc()))).all()
        return next((each for each in found if each.over(self.now)), None)

    async def next_for(self, scheme_id: str, day: date) -> Round | None:
        """The next round that is already announced but not yet open."""
        rounds = select(Round).where(Round.scheme_id == scheme_id, Round.opens > day)
        return (await self.session.scalars(rounds.order_by(Round.opens, Round.id).limit(1))).first()

    async def all(self) -> Sequence[Round]:
        """Newest first."""
        return (await self.session.scalars(select(Round).order_by(Round.id.desc()))).all()
