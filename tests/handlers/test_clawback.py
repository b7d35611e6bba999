"""Money that comes back: found, heard, decided by those who approved, repaid in parts."""

from datetime import timedelta

import pytest

from core.conduct import (
    HearingOpen,
    HearingOver,
    NoGround,
)
from core.errors import (
    AlreadyDecided,
    LimitReached,
    MoveNotAllowed,
    NotYours,
    OutsideJurisdiction,
    Recused,
    Unreadable,
)
from core.owing import (
    PlanRefused,
    RepaidTooMuch,
)
from handlers import clawback, integrity, limits, payment, receipts, repaying
from handlers.clawback import Dropped, Upheld
from storage.tables import Application, ClawBack, Round
from tests.handlers.findings import claws_back, finds
from tests.handlers.province import SKILL, Day
from tests.hands import DeskHand


async def paid(day: Day, count: int = 1) -> tuple[Round, list[Application]]:
    running = await day.opens_round()
    applications = [await day.applies(running) for _ in range(count)]
    await day.goes_to(6, running, *applications)
    for application in applications:
        await day.gives_account(application)
        await day.pays(running, application)
    return running, applications


async def upholds(day: Day, found: ClawBack, login: str = "chairs", **how: object) -> ClawBack:
    officer = day.province[login]
    return await clawback.decide(day.office, officer, found.id, Upheld("查实", **how))  # type: ignore[arg-type]


async def answers(day: Day, application: Application, found: ClawBack, text: str) -> None:
    async with day.office.unit() as unit:
        await clawback.answer(day.office, unit, application.worker_id, found.id, text)


async def test_a_finding_is_heard_first_and_decided_by_who_approved(day: Day) -> None:
    _, (first,) = await paid(day)
    found = await finds(day, first)
    assert (found.decider_id, found.payer_id) == (day.province.tree.chairs.id, found.union_id)
    assert (await day.now(first)).state == "paid"
    said = (await day.told(first))[-1]
    assert "证书系伪造" in said
    assert "（依据 第八条）" in said
    with pytest.raises(HearingOpen):
        await upholds(day, found)
    with pytest.raises(AlreadyDecided):
        await finds(day, first)
    for text in (" ", "长" * 1001):
        with pytest.raises(Unreadable):
            await answers(day, first, found, text)
    await answers(day, first, found, "证书是人社局发的")
    with pytest.raises(HearingOver):
        await answers(day, first, found, "还有一句")
    assert "可以决定了" in (await day.told("chairs"))[-1]
    async with day.office.reading() as unit:
        row = await unit.claw_backs.by_id(found.id)
        assert unit.claw_backs.answer(row) == "证书是人社局发的"
        assert "证书是" not in str(row.answer_sealed)
    for login in ("office", "finance"):
        with pytest.raises(OutsideJurisdiction):
            await upholds(day, found, login)
    dropped = Dropped("网上查得到")
    await clawback.decide(day.office, day.province["chairs"], found.id, dropped)
    assert (await day.now(first)).state == "paid"
    assert "没有问题" in (await day.told(first))[-1]
    with pytest.raises(AlreadyDecided):
        await upholds(day, found)
    again = await finds(day, first)  # something new may be found later
    assert again.id != found.id


async def test_it_comes_back_in_parts_each_with_a_receipt_and_a_reminder(day: Day) -> None:
    _, (first,) = await paid(day)
    found = await finds(day, first)
    await day.days_pass(11)
    month = day.office.today() + timedelta(days=30)
    owed = await upholds(day, found, parts=3, first=month)
    there = await day.now(first)
    assert (there.state, there.live, owed.amount_fen, owed.state) == (
        "clawed_back",
        False,
        100000,
        "owed",
    )
    said = (await day.told(first))[-1]
    for words in ("要退回：1,000元", "333.33元", "333.34元", "记入了诚信记录", "/human"):
        assert words in said
    await day.morning_of(month - timedelta(days=3))
    assert "下一笔退款 333.33元" in (await day.told(first))[-1]
    await day.morning_of(month + timedelta(days=1))
    for who in (first, "finance", "manager"):
        assert "333.33元" in (await day.told(who))[-1]
    finance = day.province["finance"]
    today = day.office.today()
    for fen, refusal in ((0, PlanRefused), (100001, RepaidTooMuch)):
        with pytest.raises(refusal):
            await repaying.repaid(day.office, finance, owed.id, fen, today)
    with pytest.raises(Unreadable):
        await repaying.repaid(day.office, finance, owed.id, 1, today + timedelta(days=1))
    came = await repaying.repaid(day.office, finance, owed.id, 40000, today)
    assert came.number == f"{first.number}-R1"
    assert "还剩 600元" in (await day.told(first))[-1]
    shown = await receipts.opened(
        day.office, receipts.address(day.office, came.id).rsplit("/", 1)[1]
    )
    assert (shown.fen, shown.left_fen, shown.number) == (40000, 60000, came.number)
    async with day.office.unit() as unit:
        with pytest.raises(LimitReached) as refused:
            await limits.check_record(unit, SKILL, first.identity_index, first.base_union_id)
    assert refused.value.cite == "第八条"
    last = await repaying.repaid(day.office, finance, owed.id, 60000, today)
    assert last.number == f"{first.number}-R2"
    assert "全部退清" in (await day.told(first))[-1]
    async with day.office.unit() as unit:
        await limits.check_record(unit, SKILL, first.identity_index, first.base_union_id)
        (entry,) = await integrity.known(unit, first)
        assert entry.blocks == []
    with pytest.raises(MoveNotAllowed):
        await repaying.repaid(day.office, finance, owed.id, 1, today)
    before = await day.told(first)
    await day.days_pass(100)
    assert await day.told(first) == before


