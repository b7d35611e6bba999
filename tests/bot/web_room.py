"""A web chat with a small desk of its own: four questions, a card, and words said unasked."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from bot.web.door import Receive
from bot.web.faults import install
from bot.web.pace import Allowance, Pace
from bot.web.push import News
from bot.web.receive import chat_router
from handlers.chat import Answer, Choice, Reply, Turn
from handlers.office import Office
from storage.conversations import Talk
from storage.database import Database
from storage.files import FileStore
from storage.tables import Line
from storage.unit import Unit
from storage.vault import Vault
from storage.wording import LateFinder
from tests.clock import Clock

SECRET = "no secret: this one is for the tests only"
BOUNDLESS = Allowance(1_000_000, 1_000_000)
PATIENT = Pace(dict.fromkeys(("turn", "files", "read"), (BOUNDLESS, BOUNDLESS)))
HERE = "http://127.0.0.1"

GREETING = Reply(
    "您好，我是惠工。\n\n拿到技能证书或者学历，工会可能有补助给您。您想做什么？",
    (
        Choice("看看我能领什么", "primary"),
        Choice("查我的申请到哪一步了"),
        Choice("看公示", url="/notices"),
        Choice("退出", "danger"),
    ),
)
INTERVIEW = (
    Reply(
        "您拿到的是哪一级证书？",
        (Choice("高级技师（一级）"), Choice("技师（二级）"), Choice("都不是")),
        progress=(1, 4),
    ),
    Reply("证书上的发证日期是哪一天？", expects="date", progress=(2, 4)),
    Reply(
        "请输入身份证号码。只用来核对您的会员信息。", expects="number", progress=(3, 4), secret=True
    ),
    Reply("请把证书拍照发给我，拍清楚四个角。", expects="photo", progress=(1, 2)),
    Reply("都齐了。技师（二级）补助 1,000元。\n依据：第七条", (Choice("提交", "primary"),)),
)


@dataclass
class Desk:
    """What the lead's desk promises to a door, and nothing more."""

    office: Office
    turns: list[Turn] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)  # of the files, read while they were there
    paused: asyncio.Event = field(default_factory=asyncio.Event)
    broken: Exception | None = None

    def __post_init__(self) -> None:
        self.paused.set()

    async def receive(self, office: Office, turn: Turn) -> Answer:
        await self.paused.wait()
        if self.broken:
            raise self.broken
        self.sizes += [file.path.stat().st_size for file in turn.files]
        async with office.unit() as unit:
            talk = await unit.conversations.of("web", turn.address, turn.language)
            if turn.id in talk.state.get("turns", []):
                return Answer(Reply.from_json(talk.reply), talk.id)
            self.turns.append(turn)
            return await self._answer(unit, talk, turn)

    async def _answer(self, unit: Unit, talk: Talk, turn: Turn) -> Answer:
        heard, at = self._heard(talk, turn), talk.state.get("at", -1)
        if turn.command == "language" and turn.argument:
            talk.language = turn.argument
        at = -1 if turn.command in ("start", "menu") else at + (not turn.command)
        reply = INTERVIEW[min(at, len(INTERVIEW) - 1)] if at >= 0 else GREETING
        talk.step += 1
        talk.state = {"at": at, "turns": [*talk.state.get("turns", []), turn.id]}
        talk.reply = replace(reply, step=talk.step).as_json()
        await unit.conversations.write(talk)
        if heard:
            await say(unit, talk.id, {"text": heard}, mine=True)
        line = await say(unit, talk.id, talk.reply)
        return Answer(Reply.from_json(talk.reply), talk.id, line=line, heard=heard)

    def _heard(self, talk: Talk, turn: Turn) -> str:
        if turn.files:
            return f"（{len(turn.files)}张照片）"
        if turn.tap:
            choices = talk.reply.get("choices", [])
            return str(choices[turn.tap.choice]["label"]) if turn.tap.choice < len(choices) else ""
        secret = talk.reply.get("secret")
        return f"{turn.text[:3]}****{turn.text[-4:]}" if secret else turn.text


async def say(unit: Unit, conversation: int, body: dict[str, Any], mine: bool = False) -> int:
    line = Line(conversation_id=conversation, mine=mine, body=body, at=unit.now)
    unit.session.add(line)
    await unit.session.flush()
    return line.id


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


@dataclass
class Room:
    """The app, its desk, and who waits for news."""

    app: FastAPI
    desk: Desk
    news: News
    office: Office

    def client(self, **headers: str) -> httpx.AsyncClient:
        """A browser of its own, on a page of ours."""
        given = {"origin": HERE, "accept-language": "zh-CN", **headers}
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url=HERE, headers=given)

    @asynccontextmanager
    async def visitor(self, **headers: str) -> AsyncIterator[httpx.AsyncClient]:
        """A browser that has been given its address."""
        async with self.client(**headers) as client:
            await client.get("/")
            yield client


def a_room(
    office: Office, pace: Pace = PATIENT, look: float = 0.05, receive: Receive | None = None
) -> Room:
    """With the small desk, unless another is to `receive`."""
    desk, news, app = Desk(office), News(office.reading, look), FastAPI()
    app.include_router(
        chat_router(office, secret=SECRET, receive=receive or desk.receive, news=news, pace=pace)
    )
    install(app, office.speak)
    return Room(app, desk, news, office)


@asynccontextmanager
async def served(room: Room) -> AsyncIterator[str]:
    """The room behind a real server on a free port; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        free.listen(64)
        server = uvicorn.Server(uvicorn.Config(room.app, log_level="warning", lifespan="off"))
        task = asyncio.create_task(server.serve([free]))
        try:
            yield f"http://127.0.0.1:{free.getsockname()[1]}"
        finally:
            await room.news.close()
            server.should_exit = True
            await task


@pytest.fixture(name="room")
async def web_room(database: Database, vault: Vault, tmp_path: Path) -> AsyncIterator[Room]:
    """A web chat on each database; nobody is too fast for it."""
    room = a_room(an_office(database, vault, tmp_path / "files"))
    yield room
    await room.news.close()


@pytest.fixture(name="small_room")
async def web_room_on_sqlite(
    sqlite_url: str, clock: Clock, vault: Vault, tmp_path: Path
) -> AsyncIterator[Room]:
    archive = Database(sqlite_url, clock=clock.now, vault=vault)
    room = a_room(an_office(archive, vault, tmp_path / "files"))
    yield room
    await room.news.close()
    await archive.close()
