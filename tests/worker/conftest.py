"""The whole house, with a worker's hand at its desk."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import House
from tests.clock import Clock
from tests.hands import DeskHand
from tests.house import a_house
from tests.office_day import OfficeDay


@pytest.fixture
async def house(database_url: str, tmp_path: Path, clock: Clock) -> AsyncIterator[House]:
    async with a_house(database_url, tmp_path, clock) as house:
        yield house


@pytest.fixture
async def hand(house: House) -> DeskHand:
    return DeskHand(house.office)


@pytest.fixture
async def day(house: House, clock: Clock) -> OfficeDay:
    return OfficeDay(house, clock)
