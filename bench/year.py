"""A year of the demonstration union with a moving clock: who comes, and what the days bring.

Everybody acts through the clerks the doors use. Chance decides who withdraws, is returned, refused
or objected to, whose account is wrong, which officer is late, and who has cheated; it is the same
chance in every run.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta

from sqlalchemy import select

from bench.year_comes import Coming
from bot.app import House
from core.budget import BudgetExceeded
from core.errors import AppError, MoveNotAllowed, NotEligible
from core.stages import Manner
from core.workflow import GOING, State
from handlers import deadline, returning, review, withdrawal
from handlers import round as rounds
from handlers.bench import scheme_of, stage_of
from handlers.decisions import Defect, Reject, Reserve, Return
from storage.tables import SHANGHAI, Application, Officer, Round
from tests.clock import Clock
from tests.handlers.province import meets

Key = tuple[int, int]  # application and version


class Year(Coming):
    """The days, one after the other. What is noted here is what the archive does not keep."""

    def __init__(self, house: House, clock: Clock, count: int) -> None:
        super().__init__(house, clock, count)
        self.deadlines: dict[Key, datetime] = {}  # by the file, of every step that was entered
        self.refusals: Counter[str] = Counter()
        self._turns: dict[Key, int] = {}  # on which day somebody gets to it

    async def lives(self) -> None:
        """One day: people come, officers work, the night falls."""
        await self.arrivals()
        async with self.office.reading() as unit:
            there = select(Application).where(Application.state.in_(GOING))
            going = (await unit.session.scalars(there.order_by(Application.id))).all()
        await self.objections(going)
        for each in going:
            self._note(each)
            if each.state == State.WAITING:
                await self._thinks_again(each)
            elif self.day >= self._turn(each):
                while await self._meets_it(await self.now(each.id)):
                    pass
        await self.findings()
        if self.day % 30 == 29:
            await self._close_rounds()
        await self.next_morning()

    async def _thinks_again(self, here: Application) -> None:
        """One in thirty takes it back before it is looked at, and leaves the place to another."""
        wait = (self.office.today() - here.submitted_at.date()).days
        if wait == 3 and self.chance("thinks again", here.id) < 1 / 30:
            self.done["taken back in time"] += await self._withdraws(here)

    async def _meets_it(self, here: Application) -> bool:
        """What today brings for one application; True where there is more at once."""
        if here.state not in (State.IN_STAGE, State.CORRECTING) or self.day < self._turn(here):
            return False
        if here.state == State.CORRECTING:
            await self._mends(here)
        elif self.chance("withdraws", here.id, here.stage) < 0.01 and await self._withdraws(here):
            return False
        else:
            with self._refused(here):
                try:
                    await self.works_on(here)
                except BudgetExceeded as no:
                    self.done["budget raised"] += 1
                    await self._raises(here, no)
        now = await self.now(here.id)
        self._note(now)
        if now.version == here.version or now.state != State.IN_STAGE:
            return False
        within = stage_of(self.office, now).within
        return within is not None and within.unit == "hours" and self.day >= self._turn(now)

    def _note(self, here: Application) -> None:
        if here.due_at is not None and here.state == State.IN_STAGE:
            self.deadlines[here.id, here.version] = here.due_at

    def _turn(self, here: Application) -> int:
        """In the next days; one in twelve after the time is over."""
        key = (here.id, here.version)
        if key not in self._turns:
            wait = int(self.chance("wait", *key) * 4)
            if here.state == State.IN_STAGE:
                within = stage_of(self.office, here).within
                late = self.chance("late", *key) < 1 / 12
                if here.due_at is not None:
                    left = (here.due_at.date() - self.clock.now().date()).days
                    wait = left + 2 if late else min(wait, left - 1)
                    wait = 0 if within and within.unit == "hours" and not late else wait
                elif late:
                    wait = 20
            self._turns[key] = self.day + max(0, wait)
        return self._turns[key]

    @contextmanager
    def _refused(self, here: Application) -> Iterator[None]:
        """The program has said no: it is counted, and the next one tries another day."""
        try:
            yield
        except AppError as no:
            what = f"{type(no).__name__} at {stage_of(self.office, here).manner} {here.scheme_id}"
            self.refusals[what] += 1
            self._turns[here.id, here.version] = self.day + 3

    async def works_on(self, application: Application) -> bool:
        if stage_of(self.office, application).manner is not Manner.MEET:
            return await super().works_on(application)
        refused = {}
        if self.chance("refused", application.id, application.stage) < 0.03:
            refused[application.id] = "会议没有同意"
        officer = await self.officer_for(application)
        await meets(self.office, officer, application.round_id, refused)
        return True

    async def _decides(self, application: Application, officer: Officer) -> None:
        """Most pass; some are returned, refused, or put on the reserve list."""
        stage, here = stage_of(self.office, application), (application.id, application.stage)
        about = (self.office, officer, application.id, application.version)
        scheme = scheme_of(self.office, application)
        returnable = stage.correction is not None and not application.corrections
        if returnable and scheme.slots and self.chance("returned", application.id) < 0.1:
            due = self.office.today() + timedelta(days=10)
            await review.decide(*about, Return((Defect(slot=0, note="看不清"),), due))
        elif self.chance("refused", *here) < 0.02:
            await review.decide(*about, Reject((), "与原件不符"))
        elif stage.reserves and self.chance("reserve", *here) < 0.4:
            async with self.office.reading() as unit:
                rank = await unit.reserves.last_rank(application.round_id) + 1
            await review.decide(*about, Reserve(rank))
        else:
            await self._passes(application, officer)

    async def _passes(self, application: Application, officer: Officer) -> None:
        """What does not fit by the archive, or by what was found, is refused."""
        try:
            await super()._decides(application, officer)
        except NotEligible as no:
            failed = ", ".join(sorted(reason.fact for reason in no.reasons))
            self.refusals[f"NotEligible {application.scheme_id}: {failed}"] += 1
            about = (self.office, officer, application.id, application.version)
            await review.decide(*about, Reject((), "不符合条件"))

    async def _mends(self, application: Application) -> None:
        """Three of four bring what was missing; the rest lapse by the calendar."""
        if self.chance("mends", application.id) < 0.75:
            async with self.office.unit() as unit:
                await returning.corrected(self.office, unit, application, {})

    async def _withdraws(self, application: Application) -> bool:
        if not withdrawal.possible(self.office, application):
            return False
        async with self.office.unit() as unit:
            mine = (application.worker_id, application.id)
            await withdrawal.take_back(self.office, unit, *mine)
        return True

    async def _raises(self, application: Application, no: BudgetExceeded) -> None:
        async with self.office.reading() as unit:
            top = await unit.unions.top()
            there = await unit.budgets.of(top.id, application.scheme_id, application.year)
        assert there is not None
        await self.grants(application.scheme_id, application.year, there.fen + no.wanted * 3)

    async def _close_rounds(self) -> None:
        async with self.office.reading() as unit:
            over = select(Round.id).where(Round.state == "reviewing")
            ids = (await unit.session.scalars(over)).all()
        for each in ids:
            try:
                await rounds.close(self.office, await self.login("manager"), each)
            except MoveNotAllowed:
                continue

    async def next_morning(self) -> None:
        """The clock must not fail in silence here: what rings is rung, and errors are raised."""
        tomorrow = self.clock.now().date() + timedelta(days=1)
        self.clock.set(datetime.combine(tomorrow, time(9), SHANGHAI))
        await deadline.tick(self.office)
        await self.house.clock.tick()
