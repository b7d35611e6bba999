"""Nobody loses a title unheard: told of the charge, not of who made it, with time to answer."""

from datetime import date, timedelta

import pytest

from core.errors import Unreadable
from core.pleading import HolderMayAnswer, HolderUnheard, PleaOver, earliest
from core.titles import TitleState
from handlers import pleading, review
from handlers.bench import stage_of
from handlers.decisions import Pass
from handlers.pleading import Charge, Said
from storage.tables import Application, Draft, Plea, Worker
from storage.titles import Holder
from tests.handlers.province import Day
from tests.handlers.steps import applies, goes_on
from tests.hands import DeskHand

REVOCATION, TITLE = "yn-yunling-craftsman-title-revocation", "云岭工匠"
CHARGE = "2025年申报时提交的发明专利证书查无此号。"


async def before_the_decision(day: Day) -> tuple[Application, Worker, int]:
    """A report that has come to the step that hears the holder; who that is, and his entry."""
    report = await applies(day, REVOCATION)
    holder = await day.worker()
    async with day.office.unit() as unit:
        name = unit.workers.name(holder)
        folder = await unit.session.get(Draft, report.draft_id)
        assert folder is not None
        folder.accused_sealed = day.office.vault.seal(name, "drafts.other")
        about = Holder(name, holder.union_id, holder)
        entry = await unit.titles.enter(about, TITLE, date(2025, 5, 1))
        assert entry is not None
    while not stage_of(day.office, there := await day.now(report)).hears:
        await goes_on(day, there)
    return there, holder, entry.id


async def passes(day: Day, report: Application) -> Application:
    there = await day.now(report)
    about = (day.office, day.province["province"], there.id, there.version)
    return await review.decide(*about, Pass(True, {}, "同意"))


async def puts(day: Day, report: Application, title: int | None, text: str = CHARGE) -> Plea:
    until = earliest(day.office.today(), day.office.calendar)
    charge = Charge(text, until, title)
    officer = day.province["province"]
    return await pleading.put(day.office, officer, report.id, report.version, charge)


async def test_the_holder_answers_in_his_chat_before_it_is_decided(day: Day) -> None:
    report, holder, entry = await before_the_decision(day)
    with pytest.raises(HolderUnheard):
        await passes(day, report)
    reporter = await day.name(report)
    with pytest.raises(Unreadable, match="names_reporter"):
        await puts(day, report, entry, f"{reporter}说专利是假的。")
    plea = await puts(day, report, entry)
    told = (await day.told(holder))[-1]
    assert CHARGE in told
    assert TITLE in told
    assert reporter not in told
    assert report.number not in told
    with pytest.raises(HolderMayAnswer):
        await passes(day, report)
    hand = DeskHand(day.office, f"worker-{holder.id}", "telegram")
    await hand.begin()
    await hand.say("/status")
    assert "等您说明" in hand.heard
    await hand.tap("我要说明")
    assert CHARGE in hand.heard
    await hand.say("专利号抄错了一位，附专利局的证明。")
    await hand.tap(hand.labels[0])
    await hand.tap("送出")
    assert "收到了" in hand.heard
    assert any("本人已经作了说明" in each for each in await day.told("province"))
    async with day.office.reading() as unit:
        kept = await unit.pleas.by_id(plea.id)
        assert unit.pleas.answer(kept) == "专利号抄错了一位，附专利局的证明。"
        assert kept.channel == "here"
    async with day.office.unit() as unit:
        with pytest.raises(PleaOver):
            await pleading.answer(day.office, unit, holder.id, plea.id, "还有一句")
    await passes(day, report)
    async with day.office.reading() as unit:
        reasons = [each.reason for each in await unit.passages.of(report.id)]
        assert reasons[-1]["plea"] == plea.id
        assert (await unit.titles.by_id(entry)).state == TitleState.REVOKED
    assert "情况成立" in (await day.told(holder))[-1]
    assert "answer_charge" not in await day.acts(report)  # the reporter's receipt shows those


async def test_who_does_not_answer_in_time_is_decided_on(day: Day) -> None:
    report, holder, entry = await before_the_decision(day)
    plea = await puts(day, report, entry)
    await day.morning_of(plea.answer_by)
    with pytest.raises(HolderMayAnswer):
        await passes(day, report)
    await day.days_pass(1)
    assert any("没有收到说明" in each for each in await day.told("province"))
    async with day.office.unit() as unit:
        with pytest.raises(PleaOver):
            await pleading.answer(day.office, unit, holder.id, plea.id, "晚了")
    await passes(day, report)


async def test_whom_we_cannot_reach_is_heard_by_an_officer_who_writes_it_down(day: Day) -> None:
    report, _, _ = await before_the_decision(day)
    plea = await puts(day, report, None)
    assert plea.worker_id is None
    await day.morning_of(plea.answer_by + timedelta(days=30))
    with pytest.raises(HolderUnheard):  # no time runs against whom nobody has told
        await passes(day, report)
    officer, today = day.province["province"], day.office.today()
    about = (day.office, officer, report.id, report.version)
    with pytest.raises(Unreadable, match="plea_day"):
        await pleading.record(*about, Said("没有这回事", "visit", today + timedelta(days=1)))
    heard = await pleading.record(*about, Said("没有这回事", "visit", today))
    assert (heard.said_on, heard.recorded_by) == (today, officer.id)
    await passes(day, report)
