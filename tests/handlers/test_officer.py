"""The officers' chat: connect, take a card, decide, post, find, stop."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from handlers.chat import Reply, Tap
from handlers.objection import make
from storage.objections import Objector
from storage.tables import Application, Line, Notice, Outbox, Round
from tests.handlers.province import Day
from tests.hands import DeskHand
from tests.people import identity_number


class Chat(DeskHand):
    """An officer's telegram chat, with the cards in it."""

    def __init__(self, day: Day, login: str) -> None:
        super().__init__(day.office, f"officer-{login}", "telegram")

    async def card(self, number: int = -1) -> Reply:
        """One of the messages that came unasked, the newest unless said otherwise."""
        async with self.office.reading() as unit:
            rows = select(Outbox.body).where(
                Outbox.address == self.address, Outbox.key.like("card:%")
            )
            bodies = (await unit.session.scalars(rows.order_by(Outbox.id))).all()
        return Reply.from_json(bodies[number])

    async def presses(self, card: Reply, label: str) -> None:
        labels = [choice.label for choice in card.choices]
        await self.turn(tap=Tap(card.step, labels.index(label), card.card))


async def in_stage(day: Day, stage: int) -> tuple[Round, Application]:
    running = await day.opens_round()
    application = await day.applies(running)
    await day.goes_to(stage, running, application)
    return running, application


async def test_a_card_asks_for_the_undertaking_and_passes(day: Day) -> None:
    _, application = await in_stage(day, 0)
    chat = Chat(day, "base")
    card = await chat.card()
    assert [choice.label for choice in card.choices] == ["通过", "不予通过", "到后台看材料"]
    assert card.choices[2].url.endswith(f"/console/applications/{application.id}")
    await chat.presses(card, "通过")
    assert "本单位已核实申报材料，承诺材料真实。" in chat.heard
    await chat.tap("承诺并通过")
    assert chat.heard.startswith(f"✓ {application.number} 已通过。")
    assert (await day.now(application)).stage == 1


async def test_pressing_twice_passes_once(day: Day) -> None:
    _, application = await in_stage(day, 3)
    chat = Chat(day, "office")
    card = await chat.card()
    assert [choice.label for choice in card.choices] == [
        "通过",
        "要求补正",
        "不予通过",
        "到后台看材料",
    ]
    await chat.presses(card, "通过")
    assert (await day.now(application)).stage == 4
    await chat.presses(card, "通过")
    assert "已经有人处理过" in chat.heard
    assert (await day.now(application)).stage == 4


async def test_a_colleagues_card_is_closed(day: Day) -> None:
    _, application = await in_stage(day, 0)
    card = await Chat(day, "base2").card()
    await day.passes("base", application)
    chat = Chat(day, "base2")
    assert "通过（经办base" in (await chat.card(0)).text
    await chat.presses(card, "通过")
    assert "已经有人处理过" in chat.heard


async def test_somebody_elses_card_does_nothing(day: Day) -> None:
    _, application = await in_stage(day, 0)
    card = await Chat(day, "base").card()
    stranger = DeskHand(day.office, "stranger", "telegram")
    await stranger.begin()
    await stranger.turn(tap=Tap(card.step, 0, card.card))
    await stranger.turn(tap=Tap(card.step, 0, 999))
    other = Chat(day, "erhai")
    await other.presses(card, "通过")
    assert "✗" in other.heard
    assert (await day.now(application)).stage == 0


async def test_the_office_sends_back_what_it_has_ticked(day: Day) -> None:
    _, application = await in_stage(day, 3)
    chat = Chat(day, "office")
    await chat.presses(await chat.card(), "要求补正")
    assert "选好了" not in chat.labels
    await chat.tap("☐ 技能等级证书照片")
    await chat.tap("☐ 证书编号")
    await chat.tap("☐ 职业（工种）")
    await chat.tap("☑ 职业（工种）")
    await chat.tap("选好了")
    await chat.tap("5天后")
    assert "· 技能等级证书照片\n· 证书编号\n最后一天" in chat.heard
    await chat.tap("发出补正通知")
    there = await day.now(application)
    assert (there.state, there.due) == ("correcting", day.office.today() + timedelta(days=5))
    async with day.office.reading() as unit:
        asked = await unit.applications.correction(application.id)
    assert [item.get("slot", item.get("fact")) for item in asked.items] == [0, "certificate_number"]


