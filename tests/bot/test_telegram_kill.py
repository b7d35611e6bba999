"""kill -9 at any moment: nothing that was said is lost, and nothing has its effect twice."""

import asyncio
import random
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from storage.database import Database
from storage.tables import Conversation, Inbox, Outbox
from tests.telegram_server import TelegramServer

ROOT = Path(__file__).resolve().parents[2]
PEOPLE, WORDS, KILLS = 6, 25, 2
LEASE = 61  # seconds


@asynccontextmanager
async def a_process(
    telegram: TelegramServer, database_url: str, folder: Path, ahead: int
) -> AsyncIterator[None]:
    """The bot, listening; killed at the end."""
    telegram.world.call("deleteWebhook", {})
    arguments = ("-m", "tests.bot.telegram_process", telegram.url, database_url, str(folder))
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments, str(ahead), cwd=ROOT)
    try:
        async with asyncio.timeout(60), telegram.spoken:
            await telegram.spoken.wait_for(lambda: bool(telegram.world.webhook))
        yield
    finally:
        process.kill()
        await process.wait()


async def answered(telegram: TelegramServer, number: int) -> None:
    async with asyncio.timeout(60), telegram.spoken:
        await telegram.spoken.wait_for(lambda: spoken(telegram) >= number)


def spoken(telegram: TelegramServer) -> int:
    return sum(call.method == "sendMessage" for call in telegram.calls)


@pytest.mark.long
async def test_a_bot_that_is_killed_again_and_again_answers_everybody(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    dice = random.Random(9)
    async with TelegramServer() as telegram:
        phones = [telegram.phone() for _ in range(PEOPLE)]
        for kill in range(KILLS):
            async with a_process(telegram, database_url, tmp_path, kill * LEASE):
                for number in range(WORDS):
                    for phone in phones:
                        phone.mutter(f"{kill}.{number}")
                await answered(telegram, spoken(telegram) + dice.randint(20, 150))
        said = [f"{kill}.{number}" for kill in range(KILLS) for number in range(WORDS)]
        async with a_process(telegram, database_url, tmp_path, KILLS * LEASE):
            async with asyncio.timeout(60), telegram.spoken:
                await telegram.spoken.wait_for(
                    lambda: all(len(set(phone.heard)) == len(said) for phone in phones)
                )
            await telegram.courier.delivered()
            await everything_written_down(database)
        async with database.reading() as unit:
            found = await unit.connection.execute(select(Conversation.state))
            heard = [state["heard"] for state in found.scalars()]
    assert heard == [said] * PEOPLE
    repeated = sum(len(phone.heard) for phone in phones) - PEOPLE * len(said)
    assert 0 <= repeated <= KILLS * PEOPLE  # at most what was on its way at the moment


async def everything_written_down(database: Database) -> None:
    """Once the last answer is heard, its rows follow within the same breath."""
    open_rows = (
        select(Inbox.id)
        .where(Inbox.state == "new")
        .union_all(select(Outbox.id).where(Outbox.state != "sent"))
    )
    async with asyncio.timeout(20):
        while True:
            async with database.reading() as unit:
                if not (await unit.connection.execute(open_rows)).first():
                    return
