"""Every act of an office, by somebody whose own office could not: refused, then done in the other's
place and kept so, and barred to both for a relative of either."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import delete, select, update

from core.errors import NotFound, NotYours, OutsideJurisdiction, Recused
from core.meeting import Minutes, Point
from handlers import (
    announcing,
    approval,
    clawback,
    fulfilling,
    handover,
    inspection,
    integrity,
    notice,
    objection,
    oral,
    oral_form,
    payment,
    recorded,
    repaying,
    review,
    sight,
    transfer,
)
from handlers.clawback import Upheld
from handlers.decisions import Pass, Terminate
from handlers.fulfilling import Fulfilled
from storage.objections import Objector
from storage.tables import Act, Application, Handover, Officer, Relative, StandIn
from tests.handlers.findings import finds
from tests.handlers.province import MINUTES, Day
from tests.handlers.steps import AID, applies, asks_for_aid, decides
from tests.handlers.test_duties import obliged, rows
from tests.handlers.test_inspection import to_look_into
from tests.on_the_spot import a_stored
from tests.people import a_talk, identity_number

DEPUTY = "manager"  # of the province: reviews, posts, pays and approves nothing in his own office


@dataclass
class Place:
    """The deputy stands in for one officer after the other, each time for one act."""

    day: Day
    deputy: str = DEPUTY

    async def of(self, away: str) -> Officer:
        """From now on; whoever was away before is back."""
        day, two = (
            self.day.office.today(),
            [self.day.province[each] for each in (away, self.deputy)],
        )
        await self.nobody()
        async with self.day.office.unit() as unit:
            await unit.standins.add(*two, day, day + timedelta(days=60), two[0].id)
        return two[1]

    async def nobody(self) -> Officer:
        async with self.day.office.unit() as unit:
            now = update(StandIn).values(ended_at=unit.now)
            await unit.session.execute(now.where(StandIn.ended_at.is_(None)))
        return self.day.province[self.deputy]

    async def only(
        self,
        away: str,
        act: str,
        do: Callable[[Officer], Awaitable[object]],
        about: Application | None = None,
    ) -> None:
        """`about` is whose relatives may not do it."""
        with pytest.raises((NotYours, NotFound)):
            await do(await self.nobody())
        deputy = await self.of(away)
        private = about is not None and sight.private(self.day.office, about)
        for one in (away, self.deputy) if about else ():
            async with self.day.office.unit() as unit:
                who = self.day.province[one].id
                await unit.officers.declare(who, about.identity_index if about else "", "配偶")
            with pytest.raises(OutsideJurisdiction if private else Recused):
                await do(deputy)
            async with self.day.office.unit() as unit:
                await unit.session.execute(delete(Relative))
        await do(deputy)
        assert await self.last(act) == f"officer:{self.day.province[away].id}"
        await self.nobody()

    async def last(self, act: str) -> str:
        """In whose place the deputy has done this last."""
        async with self.day.office.reading() as unit:
            done = select(Act.detail).where(Act.what == act).order_by(Act.id.desc()).limit(1)
            who = f"officer:{self.day.province[self.deputy].id}"
            detail = await unit.session.scalar(done.where(Act.who == who))
        return str((detail or {}).get("instead_of"))


async def test_before_the_award_everything_a_union_does(day: Day) -> None:
    place, office = Place(day), day.office
    running = await day.opens_round()
    worker = await day.worker(day.province.other_base)
    matter = await day.applies(running, worker)
    await day.window_ends(running)
    matter = await day.now(matter)
    done = Pass(undertaking=True)
    decide = partial(review.decide, office)
    await place.only("erhai", "pass", lambda o: decide(o, matter.id, matter.version, done), matter)
    await place.only("erhai", "post_notice", lambda o: notice.post(office, o, running.id, 1))
    await place.only("erhai", "stop_announcing", lambda o: announcing.stop(office, o, 1))
    await place.only("erhai", "go_on_announcing", lambda o: announcing.go_on(office, o, 1))
    said = Objector("李小明", identity_number(77), "13812345678", "证书是假的")
    heard = objection.Heard("telephone", office.today())
    record = partial(objection.record, office)
    about = (1, matter.number, said, heard)
    await place.only("erhai", "object", lambda o: record(o, *about), matter)
    found = {"upheld": False, "finding": "没有的事", "reason": "查无此事"}
    rule = partial(objection.decide, office, objection_id=1, **found)  # type: ignore[arg-type]
    await place.only("erhai", "objection_dismissed", lambda o: rule(officer=o), matter)
    asked = await a_question(day)
    reply = partial(handover.reply, office, handover_id=asked.id, text="算的")
    await place.only("erhai", "answer", lambda o: reply(officer=o))


async def a_question(day: Day) -> Handover:
    """Handed to the people of a union far from the deputy's own."""
    async with day.office.unit() as unit:
        talk = await a_talk(unit, "asker")
        about = (day.province.other_base.id, "", "证书算不算？", unit.now)
        return await unit.handovers.add(talk, *about)


