"""Whoever has begun and not sent is reminded before the window ends; nobody else is."""

from bot.app import House
from tests.clock import Clock
from tests.hands import DeskHand
from tests.journeys.steps import (
    CERTIFICATE,
    applies,
    asks_and_qualifies,
    bubbles,
    identifies,
    member,
)
from tests.office_day import OfficeDay

LEAD = 57  # days from the opening of the demonstration's rounds to three days before their end


async def said(house: House, address: str) -> str:
    async with house.office.reading() as unit:
        talk = await unit.conversations.find("web", address)
        assert talk is not None
        return " ".join(body["text"] for body in await bubbles(unit, talk.id))


async def test_an_unsent_folder_is_remembered_three_days_before_the_end(
    hand: DeskHand, house: House, day: OfficeDay, clock: Clock
) -> None:
    await asks_and_qualifies(hand)
    await hand.tap("现在申请")
    await identifies(hand, member())
    await hand.say("焊工")
    await hand.say(CERTIFICATE)
    other = DeskHand(house.office, "other")
    await applies(other, member(1), number="S000053000000000002")
    await day.morning_after(LEAD - 1)
    assert "还没提交" not in await said(house, "desk")
    await day.morning_after()
    await day.morning_after()
    assert (await said(house, "desk")).count("还没提交") == 1
    assert "还没提交" not in await said(house, "other")
