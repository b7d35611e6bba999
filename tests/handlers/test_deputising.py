"""代理人 in the chat: named, arranged by the manager, ended, and what the chat then offers."""

from datetime import timedelta

import pytest

from core.errors import OutsideJurisdiction
from core.jurisdiction import Level
from core.people import Role
from handlers import notice, objection, standing_in
from handlers.chat import Tap
from storage.standins import Standing
from tests.handlers.officer_chat import Chat
from tests.handlers.province import Day
from tests.handlers.test_standing_in import UNDERTAKEN, acts_on, at_erhai, decides, stands_in
from tests.people import a_union, an_officer, identity_number


async def at_the_stand_ins(day: Day, login: str) -> Chat:
    chat = Chat(day, login)
    await chat.turn(command="officer")
    await chat.tap("代理人")
    return chat


async def test_a_stand_in_is_named_in_the_chat_and_ended_there(day: Day) -> None:
    chat = await at_the_stand_ins(day, "erhai")
    assert "现在没有代理" in chat.heard
    await chat.tap("请人代理")
    await chat.say("谁都行")
    assert "请谁代理" in chat.heard
    await chat.tap("经办dali（复核员）")
    for wrong in ("昨天", "不知道"):
        await chat.say(wrong)
        assert "✗" in chat.heard
        assert "从哪天起" in chat.heard
    await chat.tap("明天")
    await chat.say("今天")
    assert "最后一天比第一天还早" in chat.heard
    await chat.tap(next(each for each in chat.labels if each.startswith("3天")))
    assert "经办dali 代 经办erhai 办理" in chat.heard
    sure = Tap(chat.reply.step, 0)
    await chat.turn(tap=sure)
    assert "双方都通知到了" in chat.heard
    await chat.turn(tap=sure)
    assert "不再起作用" in chat.heard
    (made,) = await named(day, "erhai")
    assert made.row.first_day == day.office.today() + timedelta(days=1)
    assert made.row.last_day == day.office.today() + timedelta(days=3)
    assert any("发送 /officer" in each for each in await day.told("erhai"))

    await chat.tap("请人代理")
    await chat.tap("经办dali（复核员）")
    await chat.tap("今天")
    await chat.tap(next(each for each in chat.labels if each.startswith("7天")))
    assert "这几天已经有 经办dali 代理" in chat.heard
    await chat.tap(next(each for each in chat.labels if each.startswith("1天")))
    assert "定下来" in chat.labels

    deputy = await at_the_stand_ins(day, "dali")
    await deputy.tap("结束：经办dali 代 经办erhai")
    await deputy.tap("返回")
    await deputy.tap("结束：经办dali 代 经办erhai")
    await deputy.tap("结束代理")
    assert "现在没有代理" in deputy.heard
    assert await named(day, "erhai") == []


async def test_a_manager_arranges_it_in_the_chat_by_the_login_of_who_is_away(day: Day) -> None:
    chat = await at_the_stand_ins(day, "manager")
    await chat.tap("替同事安排代理人")
    await chat.say("没有这个人")
    assert "没有这个账号" in chat.heard
    await chat.say("erhai")
    await chat.tap("经办dali（复核员）")
    await chat.say(day.office.today().isoformat())
    await chat.tap(chat.labels[1])
    await chat.tap("定下来")
    assert "经办dali 代 经办erhai" in chat.heard
    assert [each.deputy.login for each in await named(day, "erhai")] == ["dali"]
    assert "替同事安排代理人" not in (await at_the_stand_ins(day, "base")).labels


async def named(day: Day, login: str) -> list[Standing]:
    async with day.office.reading() as unit:
        return await standing_in.listed(unit, day.province[login])


async def test_the_chat_offers_what_lies_before_the_other_and_says_for_whom(day: Day) -> None:
    application = await at_erhai(day)
    await decides(day, "erhai", application, UNDERTAKEN)
    await notice.post(day.office, day.province["erhai"], application.round_id, 1)
    chat = Chat(day, "dali")
    await chat.turn(command="officer")
    assert "会员通知" not in chat.labels
    await stands_in(day, "dali", "erhai")
    await chat.turn(command="officer")
    assert "您代 经办erhai 办理" in chat.heard
    await chat.tap("会员通知")
    assert chat.labels[0].endswith("（代 经办erhai）")
    await chat.tap(chat.labels[0])
    assert "已停发" in chat.heard
    dali, erhai = (f"officer:{day.province[each].id}" for each in ("dali", "erhai"))
    assert (dali, "stop_announcing", erhai) in await acts_on(day, "notice:1")

    await chat.tap("代职工记录口头申请")
    assert chat.labels[:2] == ["大理州总工会", "洱海纸厂工会（代 经办erhai）"]
    await chat.tap("洱海纸厂工会（代 经办erhai）")
    await chat.tap("工会法律咨询与代写法律文书")
    for said in ("张大爷", identity_number(55), "13812345678"):
        await chat.say(said)
    assert (dali, "record", erhai) in await acts_on(day, "recording:1")
    await chat.turn(command="officer")
    other = Chat(day, "erhai")
    await other.turn(command="officer")
    await other.tap("代职工记录口头申请")
    assert other.labels[0].startswith("继续：记录 1 号")


async def test_who_stands_in_within_one_union_acts_in_the_other_role(day: Day) -> None:
    """A union has a treasurer beside its verifiers: the same address, another office."""
    async with day.office.unit() as unit:
        there = day.province.other_base
        day.province.officers["keeper"] = await an_officer(unit, there, Role.FINANCE, "keeper")
    application = await at_erhai(day)
    await decides(day, "erhai", application, UNDERTAKEN)
    keeper = day.province["keeper"]
    with pytest.raises(OutsideJurisdiction):
        await notice.post(day.office, keeper, application.round_id, 1)
    await stands_in(day, "keeper", "erhai")
    hung = await notice.post(day.office, keeper, application.round_id, 1)
    said = objection.Objector("李小明", identity_number(77), "13812345678", "证书是假的")
    made = await objection.make(day.office, hung.id, application.number, said)
    about = {"upheld": False, "finding": "没有的事", "reason": "查无此事"}
    await objection.decide(day.office, keeper, made.id, **about)


async def test_of_two_lists_alike_the_one_that_was_pressed_is_posted(day: Day) -> None:
    async with day.office.unit() as unit:
        lake = await a_union(
            unit, Level.BASE_UNIT, day.province.other_prefecture, code="lake", name="湖滨工会"
        )
        lone = await an_officer(unit, lake, Role.REVIEWER, "lake", name="经办lake")
        day.province.officers["lake"] = lone
    running = await day.opens_round()
    there = [await day.applies(running, await day.worker(day.province.other_base))]
    there.append(await day.applies(running, await day.worker(lake)))
    await day.window_ends(running)
    for login, each in zip(("erhai", "lake"), there, strict=True):
        await day.passes(login, each)
        await stands_in(day, "dali", login)
    chat = Chat(day, "dali")
    await chat.turn(command="officer")
    await chat.tap("公示")
    assert "基层公示（1人）（代 经办erhai）" in chat.labels
    await chat.tap("基层公示（1人）（代 经办lake）")
    await chat.tap("现在公示")
    async with day.office.reading() as unit:
        (hung,) = await unit.notices.running()
    assert hung.union_id == lake.id
    await chat.tap("公示")
    assert chat.labels[0] == "基层公示（1人）（代 经办erhai）"
