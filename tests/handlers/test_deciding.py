"""Deciding in the chat: pass, send back, reject, each confirmed once."""

from datetime import timedelta

from handlers import returning
from handlers.chat import Tap
from tests.handlers.officer_chat import Chat, in_stage
from tests.handlers.province import Day
from tests.hands import DeskHand


async def test_a_card_asks_for_the_undertaking_and_passes(day: Day) -> None:
    _, application = await in_stage(day, 0)
    chat = Chat(day, "base")
    card = await chat.card()
    ways = ["通过", "不予通过", "弄虚作假，取消资格", "到后台看材料"]
    assert [choice.label for choice in card.choices] == ways
    assert card.choices[3].url.endswith(f"/console/applications/{application.id}")
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
        "弄虚作假，取消资格",
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


async def test_in_the_chat_what_was_overlooked_needs_a_sentence_of_why(day: Day) -> None:
    _, application = await in_stage(day, 3)
    chat = Chat(day, "office")
    await chat.presses(await chat.card(), "要求补正")
    for label in ("☐ 技能等级证书照片", "选好了", "5天后", "发出补正通知"):
        await chat.tap(label)
    async with day.office.unit() as unit:
        there = await unit.applications.by_id(application.id)
        await returning.corrected(day.office, unit, there, {})
    await chat.presses(await chat.card(), "要求补正")
    for label in ("☐ 技能等级证书照片", "☐ 证书编号", "选好了", "5天后"):
        await chat.tap(label)
    assert "这几项上次没有提：\n· 证书编号\n" in chat.heard
    await chat.say("补来的照片上编号对不上")
    assert "原因：补来的照片上编号对不上" in chat.heard
    await chat.tap("发出补正通知")
    assert (await day.now(application)).state == "correcting"


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
    await chat.say("十二天后")
    assert f"最后一天：{due.month}月{due.day}日" in chat.heard
    for _ in range(3):
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
