"""The office at work where not everything goes well: each application lives what its plot says."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from core.bodies import responsible as keeps_the_file
from core.errors import NotFound, NotYours, Recused
from core.jurisdiction import ROLE_AT, Level
from core.results import Trouble
from core.stages import Manner
from core.workflow import State
from handlers import (
    approval,
    clawback,
    disqualifying,
    objection,
    payment,
    repaying,
    returning,
    review,
    route,
    sight,
    tribunal,
)
from handlers.bench import scheme_of, stage_of
from handlers.decisions import Defect, Enter, Pass, Reject, Return, Terminate
from storage.objections import Objector
from storage.tables import Application, Officer, Outbox
from tests.handlers.province import meets
from tests.journeys.cast import Cast
from tests.journeys.plots import ONE_BY_ONE, Branch, Plot, refused_at
from tests.on_the_spot import a_stored
from tests.people import identity_number

GROUND, FOUND, PROVED = "与原件不符", "已经核实清楚", "证据确实"
MOST_DAYS = 400


class Crossroads(Cast):
    """What comes across each, and who does what about it."""

    async def lives(self) -> None:
        """From alarm to alarm, until everybody has come to an end."""
        end = self.clock.now() + timedelta(days=MOST_DAYS)
        while self.clock.now() < end:
            while await self._works():
                pass
            if not await self._going():
                break
            await self._goes_on()
        left = {
            (each.scheme_id, self.cast.get(each.id), each.stage) for each in await self._going()
        }
        assert left == set()
        for id_ in [id_ for id_, plot in self.cast.items() if plot is Plot.ROUGH]:
            here = await self.now(id_)
            if here.state in (State.PAID, State.COMPLETED):
                self.met[id_].append(Branch.ARRIVED)
                if tribunal.grounds(scheme_of(self.office, here)):
                    await self._is_taken_back(here)

    async def _works(self) -> bool:
        """Everybody once; whether anything was done."""
        done = False
        for each in await self._going():
            here, stage = each, stage_of(self.office, each)
            if each.state == State.IN_STAGE and stage.manner not in ONE_BY_ONE:
                if each.stage_began and stage.manner is Manner.POST and not self._minds(each):
                    continue
                here = await self.now(each.id)  # another one's step may have moved it
            done |= await self._acts(here)
        return done

    def _minds(self, hung: Application) -> bool:
        """Whether anything comes across it while its notice hangs."""
        if self.cast.get(hung.id) is Plot.UPHELD:
            return True
        rough = self.cast.get(hung.id) is Plot.ROUGH
        over = self.office.today() > self._hang.get(hung.id, date.min)
        return rough and over and Branch.DISMISSED not in self.met[hung.id]

    async def _acts(self, here: Application) -> bool:
        """One step of this life; False where only the calendar can do something."""
        stage, plot = stage_of(self.office, here), self.cast.get(here.id)
        if here.state == State.CORRECTING:
            return plot is Plot.ROUGH and await self._corrects(here)
        if here.state != State.IN_STAGE:
            return False
        match plot:
            case Plot.ROUGH:
                return await self._rough(here)
            case Plot.REFUSED if here.stage >= refused_at(scheme_of(self.office, here)):
                if stage.manner in ONE_BY_ONE:
                    await self._decided(here, Reject((), GROUND))
                    return True
            case Plot.LAPSED if stage.correction:
                await self._returns(here)
                return True
            case Plot.UPHELD if stage.manner is Manner.POST and here.stage_began:
                made = await self._objects(here)
                await self._investigated(await self.officer_for(here), made, upheld=True)
                return True
            case Plot.TERMINATED if here.stage and stage.manner in ONE_BY_ONE:
                await self._decided(here, Terminate(0, GROUND))
                return True
        return await self._steps(here)

    async def _decided(self, here: Application, decision: Reject | Terminate | Return) -> None:
        officer = await self.officer_for(here)
        await review.decide(self.office, officer, here.id, here.version, decision)

    async def _rough(self, here: Application) -> bool:
        stage, met = stage_of(self.office, here), self.met[here.id]
        if stage.within and Branch.LATE not in met:
            assert here.due_at is not None
            if self.clock.now() < here.due_at:
                return False
            met.append(Branch.LATE)
        if stage.manner in ONE_BY_ONE and Branch.RECUSED not in met:
            await self._is_recused(here)
        elif stage.correction and Branch.MENDED not in met:
            await self._returns(here)
        elif stage.manner is Manner.POST and here.stage_began and Branch.DISMISSED not in met:
            return await self._is_objected_to(here)
        elif not await self._steps(here):
            return False
        return True

    async def _is_recused(self, here: Application) -> None:
        """Neither a relative nor the applicant decides; for the meeting and the bank see there."""
        kin, *_, own = await self._there(here)
        entered = stage_of(self.office, here).manner is Manner.ENTER
        done = Enter("办好了") if entered else Pass(True)
        about = (here.id, here.version, done)
        veiled = sight.private(self.office, here)  # then nobody is told why
        barred = NotYours if veiled else Recused
        with pytest.raises(barred, match=None if veiled else "relative"):
            await review.decide(self.office, kin, *about)
        await self._has_the_number(own, here.identity_index)
        with pytest.raises(barred, match=None if veiled else "own"):
            await review.decide(self.office, own, *about)
        await self._has_the_number(own, None)
        self.met[here.id].append(Branch.RECUSED)

    async def _returns(self, here: Application) -> None:
        """With a card for the applicant, who reads at once what is wrong and until when."""
        due = self.office.today() + timedelta(days=10)
        await self._decided(here, Return((Defect(slot=0, note="看不清"),), due))
        mine = Outbox.address == f"play-{here.worker_id}"
        async with self.office.reading() as unit:
            last = select(Outbox.body).where(mine).order_by(Outbox.id.desc()).limit(1)
            card = await unit.session.scalar(last)
        assert card is not None
        assert all(word in card["text"] for word in (here.number, "有几处要补正", "看不清"))
        assert [each["label"] for each in card["choices"]] == ["去补正"]

    async def _corrects(self, here: Application) -> bool:
        async with self.office.unit() as unit:
            await returning.corrected(self.office, unit, here, {})
        self.met[here.id].append(Branch.MENDED)
        return True

    async def _objects(self, here: Application) -> int:
        """Under a real name, where the file wants it. Returns the objection."""
        async with self.office.reading() as unit:
            hung = await unit.notices.newest_about(here)
        assert hung is not None
        named = stage_of(self.office, here).named
        said = Objector("", "", "", "业绩不是本人的")
        if named:
            number = identity_number(7, "530103")
            said = Objector("王举报", number, "0871-0000000", "业绩不是本人的")
        if stage_of(self.office, here).papers:
            said = replace(said, papers=(await a_stored(self.office),))
        made = await objection.make(self.office, hung.id, here.number, said, self._objector)
        again = await objection.make(self.office, hung.id, here.number, said, self._objector)
        assert again.id == made.id
        self._hang[here.id] = hung.last_day
        return made.id

    async def _investigated(self, by: Officer, made: int, *, upheld: bool) -> None:
        """Upheld for cheating, where the file knows any that goes into the record."""
        async with self.office.reading() as unit:
            row = await unit.objections.by_id(made)
            about = await unit.applications.by_id(row.application_id)
        cheated = upheld and disqualifying.grounds(scheme_of(self.office, about))
        said = {"finding": "查了原件", "reason": FOUND}
        ground = 0 if cheated else None
        await objection.decide(self.office, by, made, upheld=upheld, ground=ground, **said)

    async def _is_objected_to(self, here: Application) -> bool:
        """Dismissed only after the last day: the others have gone on, this one has waited."""
        if here.id not in self._hang:
            await self._objects(here)
            return True
        if self.office.today() <= self._hang[here.id]:
            return False
        async with self.office.reading() as unit:
            hung = await unit.notices.newest_about(here)
            (waiting,) = await unit.objections.of_application(here.id)
        assert hung is not None
        assert hung.state == "closed"
        kin, *_ = await self._there(here)
        with pytest.raises(Recused, match="relative"):
            await self._investigated(kin, waiting.id, upheld=True)
        await self._investigated(await self.officer_for(here), waiting.id, upheld=False)
        self.met[here.id].append(Branch.DISMISSED)
        return True

    async def _steps(self, here: Application) -> bool:
        """A meeting decides on all that stands before it, each as its plot has it."""
        if here.state != State.IN_STAGE or stage_of(self.office, here).manner is not Manner.MEET:
            return await super()._steps(here)
        kin, *_, officer = await self._there(here)
        async with self.office.reading() as unit:
            there = await approval.standing(self.office, unit, officer, here.round_id)
        shown = [each for each, _ in there]
        fall = [each for each in shown if self._falls(each)]
        rough = {each.id for each in shown if self.cast.get(each.id) is Plot.ROUGH}
        if rough:
            held = await meets(self.office, kin, here.round_id, {e.id: GROUND for e in fall})
            assert {each.application.id for each in held.barred} == rough
            assert all(isinstance(each.why, Recused) for each in held.barred)
            fall = []
        await meets(self.office, officer, here.round_id, {e.id: GROUND for e in fall})
        return True

    def _falls(self, here: Application) -> bool:
        scheme = scheme_of(self.office, here)
        return self.cast.get(here.id) is Plot.REFUSED and here.stage >= refused_at(scheme)

    async def _pays(self, application: Application, officer: Officer) -> None:
        met = self.met[application.id]
        if self.cast.get(application.id) is Plot.ROUGH and Branch.PAID_AGAIN not in met:
            await self._fails(application, officer)
            met.append(Branch.PAID_AGAIN)
        await super()._pays(application, officer)

    async def _fails(self, here: Application, officer: Officer) -> None:
        """A relative cannot list it; the bank cannot pay it to this account."""
        async with self.office.reading() as unit:
            account = await unit.accounts.usable(here.id)
        if account is None:
            await self._gives_account(here)
        kin, *_ = await self._there(here)
        with pytest.raises(NotFound):
            await payment.make_list(self.office, kin, here.round_id)
        made, _ = await payment.make_list(self.office, officer, here.round_id)
        async with self.office.reading() as unit:
            lines = await unit.payments.lines(made.id)
        results = {each.payment.id: payment.Failed(Trouble.ACCOUNT_CLOSED) for each in lines}
        await payment.record(self.office, officer, made.id, results)

    async def _is_taken_back(self, here: Application) -> None:
        """Found, answered by the holder, upheld by the body that approved, given back in parts."""
        today = self.office.today()
        async with self.office.reading() as unit:
            paid, payer = await unit.claw_backs.paid(here.id)
            decider = await unit.unions.by_id(await tribunal.decider(self.office, unit, here))
            judges = await unit.officers.of_union(decider.id, ROLE_AT[Level(decider.kind)])
            tree = await unit.unions.tree(here.base_union_id)
            keeper = keeps_the_file(scheme_of(self.office, here), route.home(here), tree).id
            finders = await unit.officers.of_union(payer or keeper, *tribunal.FINDERS)
        about = {"ground": 0, "finding": "材料系伪造", "answer_by": today + timedelta(days=10)}
        found = await clawback.find(self.office, finders[-1], here.id, **about)
        async with self.office.unit() as unit:
            await clawback.answer(self.office, unit, here.worker_id, found.id, "材料是真的")
        kin, *_, judge, _ = judges
        wanted = tribunal.grounds(scheme_of(self.office, here))[0].returns
        upheld = clawback.Upheld(
            PROVED,
            fen=paid // 2 if wanted == "part" and paid else None,
            parts=2,
            first=today + timedelta(days=20),
        )
        with pytest.raises(Recused, match="relative"):
            await clawback.decide(self.office, kin, found.id, upheld)
        ruled = await clawback.decide(self.office, judge, found.id, upheld)
        async with self.office.reading() as unit:
            debt = await unit.claw_backs.debt(ruled)
        for part in debt.open:
            await repaying.repaid(self.office, finders[-1], found.id, part.fen, today)
        self.met[here.id].append(Branch.TAKEN_BACK)
