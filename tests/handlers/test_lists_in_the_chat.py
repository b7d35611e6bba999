"""Yearly lists in the officers' chats: opened, checked together, followed, somebody added."""

from handlers import checking, drawing, register
from handlers.chat import Tap
from handlers.register import Entry
from tests.handlers.officer_chat import Chat
from tests.handlers.province import Day
from tests.handlers.steps import furnish
from tests.handlers.test_drawing import FINE, GIFT, MODEL, NATIONAL, holder, lines
from tests.people import a_talk


async def chat_of(day: Day, login: str) -> Chat:
    """With a conversation where the province has not given one."""
    async with day.office.unit() as unit:
        talk = await a_talk(unit, f"officer-{login}")
        talk.officer_id = day.province[login].id
        await unit.conversations.write(talk)
    chat = Chat(day, login)
    await chat.turn(command="officer")
    return chat


async def test_a_list_is_opened_checked_and_followed_in_the_chat(day: Day) -> None:
    await furnish(day)
    plain, other = await holder(day, MODEL), await holder(day, MODEL)
    doubtful, _ = await holder(day, MODEL, at_home=False), await holder(day, NATIONAL)
    labour = await chat_of(day, "labour")
    nobody = await chat_of(day, "finance")
    assert "年度名单" not in nobody.labels
    await labour.tap("年度名单")
    await labour.tap("开列名单")
    gift = day.office.schemes.versions(GIFT)[-1].name
    await labour.tap(gift)
    await labour.say("昨天")
    assert "✗" in labour.heard
    await labour.say("9天后")
    button = labour.reply.step
    await labour.tap("从名册开列")
    assert "✓ 名单已开列。" in labour.heard
    await labour.turn(tap=Tap(button, 0))
    await day.time_passes()
    await labour.turn(command="officer")
    await labour.tap("年度名单")
    (label,) = [each for each in labour.labels if gift in each]
    await labour.tap(label)
    assert "3人" in labour.heard
    await labour.tap("没有列入的（1人）")
    assert "不符合：✗" in labour.heard
    await labour.tap("返回")
    await labour.tap("看名单（3人）")
    assert "要核实：" in labour.heard
    await labour.tap("返回")
    await labour.tap("一起核定（2人）")
    for _ in FINE:
        await labour.tap(labour.labels[0])
    assert "2位没有疑问的人" in labour.heard
    await labour.tap("核定，送下一步")
    assert "✓ 2位已送下一步。" in labour.heard
    assert "一起核定" not in str(labour.labels)
    async with day.office.reading() as unit:
        (drawn,) = await unit.drawn.all()
    stages = {line.worker_id: line.stage for line in await lines(day, drawn)}
    assert (stages[plain.id], stages[other.id], stages[doubtful.id]) == (1, 1, 0)

    missing = await day.worker()
    async with day.office.reading() as unit:
        number, name = unit.workers.identity(missing) or "", unit.workers.name(missing)
    await labour.tap("补列一位")
    await labour.say("12345")
    assert "✗" in labour.heard
    await labour.say(number)
    await labour.say("本人证书")
    async with day.office.reading() as unit:
        state = (await unit.conversations.of("telegram", labour.address, "zh_CN")).state
    assert number not in str(state)
    await labour.tap("补列")
    assert "✗" in labour.heard  # not in the register yet
    entry = Entry(name, number, MODEL, "base_unit", "云发〔2020〕5号")
    await register.enter(day.office, day.province["labour"], entry)
    await labour.tap("补列")
    assert "✓ 已补列。" in labour.heard
    assert len(await lines(day, drawn)) == 4


async def test_who_was_quicker_has_opened_or_checked_it(day: Day) -> None:
    await furnish(day)
    await holder(day, MODEL)
    labour, gift = day.province["labour"], day.office.schemes.versions(GIFT)[-1].name
    chat = await chat_of(day, "labour")
    for label in ("年度名单", "开列名单", gift, "不写日子"):
        await chat.tap(label)
    drawn = await drawing.open_list(day.office, labour, GIFT)
    await chat.tap("从名册开列")
    assert "✗" in chat.heard
    async with day.office.reading() as unit:
        assert len(await unit.drawn.all()) == 1
    await day.time_passes()
    await chat.turn(command="officer")
    await chat.tap("年度名单")
    await chat.tap(next(each for each in chat.labels if gift in each))
    await chat.tap("一起核定（1人）")
    for _ in FINE:
        await chat.tap(chat.labels[0])
    assert await checking.pass_on(day.office, labour, drawn.round_id, FINE) == 1
    await chat.tap("核定，送下一步")
    assert "核定，送下一步" not in chat.labels
    (line,) = await lines(day, drawn)
    assert line.stage == 1
