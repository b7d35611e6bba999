"""The officers' chat hears the holder of a title before it is taken away."""

import pytest

from core.errors import OutsideJurisdiction
from core.pleading import HolderMayAnswer
from handlers import pleading
from handlers.chat import Tap
from handlers.pleading import Said
from storage.tables import Application
from tests.handlers.officer_chat import Chat
from tests.handlers.province import Day
from tests.handlers.test_pleading import CHARGE, TITLE, before_the_decision, passes
from tests.hands import a_photo
from tests.people import identity_number

SAID = "没有这回事，专利号抄错了一位。"


async def test_the_charge_is_put_and_the_answer_written_down_in_the_chat(day: Day) -> None:
    report, holder, _ = await before_the_decision(day)
    chat = Chat(day, "province")
    card = await chat.card()
    await chat.turn(command="officer")
    await chat.say(report.number)
    await chat.tap("通过")
    assert "→ 请在聊天里这一件的下面按“听取本人意见”" in chat.heard
    stranger = Chat(day, "dali")
    number = [choice.label for choice in card.choices].index("听取本人意见")
    await stranger.turn(tap=Tap(card.step, number, card.card))
    await stranger.say(report.number)
    assert not {"听取本人意见", "告诉本人"} & set(stranger.labels)
    await chat.presses(card, "听取本人意见")
    await chat.tap("告诉本人")
    await chat.say(await reporters_number(day, report))
    assert "✗" in chat.heard  # that is somebody else's
    await chat.say(unknown := identity_number(77))
    assert "写给我" in chat.heard
    assert unknown not in await kept(chat)
    await chat.tap("返回")
    await chat.tap("告诉本人")
    await chat.say("53010219")
    assert "✗" in chat.heard
    await chat.tap(next(each for each in chat.labels if each.startswith(TITLE)))
    await chat.say(f"{await day.name(report)}说专利是假的。")
    assert "看了就知道是谁反映的" in chat.heard
    await chat.say(CHARGE)
    await chat.say("明天")
    assert "这个日子不行" in chat.heard
    await chat.tap(chat.labels[0])
    assert TITLE in chat.heard
    assert CHARGE in chat.heard
    assert CHARGE not in await kept(chat)
    await chat.tap("告诉本人")
    assert "已经发到本人的聊天" in chat.heard
    assert CHARGE in (await day.told(holder))[-1]
    with pytest.raises(HolderMayAnswer):
        await passes(day, report)
    said = Said(SAID, "visit", day.office.today())
    with pytest.raises(OutsideJurisdiction):
        await pleading.record(day.office, day.province["dali"], report.id, report.version, said)
    for label in ("登记本人怎么说", "当面"):
        await chat.tap(label)
    await chat.say("昨天")
    assert "告诉本人以后" in chat.heard
    await chat.tap("今天")
    await chat.say(SAID)
    assert SAID not in await kept(chat)
    await chat.photo(a_photo())
    assert "已收到1份" in chat.heard
    await chat.tap("拍好了，下一步")
    assert SAID in chat.heard
    await chat.tap("登记")
    async with day.office.reading() as unit:
        plea = await unit.pleas.of(report.id)
        assert plea is not None
        assert (plea.channel, plea.said_on) == ("visit", day.office.today())
        assert plea.recorded_by == day.province["province"].id
        assert unit.pleas.answer(plea) == SAID
        assert len(await unit.pleas.papers(plea.id)) == 1
    await chat.tap("听取本人意见")
    assert SAID in chat.heard
    assert "登记本人怎么说" not in chat.labels
    await passes(day, report)


async def kept(chat: Chat) -> str:
    async with chat.office.reading() as unit:
        return str((await unit.conversations.of("telegram", chat.address, "zh_CN")).state)


async def reporters_number(day: Day, report: Application) -> str:
    async with day.office.reading() as unit:
        reporter = await unit.workers.by_id(report.worker_id)
        assert reporter is not None
        return unit.workers.identity(reporter) or ""
