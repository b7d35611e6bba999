"""Rounds: when one can apply, for how many places, and how far the review is."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import bindparam, case, select, text

from core.errors import NotFound
from core.terms import Term
from storage.book import Book
from storage.tables import Round

# Built once: asked at every verdict.
RUNNING = (
    select(Round)
    .where(Round.scheme_id == bindparam("scheme"), Round.state != "done")
    .where(Round.opens <= bindparam("day"), Round.closes >= bindparam("day"))
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
            standing=True,
            at_once=at_once,
        )
        once = row.on_conflict_do_nothing(
            index_elements=[Round.scheme_id, Round.opens], index_where=text("standing")
        )
        return (await self.connection.execute(once)).rowcount == 1

    async def open_for(self, scheme_id: str, day: date) -> Round | None:
        """The round whose window this day is in; one with free places before a full one."""
        about = {"scheme": scheme_id, "day": day}
        return (await self.session.scalars(RUNNING, about)).first()

    async def next_for(self, scheme_id: str, day: date) -> Round | None:
        """The next round that is already announced but not yet open."""
        rounds = select(Round).where(Round.scheme_id == scheme_id, Round.opens > day)
        return (await self.session.scalars(rounds.order_by(Round.opens, Round.id).limit(1))).first()

    async def all(self) -> Sequence[Round]:
        """Newest first."""
        return (await self.session.scalars(select(Round).order_by(Round.id.desc()))).all()
