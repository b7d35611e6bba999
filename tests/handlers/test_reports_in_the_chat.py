"""What holders report is read and judged in the chats of the office that keeps the file."""

from handlers.chat import Tap
from handlers.fulfilling import Fulfilled
from storage.tables import Application
from tests.handlers.officer_chat import Chat
from tests.handlers.province import Day
from tests.handlers.test_duties import looks, obliged, rows
from tests.hands import DeskHand, a_photo


async def reported(day: Day) -> tuple[Application, DeskHand]:
    """Paid, and the holder has reported on what is due after the payment."""
    running = await day.opens_round()
    award = await day.applies(running)
    await day.goes_to(6, running, award)
    await day.gives_account(award)
    await day.pays(running, award)
    hand = DeskHand(day.office, f"worker-{award.worker_id}", "telegram")
    await hand.turn(command="status")
    await hand.tap(next(label for label in hand.labels if "3月" in label or "4月" in label))
    await hand.photo(a_photo("发票"))
    await says(hand, "钱都用在买焊机上")
    return award, hand


async def says(hand: DeskHand, text: str) -> None:
    await hand.say(text)
    await hand.tap("报送")


async def test_a_report_is_read_asked_again_and_found_enough_in_the_chat(day: Day) -> None:
    day = await obliged(day)
    award, hand = await reported(day)
    office = Chat(day, "office")
    await office.turn(command="officer")
    assert "后续义务报来等审看或者过期的1件" in office.heard
    await office.presses(await office.card(), "看报告")
    assert "钱都用在买焊机上" in office.heard
    assert "照片和材料1份" in office.heard
    await office.tap("请补报")
    await office.say("缺发票原件")
    await office.say("昨天")
    assert "✗" in office.heard
    await office.say("10天后")
    await office.tap("确定")
    assert "✓ 记下了：还没有报" in office.heard
    assert "缺发票原件" in (await day.told(award))[-1]
    assert (await office.card()).choices == ()

    await hand.turn(command="status")
    await hand.tap(next(label for label in hand.labels if label.startswith("报送")))
    await says(hand, "发票原件寄到办公室了")
    await office.turn(command="officer")
    await office.tap("看报送的材料")
    await office.tap(office.labels[0])
    assert "上次请补报：缺发票原件" in office.heard
    await office.tap("已完成")
    await office.tap("不写说明")
    button = office.reply.step
    await office.tap("确定")
    assert "✓ 记下了：已完成" in office.heard
    await office.turn(tap=Tap(button, 0))
    assert "已经完成" in (await day.told(award))[-1]
    assert (await day.acts(award)).count("duty_fulfilled") == 1


async def test_who_was_quicker_has_judged_and_a_new_report_is_shown_first(day: Day) -> None:
    day = await obliged(day)
    award, hand = await reported(day)
    office, colleague, stranger = (Chat(day, login) for login in ("office", "office2", "dali"))
    card = await office.card()
    await stranger.turn(tap=Tap(card.step, 0, card.card))
    assert "焊机" not in stranger.heard
    await stranger.turn(command="officer")
    assert "看报送的材料" not in stranger.labels
    for chat in (office, colleague):
        await chat.presses(card, "看报告")
        await chat.tap("已完成")
        await chat.tap("不写说明")
    await hand.turn(command="status")
    await hand.tap(next(label for label in hand.labels if label.startswith("报送")))
    await says(hand, "用在买面罩上")
    await office.tap("确定")
    assert "已经有人处理过了" in office.heard
    assert "用在买面罩上" in office.heard
    row = next(each for each in await rows(day, award) if each.state == "reported")
    await looks(day, "office2", row, Fulfilled("看过发票"))
    await office.tap("以后不用再报")
    assert "已经有同事看过了：已完成" in office.heard
    await colleague.tap("确定")
    assert (await day.acts(award)).count("duty_fulfilled") == 1
    await office.say(award.number)
    await office.tap("后续义务")
    assert [label for label in office.labels if award.number in label] == [
        f"{award.number} 还没有报（5月12日前）"
    ]
