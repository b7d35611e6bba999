"""The whole door with the real desk behind it, as `bot.app` opens it."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI

from bot.app import House, open_house, working
from bot.settings import Settings
from bot.telegram.commands import SHOWN
from locales import speaker
from tests.clock import Clock
from tests.telegram_server import TOKEN, TelegramServer

GREETING = "惠工"


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server


def settings(telegram: TelegramServer, database_url: str, folder: Path, **more: str) -> Settings:
    given = Settings(
        database_url=database_url,
        telegram_token=TOKEN,
        telegram_api=telegram.url,
        telegram_secret="s3cret",
        secret_key="x" * 40,
        files=folder,
        demo=False,
    )
    return given.model_copy(update=more)  # the settings themselves insist on https


@asynccontextmanager
async def house(settings: Settings, telegram: TelegramServer, clock: Clock) -> AsyncIterator[House]:
    async with open_house(settings, clock.now) as opened:
        assert opened.telegram is not None
        telegram.settle = opened.telegram.lanes.idle
        async with working(opened.telegram.jobs):
            yield opened
        telegram.settle = None


@asynccontextmanager
async def port() -> AsyncIterator[socket.socket]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        free.listen(16)
        yield free


async def introduced(telegram: TelegramServer) -> None:
    async with asyncio.timeout(20), telegram.spoken:
        await telegram.spoken.wait_for(lambda: ("description", "en") in telegram.world.words)


async def test_a_worker_is_greeted_over_long_polling(
    telegram: TelegramServer, database_url: str, tmp_path: Path, clock: Clock
) -> None:
    async with house(settings(telegram, database_url, tmp_path), telegram, clock) as opened:
        assert opened.telegram
        assert opened.telegram.router is None
        phone = telegram.phone()
        await phone.say("/start")
        assert GREETING in phone.heard[-1]
        assert len(phone.buttons) >= 2
        await introduced(telegram)
    assert telegram.refused == []
    names = [row["command"] for row in telegram.world.commands["zh"]]
    assert names == list(SHOWN)
    assert telegram.world.words["description", ""] == speaker("zh_CN")("door.description")


async def test_a_worker_is_greeted_over_the_webhook_and_redis_holds_the_lanes(
    telegram: TelegramServer,
    sqlite_url: str,
    redis_url: str,
    tmp_path: Path,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with port() as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
        more = {"telegram_webhook_url": url, "redis_url": redis_url}
        ours = settings(telegram, sqlite_url, tmp_path, **more)
        async with open_house(ours, clock.now) as opened:
            assert opened.telegram
            assert opened.telegram.router
            app = FastAPI()
            app.include_router(opened.telegram.router)
            config = uvicorn.Config(app, log_level="warning", lifespan="off", ws="none")
            server = uvicorn.Server(config)
            serving = asyncio.create_task(server.serve([free]))
            telegram.settle = opened.telegram.lanes.idle
            async with working(opened.telegram.jobs):
                await introduced(telegram)
                async with asyncio.timeout(20), telegram.spoken:
                    await telegram.spoken.wait_for(lambda: bool(telegram.world.webhook))
                phone = telegram.phone()
                await phone.say("/start")
                await phone.press("not ours")
            server.should_exit = True
            await telegram.courier.stop()
            await serving
    assert GREETING in phone.heard[0]
    assert len(phone.heard) == 2
    assert telegram.refused == []
    warned = [record for record in caplog.records if record.levelno > logging.INFO]
    assert [each for each in warned if each.name != "bot.telegram.halts"] == []  # Redis was slow


async def test_the_door_opens_while_telegram_is_away(
    telegram: TelegramServer, sqlite_url: str, tmp_path: Path, clock: Clock
) -> None:
    ours = settings(telegram, sqlite_url, tmp_path)
    await telegram.runner.cleanup()
    async with open_house(ours, clock.now) as opened:
        assert opened.telegram
        stop = asyncio.Event()
        jobs = [asyncio.create_task(job(stop)) for job in opened.telegram.jobs]
        await asyncio.sleep(0)
        stop.set()
        await asyncio.wait_for(asyncio.gather(*jobs), 10)
