"""A finding in the officers' chats: written down, heard, decided, paid back, put right."""

from core.people import Role
from handlers import clawback, repaying
from handlers.chat import Tap
from tests.handlers.findings import claws_back, finds
from tests.handlers.officer_chat import Chat
from tests.handlers.province import Day
from tests.handlers.test_clawback import paid
from tests.handlers.test_standing_in import acts_on, stands_in
from tests.people import a_talk, an_officer


async def at(day: Day, login: str, *labels: str) -> Chat:
    chat = Chat(day, login)
    await chat.turn(command="officer")
    for label in labels:
        await chat.tap(label)
    return chat


async def test_a_finding_is_written_down_heard_and_decided_in_the_chat(day: Day) -> None:
    _, (first,) = await paid(day)
    finance = await at(day, "finance")
    assert "核查追回" not in finance.labels
    await finance.say(first.number)
    await finance.tap("发现问题")
    assert "实际已发1,000元" in finance.heard
    await finance.tap(finance.labels[0])
    await finance.say("证书系伪造，发证机关查无此号")
    await finance.say("昨天")
    assert "✗" in finance.heard
    await finance.say("10天后")
    assert "发证机关查无此号" in finance.heard
    async with day.office.reading() as unit:
        talk = await unit.conversations.of("telegram", finance.address, "zh_CN")
        assert "查无此号" not in str(talk.state)
    await finance.tap("告诉本人，听取说明")
    assert "✓ 已告诉本人" in finance.heard
    assert "发证机关查无此号" in (await day.told(first))[-1]
    assert "作出决定" not in finance.labels  # who found it does not decide

    chairs = await at(day, "chairs", "核查追回")
    await chairs.tap(f"{first.number} 听取说明")
    await chairs.tap("作出决定")
    assert "说明" in chairs.heard  # the holder has not answered yet
    assert (await day.now(first)).state == "paid"
    await finance.tap("记下本人的说明")
    await finance.say("证书是人社局发的。")
    await finance.tap("确定")
    assert "说明记下了" in finance.heard
    assert "记下本人的说明" not in finance.labels
    await chairs.presses(await chairs.card(), "看核查情况")
    assert "证书是人社局发的。" in chairs.heard
    assert "read_answer" in await day.acts(first)
    await chairs.tap("作出决定")
    await chairs.tap("查实：按文件追回或撤销")
    await chairs.say("查实是假的")
    await chairs.say("61")
    assert "✗" in chairs.heard
    await chairs.say("2期")
    await chairs.tap(chairs.labels[0])
    assert "以前退 500元" in chairs.heard
    await chairs.tap("确定")
    assert "要退1,000元，已退0元" in chairs.heard
    assert (await day.now(first)).state == "clawed_back"
    assert (await chairs.card()).choices == ()
    await chairs.tap("更正诚信记录")
    await chairs.say("记错了")
    await chairs.tap("确定")
    assert "划去：记错了" in chairs.heard


async def test_a_stand_in_decides_for_the_other_and_both_are_named(day: Day) -> None:
    _, (first,) = await paid(day)
    async with day.office.unit() as unit:
        clerk = await an_officer(unit, day.province.tree.chairs, Role.OFFICE, "clerk")
        talk = await a_talk(unit, "officer-clerk")
        talk.officer_id = clerk.id
        await unit.conversations.write(talk)
    day.province.officers["clerk"] = clerk
    await stands_in(day, "clerk", "chairs", days=30)
    await finds(day, first)
    await day.days_pass(11)
    chat = Chat(day, "clerk")
    await chat.presses(await chat.card(), "看核查情况")
    await chat.tap("作出决定")
    await chat.tap("查无问题，原来的结果继续有效")
    await chat.say("网上查得到")
    await chat.tap("确定")
    assert "✓ 决定已记下" in chat.heard
    acts = await acts_on(day, f"application:{first.id}")
    instead = f"officer:{day.province['chairs'].id}"
    assert (f"officer:{clerk.id}", "drop_finding", instead) in acts


async def test_what_a_colleague_has_found_or_decided_first_stands(day: Day) -> None:
    _, (first,) = await paid(day)
    async with day.office.unit() as unit:
        vice = await an_officer(unit, day.province.tree.chairs, Role.CHAIRS, "vice")
        talk = await a_talk(unit, "officer-vice")
        talk.officer_id = vice.id
        await unit.conversations.write(talk)
        await unit.officers.declare(vice.id, first.identity_index, "子女")
    office = await at(day, "office")
    await office.say(first.number)
    await office.tap("发现问题")
    await office.tap(office.labels[0])
    await office.say("编号对不上")
    await office.say("10天后")
    found = await finds(day, first)
    await office.tap("告诉本人，听取说明")
    assert office.heard.count("已经有人处理过了") == 1
    for login in ("education", "dali", "manager"):
        nobody = await at(day, login)
        await nobody.say(first.number)
        assert not {"发现问题", "看核查情况"} & set(nobody.labels)
    await day.days_pass(11)
    chairs, related = Chat(day, "chairs"), Chat(day, "vice")
    card = await chairs.card()
    stranger = Chat(day, "dali")
    await stranger.turn(tap=Tap(card.step, 0, card.card))
    assert "证书系伪造" not in stranger.heard
    await related.presses(card, "看核查情况")
    assert "回避" in related.heard
    assert "作出决定" not in related.labels
    await chairs.presses(card, "看核查情况")
    await chairs.tap("作出决定")
    await chairs.tap("查无问题，原来的结果继续有效")
    await chairs.say("查过了，没有问题")
    dropped = clawback.Dropped("网上查得到")
    await clawback.decide(day.office, day.province["chairs"], found.id, dropped)
    await chairs.tap("确定")
    assert "已经有人处理过了" in chairs.heard
    assert "网上查得到" in chairs.heard
    assert "作出决定" not in chairs.labels


async def test_money_that_came_is_entered_once_and_against_what_is_left(day: Day) -> None:
    _, (first,) = await paid(day)
    owed = await claws_back(day, first, parts=2)
    finance = await at(day, "finance")
    assert "核查追回没有了结的1件" in finance.heard
    await finance.tap("核查追回")
    await finance.tap(f"{first.number} 待退回")
    await finance.tap("登记退款")
    await finance.say("2000元")
    assert "✗" in finance.heard
    await finance.say("300元")
    await finance.tap("今天")
    assert "收到退款300元，之后还剩700元" in finance.heard
    today = day.office.today()
    await repaying.repaid(day.office, day.province["finance"], owed.id, 30000, today)
    await finance.tap("登记并开收据")  # a colleague was quicker: it may be the same money
    assert "已经有人处理过了" in finance.heard
    assert "已退300元，还剩700元" in finance.heard
    for label in ("登记退款", "200元", "昨天"):
        await finance.tap(label)
    assert "✗" in finance.heard  # yesterday nothing was owed
    await finance.tap("今天")
    assert "之后还剩500元" in finance.heard
    button = finance.reply.step
    await finance.tap("登记并开收据")
    assert f"收据{first.number}-R2" in finance.heard
    await finance.turn(tap=Tap(button, 0))
    async with day.office.reading() as unit:
        came = await unit.claw_backs.repayments(owed.id)
    assert [each.amount_fen for each in came] == [30000, 20000]
    chairs = await at(day, "chairs")
    await chairs.say(first.number)
    await chairs.tap("看核查情况")
    assert "登记退款" not in chairs.labels
    assert "更正诚信记录" in chairs.labels
