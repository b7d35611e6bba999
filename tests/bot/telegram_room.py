"""A Telegram door behind a real webhook: a small desk behind it, the stand-in before it."""

import asyncio
import socket
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, cast

import pytest
import uvicorn
from fastapi import FastAPI

from bot.delivery import Postman
from bot.lanes import AT_ONCE, Lanes
from bot.telegram.files import Files
from bot.telegram.limiter import Limiter
from bot.telegram.receive import CHANNEL
from bot.telegram.sender import Sender
from bot.telegram.turns import Turns
from bot.telegram.webhook import PATH, register, webhook_router
from handlers.chat import Answer, Choice, Reply, Turn
from handlers.office import Office
from storage import locks
from storage.database import Database
from storage.files import FileStore
from storage.inbox import InboxBook
from storage.mailing import Mailing
from storage.post import Post
from storage.redis_lanes import RedisLanes
from storage.vault import Vault
from storage.wording import LateFinder
from tests.telegram_server import TOKEN, TelegramServer

SECRET = "secret-of-the-tests_1"


@dataclass
class Desk:
    """What the desk promises to a door, and nothing more: it says what it has heard.

    What it has heard stands in the conversation, so that nobody can hear twice unnoticed.
    """

    turns: list[Turn] = field(default_factory=list)  # with an effect, in order
    contents: list[bytes] = field(default_factory=list)  # of files, read while they were there
    attempts: Counter[str] = field(default_factory=Counter)
    failing: dict[str, int] = field(default_factory=dict)  # text -> times it still fails
    open: asyncio.Event = field(default_factory=asyncio.Event)
    at_once: int = 0
    most_at_once: int = 0
    crowded: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.open.set()

    async def receive(self, office: Office, turn: Turn) -> Answer:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        if self.at_once == AT_ONCE:
            self.crowded.set()
        try:
            await self.open.wait()
            return await self._answer(office, turn)
        finally:
            self.at_once -= 1

    async def _answer(self, office: Office, turn: Turn) -> Answer:
        self.attempts[turn.text] += 1
        if self.failing.get(turn.text, 0) > 0:
            self.failing[turn.text] -= 1
            raise KeyError("530102199001011234 must not be in a log")
        contents = [file.path.read_bytes() for file in turn.files]
        async with office.unit() as unit:
            talk = await unit.conversations.of(turn.channel, turn.address, turn.language)
            if talk.has_seen(turn.inbox):
                return Answer(Reply.from_json(talk.reply), talk.id)
            talk.saw(turn.inbox)
            talk.step += 1
            heard = in_words(turn, talk.step - 1)
            talk.state = {"heard": [*talk.state.get("heard", []), heard]}
            choices = (Choice("好"), Choice("不好"))
            expects = "phone" if turn.text == "电话" else ""
            reply = Reply(f"听到：{heard}", choices, talk.step, expects=expects)
            talk.reply = reply.as_json()
            await unit.conversations.write(talk)
            key = f"turn:{turn.channel}:{turn.inbox}"
            row = await unit.outbox.reply(turn.channel, turn.address, talk.reply, key)
        self.turns.append(turn)
        self.contents += contents
        return Answer(reply, talk.id, row)

    @property
    def texts(self) -> list[str]:
        return [turn.text for turn in self.turns]


def in_words(turn: Turn, step: int) -> str:
    if turn.tap:
        return f"按了{turn.tap.choice}" if turn.tap.step == step else "旧按钮"
    if turn.files:
        return f"{len(turn.files)}个文件"
    if turn.command:
        return f"命令{turn.command}{turn.argument}"
    return turn.text or turn.phone or f"收不了：{turn.trouble}"


@dataclass
class Room:
    """One process of the bot, as far as Telegram is concerned."""

    telegram: TelegramServer
    office: Office
    desk: Desk
    inbox: InboxBook
    post: Post
    mailing: Mailing
    sender: Sender
    postman: Postman
    lanes: Lanes
    app: FastAPI
    url: str = ""


def an_office(database: Database, vault: Vault, folder: Path) -> Office:
    """Only with what a door uses."""
    unused = cast(Any, None)
    return Office(
        schemes=unused,
        finder=LateFinder(lambda: unused),
        database=database,
        vault=vault,
        files=FileStore(folder, vault),
        admission=unused,
        calendar=unused,
        clock=database.clock,
        public_url="https://huigong.test",
    )


@asynccontextmanager
async def opened(
    telegram: TelegramServer,
    office: Office,
    desk: Desk | None = None,
    limiter: Limiter | None = None,
    holding: locks.Lanes | RedisLanes | None = None,
) -> AsyncIterator[Room]:
    """A process that has just started; what it left undone stays in the archive."""
    desk = desk or Desk()
    inbox = InboxBook(office.database, office.clock, office.vault)
    post = Post(office.database, office.clock)
    async with Sender(TOKEN, telegram.url, limiter or hurried()) as sender:
        mailing = Mailing(office.database, office.clock)
        postman = Postman(post, mailing, {CHANNEL: sender})
        turns = Turns(office, desk.receive, sender, Files(sender, at_once), postman)

        async def quiet(stirred: asyncio.Event, seconds: float) -> bool:
            """An album is complete when Telegram has brought all it has."""
            await telegram.courier.delivered()
            return stirred.is_set()

        lanes = Lanes(
            inbox, turns, holding or locks.Lanes(), now=office.now, wait=quiet, pause=at_once
        )
        app = FastAPI()
        app.include_router(webhook_router(inbox, lanes, secret=SECRET))
        yield Room(telegram, office, desk, inbox, post, mailing, sender, postman, lanes, app)
        await lanes.close()
        await inbox.close()
        await post.close()
        await mailing.close()


def hurried() -> Limiter:
    """A limiter that nobody has to wait for: an hour passes each time it looks at its clock."""
    hours = count(step=3600)
    return Limiter(now=lambda: next(hours))


async def at_once(_: float) -> None:
    """Nobody waits in the tests."""
    await asyncio.sleep(0)


@asynccontextmanager
async def served(room: Room) -> AsyncIterator[Room]:
    """The room behind a real server on a free port, known to Telegram."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        free.listen(128)
        config = uvicorn.Config(room.app, log_level="warning", lifespan="off", ws="none")
        server = uvicorn.Server(config)
        task = asyncio.create_task(server.serve([free]))
        room.url = f"http://127.0.0.1:{free.getsockname()[1]}"
        await register(room.sender, room.url, SECRET)
        room.telegram.settle = room.lanes.idle
        try:
            yield room
        finally:
            await room.telegram.courier.stop()
            server.should_exit = True
            await task


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server


@pytest.fixture
def office(database: Database, vault: Vault, tmp_path: Path) -> Office:
    return an_office(database, vault, tmp_path / "files")


@pytest.fixture
async def room(telegram: TelegramServer, office: Office) -> AsyncIterator[Room]:
    """A bot with a webhook, on each database."""
    async with opened(telegram, office) as here, served(here):
        yield here


__all__ = ["PATH", "SECRET", "Desk", "Room", "office", "opened", "room", "served", "telegram"]