async def test_the_last_day_can_be_typed_and_lies_ahead(day: Day) -> None:
    _, application = await in_stage(day, 3)
    chat = Chat(day, "office")
    await chat.presses(await chat.card(), "要求补正")
    await chat.tap("☐ 技能等级证书照片")
    await chat.tap("选好了")
    for past in ("昨天", "2026年1月1日", "今天"):
        await chat.say(past)
        assert "✗" in chat.heard
        assert "5天后" in chat.labels
    due = day.office.today() + timedelta(days=12)
    await chat.say(f"{due.month}月{due.day}日")
    assert f"最后一天：{due.month}月{due.day}日" in chat.heard
    await chat.tap("返回")
    assert "要求补正" in chat.labels
    assert (await day.now(application)).state == "in_stage"


async def test_the_worker_follows_the_card_into_the_correction(day: Day) -> None:
    _, application = await in_stage(day, 3)
    chat = Chat(day, "office")
    await chat.presses(await chat.card(), "要求补正")
    await chat.tap("☐ 技能等级证书照片")
    await chat.tap("选好了")
    await chat.tap("3天后")
    await chat.tap("发出补正通知")
    worker = Chat(day, "nobody")
    worker.address = f"worker-{application.worker_id}"
    await worker.presses(await worker.card(), "去补正")
    assert "技能等级证书照片" in worker.heard


async def test_a_rejection_names_conditions_and_a_note(day: Day) -> None:
    _, application = await in_stage(day, 0)
    chat = Chat(day, "base")
    await chat.presses(await chat.card(), "不予通过")
    await chat.tap("☐ 是工会会员")
    await chat.tap("选好了")
    await chat.say("长" * 501)
    assert "✗" in chat.heard
    await chat.say("名册上没有这个人")
    assert "✗ 是工会会员\n名册上没有这个人" in chat.heard
    await chat.tap("确定不予通过")
    assert (await day.now(application)).state == "rejected"
    assert "名册上没有这个人" in (await day.told(application))[-1]


async def test_a_rejection_needs_no_note(day: Day) -> None:
    _, application = await in_stage(day, 0)
    chat = Chat(day, "base")
    await chat.presses(await chat.card(), "不予通过")
    await chat.tap("☐ 是工会会员")
    await chat.tap("选好了")
    await chat.tap("不写说明")
    await chat.tap("返回")
    assert (await day.now(application)).state == "in_stage"
    await chat.tap("不予通过")
    await chat.tap("☐ 是工会会员")
    await chat.tap("选好了")
    await chat.tap("不写说明")
    await chat.tap("确定不予通过")
    assert (await day.now(application)).state == "rejected"


async def test_somebody_else_decides_in_the_middle_of_the_dialogue(day: Day) -> None:
    _, application = await in_stage(day, 0)
    chat = Chat(day, "base")
    await chat.presses(await chat.card(), "通过")
    await day.passes("base2", application)
    await chat.tap("承诺并通过")
    assert "经办base2刚才已经处理了" in chat.heard
    await chat.tap("返回")
    assert "现在：基层公示" in chat.heard
    assert "通过" not in chat.labels


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


async def test_an_empty_queue_says_so(day: Day) -> None:
    chat = Chat(day, "base")
    await chat.turn(command="officer")
    assert "待办0份" in chat.heard
    assert "下一份" not in chat.labels
    await chat.say("你好")
    assert "请点下面的按钮" in chat.heard


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


async def test_a_list_is_posted_from_the_desk_and_its_announcement_stopped(day: Day) -> None:
    await in_stage(day, 1)
    chat = Chat(day, "base2")
    await chat.turn(command="officer")
    await chat.tap("公示")
    await chat.tap("基层公示（1人）")
    await chat.tap("现在公示")
    await chat.tap("停发通知")
    (stop,) = [label for label in chat.labels if label.startswith("停发：")]
    await chat.tap(stop)
    assert "已停发" in chat.heard
    assert "停发通知" not in chat.labels
    async with day.office.reading() as unit:
        progress = await unit.broadcasts.progress(1)
        acts = await unit.acts.of("broadcast:1")
    assert progress is not None
    assert progress.state == "stopped"
    assert [act.what for act in acts] == ["stop_broadcast"]


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
