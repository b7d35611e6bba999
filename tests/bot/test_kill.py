"""kill -9 at any moment: nothing that was said is lost, and nothing has its effect twice."""

import asyncio
import os
import random
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path

from storage.database import Database
from storage.vault import Vault
from tests.telegram_phone import Phone
from tests.telegram_server import TOKEN, TelegramServer

ROOT = Path(__file__).resolve().parents[2]
SECRET = "no secret: this one is for the tests only"
SAID = ("技能等级晋升补助", "技师", "3月5日", "是", "企业", "是", "是", "工会", "是", "不是")
MOMENT = 0.15  # seconds within which the process is killed after it was given something
PATIENCE = 60


class Process:
    """`huigong run` as an office starts it, polling the stand-in."""

    def __init__(self, telegram: TelegramServer, database_url: str, folder: Path) -> None:
        self.environment = {
            **{name: value for name, value in os.environ.items() if "HUIGONG" not in name},
            "HUIGONG_DATABASE_URL": database_url,
            "HUIGONG_FILES": str(folder / "files"),
            "HUIGONG_SECRET_KEY": SECRET,
            "HUIGONG_DEMO": "true",
            "HUIGONG_PORT": str(a_free_port()),
            "HUIGONG_TELEGRAM_TOKEN": TOKEN,
            "HUIGONG_TELEGRAM_API": telegram.url,
        }

    async def start(self) -> None:
        self.running = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "run",
            cwd=ROOT,
            env=self.environment,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )

    async def kill(self) -> None:
        with suppress(ProcessLookupError):
            self.running.send_signal(signal.SIGKILL)
        await self.running.wait()


def a_free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


async def until_answered(telegram: TelegramServer, phone: Phone, before: str) -> str:
    """The next thing the bot says that it has not said before; no two questions are alike."""
    async with asyncio.timeout(PATIENCE), telegram.spoken:
        await telegram.spoken.wait_for(lambda: phone.heard and phone.heard[-1] != before)
    return phone.heard[-1]


async def test_an_interview_survives_being_killed_again_and_again(
    database_url: str, tmp_path: Path, vault: Vault
) -> None:
    chance = random.Random(1)
    async with TelegramServer() as telegram:
        process, phone = Process(telegram, database_url, tmp_path), telegram.phone()
        await process.start()
        try:
            await phone.say("/start")
            heard = await until_answered(telegram, phone, "")
            for number, said in enumerate(SAID):
                typed = said == "3月5日"
                sending = asyncio.create_task(phone.say(said) if typed else phone.tap(said))
                if number in (1, 4, 8):
                    await asyncio.sleep(chance.random() * MOMENT)  # the moment of the blow
                    await process.kill()
                    await process.start()
                await asyncio.wait_for(sending, PATIENCE)
                heard = await until_answered(telegram, phone, heard)
            assert "现在申请" in phone.buttons
        finally:
            await process.kill()
    archive = Database(database_url, vault=vault)
    async with archive.reading() as unit:
        talk = await unit.conversations.find("telegram", str(phone.id))
    await archive.close()
    assert talk is not None
    assert talk.step == 1 + len(SAID), "each thing said has had its effect once"
    assert len(talk.facts) == len(SAID) - 1
