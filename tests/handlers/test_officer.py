"""The officers' chat: connect, the queue, lists, objections, announcements."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from handlers.chat import Tap
from handlers.objection import make
from storage.objections import Objector
from storage.tables import Application, Line, Notice
from tests.handlers.officer_chat import Chat, in_stage
from tests.handlers.province import Day
from tests.hands import DeskHand
from tests.people import identity_number


async def test_the_queue_goes_from_one_to_the_next(day: Day) -> None:
    running = await day.opens_round()
    applications = [await day.applies(running) for _ in range(7)]
    await day.goes_to(0, running, *applications)
    chat = Chat(day, "base")
    await chat.turn(command="officer")
    assert "待办7份，待公示0批" in chat.heard
    await chat.tap("待办列表")
    assert f"· {applications[6].number} 张*华，基层初审，没有期限" in chat.heard
    await chat.tap(applications[2].number)
    await chat.tap("通过")
    await chat.tap("承诺并通过")
    assert "待办6份" in chat.heard
    await chat.tap("下一份")
    assert applications[0].number in chat.heard
    await chat.tap("回工作台")
    await chat.tap("怎么用")
    assert "http://127.0.0.1:8000/console" in chat.heard
    await chat.tap("退出工作台")
    assert "惠工" in chat.heard


async def test_a_hurried_officer_leafs_on_names_a_number_and_steps_back(day: Day) -> None:
    running = await day.opens_round()
    first, second, away = [
        await day.applies(running, await day.worker(union))
        for union in (None, None, day.province.other_base)
    ]
    await day.goes_to(0, running, first, second, away)
    chat = Chat(day, "base")
    await chat.turn(command="start")
    await chat.tap("我的工作台")
    await chat.tap("下一份")
    assert first.number in chat.heard
    await chat.tap("下一份")
    assert second.number in chat.heard
    await chat.tap("下一份")
    assert first.number in chat.heard
    await chat.say(second.number)
    assert second.number in chat.heard
    for unseen in (away.number, "20260019999999"):
        await chat.say(unseen)
        assert "✗ 没有找到" in chat.heard
        assert away.number not in chat.heard
    await chat.say("算了")
    assert "没看懂" in chat.heard
    assert second.number in chat.heard
    await chat.tap("不予通过")
    await chat.tap(chat.labels[0])
    await chat.tap("选好了")
    await chat.say("证书不对")
    await chat.tap("返回")
    await chat.tap("返回")
    assert chat.labels[0].startswith("☑")
    await chat.tap("返回")
    await day.passes("base2", first)
    await chat.tap("下一份")
    assert "只剩这一份" in chat.heard
    async with day.office.unit() as unit:
        await unit.officers.declare(day.province["base"].id, second.identity_index, "配偶")
    await chat.tap("下一份")
    assert "还有1份按规定您要回避" in chat.heard
    await chat.tap("待办列表")
    assert "还有1份按规定您要回避" in chat.heard


async def test_an_empty_queue_says_so(day: Day) -> None:
    chat = Chat(day, "base")
    await chat.turn(command="officer")
    assert "待办0份" in chat.heard
    assert "下一份" not in chat.labels
    await chat.say("你好")
    assert "没看懂。请点下面的按钮" in chat.heard


async def test_a_list_is_posted_from_its_card(day: Day) -> None:
    _, application = await in_stage(day, 1)
    chat = Chat(day, "base")
    card = await chat.card()
    await chat.presses(card, "现在公示")
    assert "基层公示：1人，从今天起公示满5天" in chat.heard
    await chat.tap("现在公示")
    assert "✓ 已公示1人" in chat.heard
    assert (await day.now(application)).stage_began == day.office.today()
    await chat.presses(card, "现在公示")
    assert "已经有人处理过" in chat.heard


async def test_the_word_of_a_notice_is_stopped_in_the_chat_and_sent_on(day: Day) -> None:
    await in_stage(day, 1)
    chat = Chat(day, "base2")
    await chat.turn(command="officer")
    await chat.tap("公示")
    await chat.tap("基层公示（1人）")
    await chat.tap("现在公示")
    await chat.tap("会员通知")
    press = Tap(chat.reply.step, 0)
    assert chat.labels[0].startswith("停发：基层公示1人")
    await chat.turn(tap=press)
    assert "已停发" in chat.heard
    await chat.turn(tap=press)
    assert "按钮" in chat.heard
    async with day.office.reading() as unit:
        progress = await unit.broadcasts.progress(1)
    assert progress is not None
    assert progress.state == "stopped"
    await chat.tap("会员通知")
    assert chat.labels[0].startswith("继续发：基层公示1人")
    await chat.tap(chat.labels[0])
    assert "继续发送" in chat.heard
    async with day.office.reading() as unit:
        acts = await unit.acts.of("notice:1")
    assert [act.what for act in acts] == ["post_notice", "stop_announcing", "go_on_announcing"]


async def objected(day: Day) -> tuple[Application, Notice]:
    _, application = await in_stage(day, 1)
    hung = await day.posts("base", application)
    said = Objector("王大明", identity_number(50), "13812345678", "他不在我们单位上班。")
    await make(day.office, hung.id, application.number, said)
    return application, hung


@pytest.mark.parametrize(("button", "state"), [("属实", "disqualified"), ("不属实", "in_stage")])
async def test_an_objection_is_decided_with_a_finding(day: Day, button: str, state: str) -> None:
    application, _ = await objected(day)
    chat = Chat(day, "base")
    card = await chat.card()
    await chat.presses(card, button)
    await chat.say("班组和考勤都核对过。")
    await chat.say("考勤和工资单都对得上。")
    if button == "属实":
        await chat.tap("不是弄虚作假，只取消这次资格")
    assert "查实情况：班组和考勤都核对过。" in chat.heard
    await chat.tap("确定")
    assert "✓ 结论已记录" in chat.heard
    assert (await day.now(application)).state == state
    await chat.presses(card, button)
    assert "已经有人处理过" in chat.heard


async def test_objections_are_found_from_the_desk(day: Day) -> None:
    application, _ = await objected(day)
    chat = Chat(day, "base2")
    await chat.turn(command="officer")
    await chat.tap("异议")
    await chat.tap(f"{application.number} 属实")
    await chat.tap("回工作台")
    assert (await day.now(application)).state == "in_stage"
    other = Chat(day, "erhai")
    await other.presses(await chat.card(), "属实")
    assert "✗" in other.heard


async def test_a_code_from_the_console_connects_a_chat(day: Day) -> None:
    async with day.office.unit() as unit:
        code = await unit.codes.make(
            "officer", day.province["base"].id, timedelta(minutes=10), typed=8
        )
    hand = DeskHand(day.office, "new phone", "telegram")
    await hand.turn(command="officer")
    await hand.say("ABCD2345")
    assert "验证码不对" in hand.heard
    await hand.say(code.lower())
    assert "✓ 已经连上" in hand.heard
    assert "经办base" in hand.heard
    again = DeskHand(day.office, "second phone", "telegram")
    await again.turn(command="start", argument=f"o_{code}")
    assert "验证码不对" in again.heard


async def test_five_wrong_codes_lock_the_chat(day: Day) -> None:
    hand = DeskHand(day.office, "guesser", "telegram")
    await hand.turn(command="officer")
    for _ in range(5):
        await hand.say("ABCD2345")
    await hand.say("ABCD2345")
    assert "先锁住了" in hand.heard


async def test_an_officer_who_has_left_is_shown_the_door(day: Day) -> None:
    _, application = await in_stage(day, 0)
    chat = Chat(day, "base")
    card = await chat.card()
    async with day.office.unit() as unit:
        officer = await unit.officers.by_id(day.province["base"].id)
        assert officer is not None
        officer.active = False
    await chat.presses(card, "通过")
    assert "没有办这一步的权限" in chat.heard
    await chat.turn(command="officer")
    assert "没有办这一步的权限" in chat.heard
    assert (await day.now(application)).stage == 0


async def test_an_officer_may_work_from_the_web_chat_in_english(day: Day) -> None:
    async with day.office.unit() as unit:
        talk = await unit.conversations.of("web", "desk-of-base", "en")
        talk.officer_id = day.province["base"].id
        await unit.conversations.write(talk)
    _, application = await in_stage(day, 0)
    async with day.office.reading() as unit:
        lines = (await unit.session.scalars(select(Line.body))).all()
    assert any("Open in the console" in str(line) for line in lines)
    web = DeskHand(day.office, "desk-of-base", "web")
    await web.turn(command="officer")
    await web.tap("Next one")
    assert application.number in web.heard
    await web.tap("Pass")
    await web.tap("Undertake and pass")
    assert (await day.now(application)).stage == 1
