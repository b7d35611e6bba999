"""What is taken for many at once, in the officers' chats: the meeting and the money."""

from core.people import Role
from tests.handlers.officer_chat import Chat
from tests.handlers.province import MINUTES, Day
from tests.handlers.test_approval_payment import at_approval
from tests.people import an_officer


async def test_a_meeting_is_held_in_the_chat_and_its_minutes_are_kept(day: Day) -> None:
    running, (first, second, third) = await at_approval(day, 3)
    async with day.office.unit() as unit:
        other = await an_officer(unit, day.province.tree.chairs, Role.CHAIRS, "vice", name="赵副")
        await unit.officers.declare(other.id, first.identity_index, "配偶")
    for login in ("office", "base", "finance"):
        nobody = Chat(day, login)
        await nobody.turn(command="officer")
        assert not {"开会审定", "发放"} & set(nobody.labels)
    chairs = Chat(day, "chairs")
    assert "发 /officer" in (await day.told("chairs"))[-1]
    await chairs.turn(command="officer")
    await chairs.tap("开会审定")
    await chairs.tap("技能等级晋升补助（2026）：3份")
    assert "合计3,000元" in chairs.heard
    await chairs.tap(second.number)
    await chairs.tap("不通过")
    await chairs.say("培训学时不够")
    await chairs.tap(third.number)
    await chairs.tap("暂缓")
    await chairs.tap("没有，跳过")
    assert "不通过 培训学时不够" in chairs.heard
    await chairs.tap("看完了，记纪要")
    await chairs.say(MINUTES)
    await chairs.say("后天")
    assert "✗" in chairs.heard
    await chairs.tap("今天")
    await chairs.tap("☐ 赵副")
    await chairs.tap("☐ 经办chairs")
    await chairs.tap("选好了")
    await chairs.tap("没有，跳过")
    assert "通过1份，不通过1份，暂缓1份" in chairs.heard
    await chairs.tap("确定，按纪要办")
    assert f"✓ 纪要{MINUTES}" in chairs.heard
    states = [
        (each.state, each.stage) for each in [await day.now(a) for a in (first, second, third)]
    ]
    assert states == [("in_stage", 6), ("rejected", 5), ("in_stage", 5)]
    assert "培训学时不够" in (await day.told(second))[-1]
    async with day.office.reading() as unit:
        (held,) = await unit.meetings.of_round(running.id)
    assert held.present == sorted([day.province["chairs"].id, other.id])
    assert held.withdrew == [{"application": first.id, "officer": other.id, "relation": "relative"}]


async def test_what_changed_since_the_meeting_saw_it_is_named_and_stands(day: Day) -> None:
    running, (first, second) = await at_approval(day, 2)
    chairs = Chat(day, "chairs")
    await chairs.turn(command="officer")
    for label in ("开会审定", "技能等级晋升补助（2026）：2份", "看完了，记纪要"):
        await chairs.tap(label)
    await day.meets(running, {second.id: "另行研究"})
    await chairs.say(MINUTES)
    for label in ("今天", "☐ 经办chairs", "选好了", "没有，跳过", "确定，按纪要办"):
        await chairs.tap(label)
    assert "已经有人处理过了" in chairs.heard
    assert (await day.now(first)).stage == 6


async def test_a_list_is_made_and_its_results_are_recorded_in_the_chat(day: Day) -> None:
    running, applications = await at_approval(day, 3)
    await day.meets(running)
    for each in applications[:2]:
        await day.gives_account(each)
    _, second, third = applications
    finance = Chat(day, "finance")
    await finance.turn(command="officer")
    await finance.tap("发放")
    await finance.tap("技能等级晋升补助（2026）：3份")
    assert "可以发放2份，合计2,000元。\n还缺银行账户1份。" in finance.heard
    await finance.tap("生成发放清单")
    assert "清单1号已生成" in finance.heard
    assert "****" in finance.heard
    await finance.tap(second.number)
    await finance.tap("户名不符")
    await finance.tap("其余全部成功")
    await finance.tap("登记结果")
    assert "成功1笔，合计1,000元；没有成功1笔" in finance.heard
    await finance.tap("登记结果")
    assert "都有结果了" in finance.heard
    states = [(await day.now(each)).state for each in applications]
    assert states == ["paid", "in_stage", "in_stage"]
    assert "户名和卡号对不上" in (await day.told(second))[-1]
    assert len(await day.links(third)) == 1
    await day.gives_account(second, "6217000010012345677")
    await finance.turn(command="officer")
    for label in ("发放", "技能等级晋升补助（2026）：2份", "生成发放清单"):
        await finance.tap(label)
    for label in ("其余全部成功", "登记结果", "登记结果"):
        await finance.tap(label)
    assert (await day.now(second)).state == "paid"
