"""Who takes part in the journeys through every branch: applicants, each with a plot, and officers.

The first officer of every union is a relative of all who have a rough time; two sit beside, of
whom the last has a chat as well.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy import insert, select

from bot.app import House
from core.people import Role
from core.scheme import Scheme
from core.workflow import GOING
from handlers import (
    budget,
    deadline,
)
from handlers.bench import stage_of
from handlers.cards import responsible
from storage.tables import SHANGHAI, Application, Officer, Relative, Timer, Union
from tests.clock import Clock
from tests.journeys.playing import Play
from tests.journeys.plots import Branch, Plot, plots
from tests.people import a_talk, an_officer

ACTS = (Role.REVIEWER, Role.VERIFIER, Role.OFFICE, Role.CHAIRS, Role.FINANCE)
BUDGET = 10**9  # fen
MORNING = time(9)


class Cast(Play):
    """`cast` says who lives which plot, `met` what has come across each, in order."""

    def __init__(self, house: House, clock: Clock) -> None:
        super().__init__(house, clock)
        self.cast: dict[int, Plot] = {}
        self.met: dict[int, list[Branch]] = defaultdict(list)
        self._objector = 0  # the conversation of whoever objects
        self._seats: dict[tuple[int, str, str], Sequence[Officer]] = {}
        self._hang: dict[int, date] = {}  # until when, by the application that is objected to

    async def begins(self, schemes: Sequence[Scheme], home: str) -> None:
        """For every scheme, one application for each plot its file allows."""
        await self._furnish(schemes)
        for scheme in schemes:
            if scheme.drawn:
                holders = [await self._holds(scheme, home) for _ in plots(scheme)]
                opened = await self._opens_list(scheme)
                sent = [await self._line(opened, each) for each in holders]
            else:
                sent = [await self.applies(scheme, home) for _ in plots(scheme)]
            self.cast |= {each.id: p for each, p in zip(sent, plots(scheme), strict=True)}
        rough = [id_ for id_, plot in self.cast.items() if plot is Plot.ROUGH]
        async with self.office.unit() as unit:
            people = await unit.session.execute(
                select(Application.identity_index).where(Application.id.in_(rough))
            )
            rows = [
                {"officer_id": each, "identity_index": who, "relation": "配偶"}
                for (who,) in people
                for each in self._first
            ]
            await unit.session.execute(insert(Relative), rows)

    async def _furnish(self, schemes: Sequence[Scheme]) -> None:
        async with self.office.unit() as unit:
            there = (await unit.session.scalars(select(Officer).order_by(Officer.id))).all()
            seats = {(each.union_id, Role(each.role)): each.id for each in reversed(there)}
            seats = {seat: id_ for seat, id_ in seats.items() if seat[1] in ACTS}
            unions = {each.id: each for each in await unit.session.scalars(select(Union))}
            more = [
                await an_officer(unit, unions[union], role, f"{role}-{union}-{n}", name="乙经办")
                for union, role in seats
                for n in "bc"
            ]
            for each in [*there, *more[1::2]]:
                talk = await a_talk(unit, f"officer-{each.id}")
                talk.officer_id = each.id
                await unit.conversations.write(talk)
            self._objector = (await a_talk(unit, "objector")).id
        self._first = tuple(seats.values())
        async with self.office.unit() as unit:
            (finance,) = [each for each in there if each.login == "finance"]
            for scheme in schemes:
                if scheme.pays:
                    about = (scheme.id, self.clock.now().year, BUDGET)
                    await budget.set_budget(self.office, finance, *about, unit)

    async def _going(self) -> Sequence[Application]:
        async with self.office.reading() as unit:
            rows = select(Application).where(Application.state.in_(GOING)).order_by(Application.id)
            return (await unit.session.scalars(rows)).all()

    async def _goes_on(self) -> None:
        """To the next thing the calendar does; a morning, where it is not a matter of hours."""
        async with self.office.reading() as unit:
            timers = select(Timer.due).where(Timer.fired.is_(None)).order_by(Timer.due).limit(1)
            due: datetime | None = await unit.session.scalar(timers)
        assert due is not None, [(a.scheme_id, a.stage) for a in await self._going()]
        if due.date() > self.clock.now().date():
            due = max(due, datetime.combine(due.date(), MORNING, SHANGHAI))
        self.clock.set(max(due, self.clock.now()))
        await deadline.tick(self.office)

    async def officer_for(self, application: Application) -> Officer:
        """The last of those who are responsible; the first is a relative of some."""
        return (await self._there(application))[-1]

    async def _there(self, here: Application) -> Sequence[Officer]:
        """Nobody comes or leaves in these days: it is asked once."""
        stage = stage_of(self.office, here)
        seat = here.union_id or 0, stage.stage, stage.by
        if seat not in self._seats:
            async with self.office.reading() as unit:
                self._seats[seat] = await responsible(unit, stage, here.union_id)
        assert self._seats[seat], f"nobody at {here.scheme_id}: {stage.name}"
        return self._seats[seat]

    async def _has_the_number(self, officer: Officer, index: str | None) -> None:
        async with self.office.unit() as unit:
            known = await unit.officers.by_id(officer.id)
            assert known is not None
            known.identity_index = index