async def test_nothing_is_paid_while_a_finding_is_heard_or_money_is_owed(day: Day) -> None:
    running, (before,) = await paid(day)
    await day.days_pass(365)
    running = await day.opens_round()
    async with day.office.reading() as unit:
        worker = await unit.workers.by_id(before.worker_id)
    higher = await day.applies(running, worker, level="高级技师", number="S3001")
    await day.goes_to(5, running, higher)
    owed = await claws_back(day, before)
    ((barred,),) = [(await day.meets(running)).barred]
    assert isinstance(barred.why, LimitReached)
    assert barred.why.cite == "第八条"
    finance, today = day.province["finance"], day.office.today()
    await repaying.repaid(day.office, finance, owed.id, 100000, today)
    await day.meets(running)
    await day.gives_account(higher)
    async with day.office.reading() as unit:
        listable = await payment.listable(day.office, unit, finance, running.id)
    assert [each.application.id for each in listable.ready] == [higher.id]


async def test_only_what_was_awarded_is_found_wanting_and_by_whom_it_concerns(day: Day) -> None:
    running = await day.opens_round()
    first = await day.applies(running)
    await day.goes_to(6, running, first)
    with pytest.raises(OutsideJurisdiction):  # nobody has paid anything
        await finds(day, first)
    with pytest.raises(MoveNotAllowed):
        await finds(day, first, "office")
    await day.gives_account(first)
    await day.pays(running, first)
    with pytest.raises(OutsideJurisdiction):
        await finds(day, first, "education")
    for login in ("chairs", "manager"):
        with pytest.raises(NotYours):
            await finds(day, first, login)
    about = {"finding": "查实", "answer_by": day.office.today() + timedelta(days=9)}
    office = day.province["office"]
    for ground in (-1, 3):
        with pytest.raises(NoGround):
            await clawback.find(day.office, office, first.id, ground=ground, **about)  # type: ignore[arg-type]
    for days in (0, 91):
        about["answer_by"] = day.office.today() + timedelta(days=days)
        with pytest.raises(Unreadable):
            await clawback.find(day.office, office, first.id, ground=0, **about)  # type: ignore[arg-type]
    assert (await finds(day, first, "office")).union_id == day.province.tree.office.id


async def test_a_relative_or_the_finder_does_not_decide(day: Day) -> None:
    _, (first,) = await paid(day)
    found = await finds(day, first)
    await day.days_pass(11)
    chairs = day.province["chairs"]
    async with day.office.unit() as unit:
        finder = await unit.officers.by_id(day.province["finance"].id)
        there = await unit.officers.by_id(chairs.id)
        assert finder is not None
        assert there is not None
        finder.identity_index = there.identity_index = "same person"
    with pytest.raises(Recused):
        await upholds(day, found)
    async with day.office.unit() as unit:
        there = await unit.officers.by_id(chairs.id)
        assert there is not None
        there.identity_index = None
        await unit.officers.declare(chairs.id, first.identity_index, "子女")
    with pytest.raises(Recused):
        await upholds(day, found)


async def test_an_entry_struck_out_by_those_who_decided_counts_no_more(day: Day) -> None:
    _, (first,) = await paid(day)
    await claws_back(day, first)
    chairs = day.province["chairs"]
    async with day.office.reading() as unit:
        (entry,) = await integrity.known(unit, first)
    with pytest.raises(OutsideJurisdiction):
        await integrity.strike(day.office, day.province["finance"], entry.id, "弄错了")
    await integrity.strike(day.office, chairs, entry.id, "证书后来查到了")
    assert "已经更正" in (await day.told(first))[-1]
    async with day.office.reading() as unit:
        assert await integrity.known(unit, first) == ()
        row = await unit.stains.by_id(entry.id)
    assert (row.struck_why, row.say) == ("证书后来查到了", entry.say)
    with pytest.raises(AlreadyDecided):
        await integrity.strike(day.office, chairs, entry.id, "再来一次")


async def test_the_holder_answers_in_the_chat_and_sees_what_is_left(day: Day) -> None:
    _, (first,) = await paid(day)
    found = await finds(day, first)
    hand = DeskHand(day.office, f"worker-{first.worker_id}", "telegram")
    await hand.say("进度")
    assert "正在核查" in hand.heard
    await hand.tap(f"我要说明（{first.number}）")
    assert "证书系伪造" in hand.heard
    await hand.say("证书是真的。编号可查")
    assert "证书是真的" in hand.heard
    await hand.tap("重新写")
    await hand.say("证书是真的")
    await hand.tap("交上去")
    assert "说明交上去了" in hand.heard
    assert "等决定" in hand.heard
    assert not [label for label in hand.labels if "我要说明" in label]
    month = day.office.today() + timedelta(days=30)
    owed = await upholds(day, found, parts=2, first=month)
    finance = day.province["finance"]
    await repaying.repaid(day.office, finance, owed.id, 30000, day.office.today())
    await hand.say("进度")
    assert "要退回1,000元，已退300元，还剩700元" in hand.heard
    assert "以前退200元" in hand.heard
    assert [label for label in hand.labels if label.startswith(f"收据{first.number}-R1")]
    await hand.tap("找人")
    assert "找人" not in hand.labels
