"""A whole life: from the first question to the payment, over the desk and in the terminal."""

from pathlib import Path

import pytest

from bot.app import House
from tests.clock import Clock
from tests.hands import DeskHand, Hand, TerminalHand
from tests.house import a_house
from tests.journeys.steps import applies, member
from tests.office_day import OfficeDay


def hand_at(door: str, house: House) -> Hand:
    return DeskHand(house.office) if door == "desk" else TerminalHand(house.office)


@pytest.mark.parametrize("door", ["desk", "terminal"])
async def test_a_technician_is_paid(
    door: str, database_url: str, tmp_path: Path, clock: Clock
) -> None:
    async with a_house(database_url, tmp_path, clock) as house:
        person, day, hand = member(), OfficeDay(house, clock), hand_at(door, house)
        number = await applies(hand, person)
        await day.window_ends(number)
        await day.passes("spring", number)
        await day.posts("spring", number)
        await day.passes("kunming", number)
        await day.passes("tech", number)
        await day.posts("tech", number)
        await day.meets(number)
        await hand.say("进度")
        assert "填写收款账户" in hand.labels
        await day.gives_account(await day.bank_secret(number), person.name)
        await day.pays(number)
        await hand.say("进度")
        assert "已发放" in hand.heard
