"""The whole house as the journeys use it: every part real, the clock in the test's hand."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.app import House, open_house
from bot.settings import Settings
from tests import furnished, run
from tests.clock import Clock


def settings(database_url: str, folder: Path, **more: Any) -> Settings:
    """Reads no environment but what is given here."""
    given = {
        "database_url": database_url,
        "files": folder / "files",
        "secret_key": run.SECRET,
        "demo": True,
        "public_url": "http://127.0.0.1:8000",
        **more,
    }
    return Settings(_env_file=None, **given)


@asynccontextmanager
async def a_house(
    database_url: str, folder: Path, clock: Clock, **more: Any
) -> AsyncIterator[House]:
    """With the demonstration union in it."""
    run.give_kept(folder)
    furnished.bring("demonstration", database_url, clock.now())
    async with open_house(settings(database_url, folder, **more), clock.now) as house:
        furnished.keep("demonstration", database_url, clock.now())
        yield house
