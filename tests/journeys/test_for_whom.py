"""Who applies for whom, where it is taken in, and who has no hand in it."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import House
from core.errors import NotYours
from handlers import docket, meant, subject
from storage.tables import Application
from tests.clock import Clock
from tests.house import a_house
from tests.journeys.applicant import Applicant, good_example, morning
from tests.journeys.steps import bubbles, member
from tests.office_day import OfficeDay
from tests.schemes.pages import CATALOGUE

AID, COMPLAINT = "yn-union-legal-aid", "yn-labour-supervision-complaint"
FAMILY = "yn-model-worker-death-year-one-off-aid"
HONOUR = "yn-may-day-honour-revocation"


async def someone(
    house: House, scheme_id: str, clock: Clock, silent_on: tuple[str, ...] = ()
) -> Applicant:
    """A member who has answered what is asked about this scheme, but for some of it."""
    told = good_example(CATALOGUE.versions(scheme_id)[-1])
    applicant = Applicant(house.office, member())
    await applicant.comes_in()
    facts = {fact: value for fact, value in told.facts.items() if fact not in silent_on}
    await applicant.has_told(replace(told, facts=facts))
    await applicant.hand.turn(command="start", argument=scheme_id)
    for label in ("都对，继续", "现在申请"):
        if label in applicant.hand.labels:
            await applicant.hand.tap(label)
    return applicant


async def sent(house: House, clock: Clock, applicant: Applicant) -> Application:
    """Everything else is answered, and the calendar has taken it up."""
    number = await applicant.goes_on()
    day = OfficeDay(house, clock)
    await house.clock.tick()
    return await day.application(number)


async def test_the_place_of_work_takes_a_case_in(
    database_url: str, tmp_path: Path, clock: Clock
) -> None:
    clock.set(morning(good_example(CATALOGUE.versions(AID)[-1]).today))
    async with a_house(database_url, tmp_path, clock) as house:
        worker = await someone(house, AID, clock, silent_on=("minimum_living_allowance",))
        assert "第十七条" in worker.hand.heard
        await worker.hand.tap("用人单位所在地")
        assert "盘龙区总工会（演示）" in worker.hand.labels
        for label in ("在别的地方", "曲靖市总工会", "麒麟区总工会（演示）"):
            await worker.hand.tap(label)
        application = await sent(house, clock, worker)
        async with house.office.reading() as unit:
            qilin = await unit.unions.coded("qujing-qilin")
            for_whom = await meant.meant(house.office, unit, application)
            said = "".join(each["text"] for each in await bubbles(unit))
        assert "身份证、工作证或者有关身份证明" in said
        assert "低保证明（您的情况" not in said  # who claims wages need not prove to be poor
        assert application.accepting_union_id == qilin.id
        assert (application.state, application.union_id) == ("in_stage", qilin.id)
        assert for_whom.ground == "用人单位所在地"


async def test_a_family_applies_at_the_union_of_the_deceased_and_proves_it(
    sqlite_url: str, tmp_path: Path, clock: Clock
) -> None:
    clock.set(morning(good_example(CATALOGUE.versions(FAMILY)[-1]).today))
    async with a_house(sqlite_url, tmp_path, clock) as house:
        widow = await someone(house, FAMILY, clock)
        await widow.hand.tap("替家人办")
        await widow.hand.tap("配偶")
        assert "防止同一笔钱发两次" in widow.hand.heard
        await widow.hand.tap("不同意")
        assert "我们不会记" in widow.hand.heard
        await widow.hand.turn(command="start", argument=FAMILY)
        for label in ("都对，继续", "现在申请", "同意"):
            if label in widow.hand.labels:
                await widow.hand.tap(label)
        await widow.hand.say("李德昌")
        await widow.hand.say("530111")
        assert "18" in widow.hand.heard  # what a number looks like
        await widow.hand.tap("不知道身份证号")
        await widow.hand.say("春城机械厂")
        assert "家人归哪里的工会" in widow.hand.heard  # not the widow's own unit
        assert "春城机械厂工会" in widow.hand.labels
        for label in ("在别的地方", "曲靖市总工会", "麒麟区总工会（演示）"):
            await widow.hand.tap(label)
        application = await sent(house, clock, widow)
        async with house.office.reading() as unit:
            qilin = await unit.unions.coded("qujing-qilin")
            assert (application.base_union_id, application.union_id) == (qilin.id, qilin.id)
            for_whom = await meant.meant(house.office, unit, application)
            papers = await unit.drafts.papers(application.draft_id)
            about = await subject.seen(house.office, unit, application)
        assert about is not None
        assert (for_whom.relation, about.name, about.unit) == ("spouse", "李*昌", "春城机械厂")
        assert 90 in {paper.slot for paper in papers}


async def test_a_report_on_an_honour_goes_to_the_unit_that_has_it(
    sqlite_url: str, tmp_path: Path, clock: Clock
) -> None:
    clock.set(morning(good_example(CATALOGUE.versions(HONOUR)[-1]).today))
    async with a_house(sqlite_url, tmp_path, clock) as house:
        worker = await someone(house, HONOUR, clock)
        await worker.hand.tap("本人")
        await worker.hand.tap("没有具体的人")
        assert "获奖者所在单位的工会" in worker.hand.heard
        for label in ("在别的地方", "曲靖市总工会", "麒麟区总工会（演示）"):
            await worker.hand.tap(label)
        application = await sent(house, clock, worker)
        async with house.office.reading() as unit:
            qilin = await unit.unions.coded("qujing-qilin")
        assert application.union_id == qilin.id


async def test_whom_a_complaint_is_about_never_reads_it(
    sqlite_url: str, tmp_path: Path, clock: Clock
) -> None:
    clock.set(morning(good_example(CATALOGUE.versions(COMPLAINT)[-1]).today))
    async with a_house(sqlite_url, tmp_path, clock) as house:
        day = OfficeDay(house, clock)
        accused, *others = [await day.officer(login) for login in ("kunming", "qujing", "spring")]
        worker = await someone(house, COMPLAINT, clock)
        await worker.hand.say(f"{accused.name}，昆明市总工会")
        await worker.hand.tap("昆明市总工会")
        application = await sent(house, clock, worker)
        assert application.union_id == accused.union_id
        async with house.office.reading() as unit:
            for officer in (accused, *others):
                with pytest.raises(NotYours):
                    await docket.card(house.office, unit, officer, application.id)
