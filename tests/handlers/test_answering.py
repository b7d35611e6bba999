"""What officers find, enter and name in the chat: one question after another."""

from handlers.decisions import Pass
from tests.handlers.officer_chat import Chat
from tests.handlers.province import Day
from tests.handlers.steps import applies, asks_for_aid, decides

RELIEF = "yn-model-worker-living-hardship-allowance"


async def test_a_card_asks_for_what_decides_and_the_service_is_entered_with_a_note(
    day: Day,
) -> None:
    aid = await asks_for_aid(day)
    chat = Chat(day, "county")
    card = await chat.card()
    assert "要由经办人认定的" in card.text
    await chat.presses(card, "通过")
    while "已通过" not in chat.heard:
        await chat.tap("是")
    assert (await day.now(aid)).stage == 1
    await chat.presses(await chat.card(), "指派承办人")
    await chat.say("李律师")
    await chat.say("0871-63100000")
    await chat.tap("确定指派")
    await chat.presses(await chat.card(), "办理完毕")
    assert "办得怎么样" in chat.heard
    await chat.say("已指派李律师")
    assert "已登记办理结果" in chat.heard
    assert (await day.acts(aid))[-1] == "enter"


async def test_a_finding_against_the_application_is_not_passed(day: Day) -> None:
    aid = await asks_for_aid(day)
    chat = Chat(day, "county")
    await chat.presses(await chat.card(), "通过")
    await chat.tap("不是" if "不是" in chat.labels else "否")
    assert "✗" in chat.heard
    assert (await day.now(aid)).stage == 0


async def test_whoever_posts_a_notice_names_its_days_where_the_document_does_not(
    day: Day,
) -> None:
    relief = await applies(day, RELIEF)
    await decides(day, "base", relief, Pass())
    chat = Chat(day, "base")
    await chat.presses(await chat.card(), "现在公示")
    await chat.say("99")
    assert "1到60" in chat.heard
    await chat.say("7")
    await chat.tap("现在公示")
    there = await day.now(relief)
    assert there.due is not None
    assert (there.due - day.office.today()).days == 7
