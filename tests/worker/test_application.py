"""Form, papers, review, undertaking, one submission; limits from the archive; withdrawal."""

import asyncio
from datetime import datetime, time

from bot.app import House
from core.workflow import State
from handlers.chat import Tap
from storage.tables import SHANGHAI
from tests.clock import Clock
from tests.hands import DeskHand, a_photo
from tests.journeys.steps import (
    CERTIFICATE,
    applies,
    asks_and_qualifies,
    fills_in,
    identifies,
    member,
)
from tests.office_day import OfficeDay


async def at_the_summary(hand: DeskHand, index: int = 0, number: str = CERTIFICATE) -> None:
    await asks_and_qualifies(hand)
    await hand.tap("现在申请")
    await identifies(hand, member(index))
    await fills_in(hand, number=number)


async def test_the_receipt_names_number_place_and_what_comes_next(hand: DeskHand) -> None:
    number = await applies(hand, member())
    assert number == "202600200001"
    assert "第 1 位" in hand.heard
    assert "还剩 29 个名额" in hand.heard
    assert "基层初审" in hand.heard


async def test_the_closing_hour_is_shown_and_kept_to_the_minute(
    hand: DeskHand, house: House, clock: Clock
) -> None:
    async with house.office.unit() as unit:
        running = await unit.rounds.held(2)
        running.closes_at = time(17)
        closes = running.closes
    clock.set(datetime.combine(closes, time(16, 50), SHANGHAI))
    await asks_and_qualifies(hand)
    assert "17:00截止" in hand.heard
    await hand.tap("现在申请")
    await identifies(hand, member())
    await fills_in(hand, number=CERTIFICATE)
    await hand.tap("没错，去提交")
    clock.set(datetime.combine(closes, time(17, 1), SHANGHAI))
    await hand.tap("我确认并提交")
    refusal = hand.heard.splitlines()[0]
    assert refusal.startswith("✗ 现在不在申报期内：申报到")
    assert refusal.endswith("17:00为止。")
    clock.set(datetime.combine(closes, time(17, 0, 30), SHANGHAI))  # the same a minute before
    await hand.tap("我确认并提交")
    assert "受理号" in hand.heard or "202600200001" in hand.heard


async def test_many_taps_on_send_are_one_application(hand: DeskHand, house: House) -> None:
    await at_the_summary(hand)
    await hand.tap("没错，去提交")
    tap = Tap(hand.reply.step, hand.labels.index("我确认并提交"))
    await asyncio.gather(*(hand.turn(tap=tap) for _ in range(8)))
    async with house.office.reading() as unit:
        running = await unit.rounds.by_id(2)
    assert (running.taken, running.last_rank) == (1, 1)


async def test_applying_twice_leads_to_the_application_that_is_there(hand: DeskHand) -> None:
    await applies(hand, member())
    await hand.say("技师证")
    await hand.tap("都对，继续")
    assert "✗" in hand.heard
    assert "今年还没有领过" in hand.heard


async def test_a_required_paper_cannot_be_skipped(hand: DeskHand) -> None:
    await asks_and_qualifies(hand)
    await hand.tap("现在申请")
    await identifies(hand, member())
    await hand.say("焊工")
    await hand.say(CERTIFICATE)
    assert "没有，跳过" not in hand.labels
    await hand.say("我没有照片")
    assert "请发照片" in hand.heard


async def test_pages_can_be_put_in_order_taken_again_and_thrown_out(hand: DeskHand) -> None:
    await asks_and_qualifies(hand)
    await hand.tap("现在申请")
    await identifies(hand, member())
    await hand.say("焊工")
    await hand.say(CERTIFICATE)
    await hand.photo(a_photo("one", (300, 200)))
    await hand.photo(a_photo("two", (1200, 900)))
    await hand.tap("看看、排序、删页")
    first = hand.heard.split("\n")[1]
    await hand.tap("第 2 页往前移")
    assert hand.heard.split("\n")[2].endswith(first.partition("（")[2])
    await hand.tap("删掉第 2 页")
    await hand.tap("好了")
    assert "1 页" in hand.heard
    await hand.tap("全部重拍")
    assert "请拍照" in hand.heard


async def test_a_damaged_photo_is_refused_with_the_reason(hand: DeskHand) -> None:
    await asks_and_qualifies(hand)
    await hand.tap("现在申请")
    await identifies(hand, member())
    await hand.say("焊工")
    await hand.say(CERTIFICATE)
    await hand.photo(b"<html>not a photo</html>")
    assert hand.heard.startswith("✗")
    await hand.photo(b"")
    assert hand.heard.startswith("✗")
    assert "技能等级证书照片" in hand.heard


async def test_an_answer_changed_on_the_review_screen_brings_one_back_there(
    hand: DeskHand,
) -> None:
    await at_the_summary(hand)
    await hand.tap("要改")
    await hand.tap("职业（工种）")
    await hand.say("电工")
    assert "请核对" in hand.heard
    assert "电工" in hand.heard


async def test_a_change_that_fails_a_condition_is_told_at_once(hand: DeskHand) -> None:
    await at_the_summary(hand)
    await hand.tap("要改")
    await hand.tap("发证日期")
    await hand.say("去年3月5日")
    assert "✗ 证书是今年取得的" in hand.heard


async def test_somebody_elses_certificate_is_noticed(hand: DeskHand, house: House) -> None:
    await applies(hand, member())
    other = DeskHand(house.office, "other")
    await at_the_summary(other, index=1)
    await other.tap("没错，去提交")
    await other.tap("我确认并提交")
    assert other.heard.startswith("✗")
    assert "请核对" in other.heard or "提交前" in other.heard


async def test_a_withdrawn_application_gives_its_place_back(hand: DeskHand, house: House) -> None:
    number = await applies(hand, member())
    await hand.say("进度")
    await hand.tap(f"撤回 {number}")
    await hand.tap("确定撤回")
    assert "已撤回" in hand.heard
    async with house.office.reading() as unit:
        running = await unit.rounds.by_id(2)
        assert running.taken == 0
    again = DeskHand(house.office, "desk2")
    await applies(again, member(1))
    assert "第 2 位" in again.heard, "a rank is not given twice"


async def test_after_approval_nothing_is_withdrawn(hand: DeskHand, day: OfficeDay) -> None:
    number = await applies(hand, member())
    await day.window_ends(number)
    await day.passes("spring", number)
    await day.posts("spring", number)
    await day.passes("kunming", number)
    await day.passes("tech", number)
    await day.posts("tech", number)
    await day.meets(number)
    await hand.say("进度")
    assert not [label for label in hand.labels if label.startswith("撤回")]
    assert (await day.application(number)).state == State.IN_STAGE
