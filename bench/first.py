"""From the start of the program to the first answers in the web chat, on an empty database."""

import asyncio
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from aiohttp import ClientSession, CookieJar

from bench.processes import Running, free_port, running

QUESTION = "我考了技师证能领多少"
IDLE = 0.1  # seconds of processor within a second


@dataclass(frozen=True)
class Answered:
    """Seconds since the start: greeted, and told what was asked in plain words.

    `processor` are those the program had worked when it greeted: they hardly grow with what
    else the machine has to do.
    """

    greeted: float
    processor: float
    understood: float


async def measure(url: str) -> Answered:
    """Nothing is kept from before, and there is nobody else."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        settings = {
            "HUIGONG_DATABASE_URL": url,
            "HUIGONG_FILES": str(Path(folder) / "files"),
            "HUIGONG_SECRET_KEY": "only for measuring, and for nothing else",
            "HUIGONG_DEMO": "true",
            "HUIGONG_PORT": str(port),
            "HUIGONG_LOG_LEVEL": "ERROR",
        }
        began = time.perf_counter()
        async with running("bot", "run", port=port, settings=settings) as process:
            return await _talk(process, began)


async def _talk(process: Running, began: float) -> Answered:
    door = f"http://127.0.0.1:{process.port}"
    async with ClientSession(door, cookie_jar=CookieJar(unsafe=True)) as session:
        await _read(session, "GET", "/")
        await _read(session, "POST", "/chat/turn", {"id": "1", "command": "start"})
        greeted, processor = time.perf_counter() - began, process.processor()
        await _read(session, "POST", "/chat/turn", {"id": "2", "text": QUESTION})
        return Answered(greeted, processor, time.perf_counter() - began)


async def settled(process: Running) -> None:
    """Returns when everything the program makes after its doors are open has been made.

    The answer in plain words needs the index; what follows it shows only in the processor.
    """
    async with ClientSession(
        f"http://127.0.0.1:{process.port}", cookie_jar=CookieJar(unsafe=True)
    ) as session:
        await _read(session, "GET", "/")
        await _read(session, "POST", "/chat/turn", {"id": "1", "text": QUESTION})
    worked = -1.0
    while process.processor() - worked > IDLE:
        worked = process.processor()
        await asyncio.sleep(1.0)


async def _read(
    session: ClientSession, method: str, path: str, body: dict[str, str] | None = None
) -> None:
    here = {"Sec-Fetch-Site": "same-origin"}
    async with session.request(method, path, json=body, headers=here) as answer:
        answer.raise_for_status()
        await answer.read()
