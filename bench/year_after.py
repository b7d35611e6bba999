"""What comes beside and after the way of an application: objections, payments, findings."""

import random
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from core.errors import NotFound
from core.jurisdiction import ROLE_AT, Level
from core.people import Role
from core.results import Trouble
from core.stages import Manner
from core.workflow import State
from handlers import clawback, objection, payment, repaying, tribunal
from handlers.bench import scheme_of, stage_of
from handlers.cards import responsible
from storage.objections import Objector
from storage.tables import Application, ClawBack, Objection, Officer
from tests.journeys.playing import Play
from tests.people import identity_number


class After(Play):
    """As in the play, but not everything goes well."""

    def chance(self, *about: object) -> float:
        """The same for the same, whatever was asked before."""
        return random.Random(repr(about)).random()

    async def login(self, name: str) -> Officer:
        async with self.office.reading() as unit:
            found = await unit.officers.by_login(name)
        assert found is not None
        return found

    async def objections(self, going: Sequence[Application]) -> None:
        """One in twenty is objected to; who posted the notice decides after some days."""
        hanging = [
            each
            for each in going
            if each.stage_began == self.office.today() - timedelta(days=1)
            and stage_of(self.office, each).manner is Manner.POST
            and self.chance("objects", each.id, each.stage) < 0.05
        ]
        async with self.office.reading() as unit:
            notices = {each.id: await unit.notices.newest_about(each) for each in hanging}
            open_ = select(Objection).where(Objection.state == "open")
            waiting = (await unit.session.scalars(open_)).all()
        for objected in hanging:
            notice = notices[objected.id]
            assert notice is not None
            said = Objector("王举报", identity_number(7, "530103"), "0871-0000000", "证书是假的")
            await objection.make(self.office, notice.id, objected.number, said)
        for each in waiting:
            if self.office.today() - each.made_at.date() >= timedelta(days=4):
                await self._investigates(each)

    async def _investigates(self, made: Objection) -> None:
        application = await self.now(made.application_id)
        async with self.office.reading() as unit:
            stage = stage_of(self.office, application)
            (officer, *_) = await responsible(unit, stage, made.union_id)
        upheld = self.chance("upheld", made.id) < 0.4
        about = (self.office, officer, made.id)
        await objection.decide(*about, upheld=upheld, finding="查了原件", reason="已核实")

    async def _pays(self, application: Application, officer: Officer) -> None:
        """One line in sixteen fails, and is paid with another account on a later list."""
        async with self.office.reading() as unit:
            account = await unit.accounts.usable(application.id)
        if account is None:
            await self._gives_account(application)
        made, _ = await payment.make_list(self.office, officer, application.round_id)
        async with self.office.reading() as unit:
            lines = await unit.payments.lines(made.id)
        results = {line.payment.id: self._result(line.payment.id) for line in lines}
        await payment.record(self.office, officer, made.id, results)

    def _result(self, payment_id: int) -> payment.Result:
        if self.chance("fails", payment_id) < 1 / 16:
            return payment.Failed(next(iter(Trouble)))
        return payment.Paid()

    async def findings(self) -> None:
        """One award in thirty was got by cheating, or so it is said."""
        async with self.office.reading() as unit:
            paid = select(Application).where(Application.state == State.PAID)
            recent = paid.where(Application.paid_at >= unit.now - timedelta(days=1))
            suspects = [
                each
                for each in await unit.session.scalars(recent)
                if self.chance("cheats", each.id) < 1 / 30
                and tribunal.grounds(scheme_of(self.office, each))
                and not await unit.claw_backs.of_application(each.id)
            ]
            there = select(ClawBack).where(ClawBack.state.in_(("hearing", "owed")))
            standing = (await unit.session.scalars(there)).all()
        for suspect in suspects:
            await self._finds(suspect)
        for found in standing:
            await (self._rules(found) if found.state == "hearing" else self._gives_back(found))

    async def _finds(self, application: Application) -> None:
        async with self.office.reading() as unit:
            _, payer = await unit.claw_backs.paid(application.id)
            (officer, *_) = await unit.officers.of_union(payer or 0, Role.FINANCE)
        by = self.office.today() + timedelta(days=10)
        about = (self.office, officer, application.id)
        await clawback.find(*about, ground=0, finding="证书系伪造", answer_by=by)

    async def _rules(self, found: ClawBack) -> None:
        """Two of three are upheld; what comes back does so in three parts."""
        today = self.office.today()
        if found.answer_by is None or today <= found.answer_by + timedelta(days=3):
            return
        async with self.office.reading() as unit:
            body = await unit.unions.by_id(found.decider_id or 0)
            officers = await unit.officers.of_union(body.id, ROLE_AT[Level(body.kind)])
        decision: clawback.Upheld | clawback.Dropped = clawback.Dropped("查无实据")
        if self.chance("cheated", found.id) < 2 / 3:
            first = today + timedelta(days=20)
            decision = clawback.Upheld("证据确实", parts=3, first=first)
        await clawback.decide(self.office, officers[0], found.id, decision)

    async def _gives_back(self, found: ClawBack) -> None:
        """Most on the day; some twelve days late, when they have been called late."""
        late = timedelta(days=12 if self.chance("slow", found.id) < 0.4 else 0)
        async with self.office.reading() as unit:
            debt = await unit.claw_backs.debt(found)
            finance = await unit.officers.of_union(found.payer_id or 0, Role.FINANCE)
        if not finance:
            raise NotFound(claw_back=found.id)
        for part in debt.open:
            if part.due + late <= self.office.today():
                about = (self.office, finance[0], found.id, part.fen, self.office.today())
                await repaying.repaid(*about)