async def test_what_a_county_takes_in_and_looks_into(day: Day) -> None:
    place, office, tree = Place(day), day.office, day.province.tree
    aid = await asks_for_aid(day)
    dali = day.province.other_prefecture.id
    give = partial(transfer.propose, office)
    about = (aid.id, aid.version, dali, "用人单位在大理")
    await place.only("county", "propose_transfer", lambda o: give(o, *about), aid)
    name = partial(transfer.name, office, transfer_id=1, union_id=tree.county.id)
    await place.only("province", "name_union", lambda o: name(officer=o), aid)
    end = Terminate(0, "申请人已另请律师")
    await decides(day, "county", aid, Pass(facts={"temporary_hardship": True}))
    there = await day.now(aid)
    decide = partial(review.decide, office, application_id=aid.id, version=there.version)
    await place.only("county", "terminate", lambda o: decide(officer=o, decision=end), aid)

    complaint = await to_look_into(day)
    here, paper = (complaint.id, complaint.version), await a_stored(office)
    look, today = partial(inspection.report, office), office.today()
    seen = (*here, today, "属实", [day.province["county2"].id])
    await place.only("county", "inspect", lambda o: look(o, *seen), complaint)
    put = partial(inspection.attach, office)
    await place.only("county", "attach", lambda o: put(o, *here, [paper]), complaint)


async def test_what_was_written_down_in_anothers_place_is_decided_by_neither(day: Day) -> None:
    place, office = Place(day), day.office
    matter = await applies(day, AID)
    person = oral.Person("张大爷", identity_number(55), "13812345678")

    async def write(officer: Officer) -> None:
        async with office.unit() as unit:
            await oral.begin(office, unit, officer, AID, person)

    async def fill(officer: Officer) -> None:
        async with office.unit() as unit:
            told = oral_form.Told({}, "", None, None)
            await oral_form.write(office, unit, officer, 1, told)

    async def stop(officer: Officer) -> None:
        async with office.unit() as unit:
            row = await recorded.held(office, unit, officer, 1)
            await oral.stopped(office, unit, officer, row)

    await place.only("county", "record", write)
    await place.only("county", "record_answers", fill)
    await place.only("county", "record_refused", stop)
    assert "已作废" in (await day.told("county"))[-1]
    async with office.unit() as unit:  # as if it had been sent
        (await unit.recordings.held(1)).application_id = matter.id
    with pytest.raises(Recused) as no:
        await decides(day, "county", matter, Pass())
    assert no.value.relation == "recorder"
    deputy = await place.of("county2")
    with pytest.raises(Recused):
        await review.decide(office, deputy, matter.id, matter.version, Pass())


async def test_meeting_money_duties_and_what_comes_back(day: Day) -> None:
    day = await obliged(day)
    place, office = Place(day), day.office
    running = await day.opens_round()
    award = await day.applies(running)
    await day.goes_to(5, running, award)
    award = await day.now(award)
    minutes = Minutes(MINUTES, office.today(), (day.province[DEPUTY].id,), "其他主席")
    agenda = {award.id: Point(award.version)}

    async def meet(deputy: Officer) -> None:
        outcome = await approval.meeting(office, seated(deputy), running.id, minutes, agenda)
        for each in outcome.barred:
            raise each.why

    def seated(deputy: Officer, away: str = "chairs") -> Officer:
        """As the console lets him sit down in the other's office."""
        return deputy.hat(day.province[away])

    await place.only("chairs", "meeting", meet, award)
    await day.gives_account(award)
    pay = partial(payment.make_list, office)
    at = partial(seated, away="finance")
    with pytest.raises(NotFound):  # who was at the meeting for another pays nothing for a third
        await pay(at(await place.of("finance")), running.id)
    place = Place(day, "education")
    await place.only("finance", "list_payments", lambda o: pay(at(o), running.id))
    record = partial(payment.record, office, list_id=1, results={1: payment.Paid()})
    await place.only("finance", "pay", lambda o: record(officer=at(o)))

    (duty, *_) = await rows(day, award)
    look = partial(fulfilling.look, office)
    about = (duty.id, duty.version, Fulfilled())
    await place.only("office", "duty_fulfilled", lambda o: look(o, *about), award)

    find = partial(
        clawback.find,
        office,
        application_id=award.id,
        ground=0,
        finding="证书系伪造",
        answer_by=office.today() + timedelta(days=10),
    )
    await place.only("finance", "find", lambda o: find(officer=o), award)

    async def answer(officer: Officer) -> None:
        async with office.unit() as unit:
            await clawback.answer(office, unit, officer, 1, "证书是真的")

    await place.only("finance", "answer_finding", answer)
    async with office.unit() as unit:  # finance in whose place it was found, at the chairs
        today, two = office.today(), [day.province[each] for each in ("chairs", "finance")]
        row = await unit.standins.add(*two, today, today, two[0].id)
    with pytest.raises(Recused) as no:
        await clawback.decide(office, day.province["finance"], 1, Upheld("查实"))
    assert no.value.relation == "twice"
    assert row.id


async def test_what_is_owed_is_decided_repaid_and_struck_in_anothers_place(day: Day) -> None:
    place, office = Place(day), day.office
    running = await day.opens_round()
    award = await day.applies(running)
    await day.goes_to(6, running, award)
    await day.gives_account(award)
    await day.pays(running, award)
    await finds(day, award)
    await day.days_pass(11)
    rule = partial(clawback.decide, office, claw_back_id=1, decision=Upheld("查实"))
    await place.only("chairs", "claw_back", lambda o: rule(officer=o), award)
    come = partial(repaying.repaid, office, claw_back_id=1, fen=100, came_on=office.today())
    await place.only("finance", "repaid", lambda o: come(officer=o))
    strike = partial(integrity.strike, office, stain_id=1, why="弄错了")
    await place.only("chairs", "strike_record", lambda o: strike(officer=o), award)
