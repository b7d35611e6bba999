"""The console over a province at work, on each database; officers sit down without a password."""

from collections.abc import AsyncIterator

import pytest

from handlers.office import Office
from locales import Speaker
from tests.admin.desk import Console
from tests.handlers.conftest import catalogue, day, office
from tests.handlers.province import Day

__all__ = ["catalogue", "day", "office"]


@pytest.fixture(autouse=True)
def strict(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing sentence is an error here."""
    monkeypatch.setattr(Speaker, "strict", True)


@pytest.fixture
async def console(office: Office, day: Day) -> AsyncIterator[Console]:
    room = Console(office, day)
    await room.furnish()
    yield room
    await room.close()
