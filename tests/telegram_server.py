"""A strict stand-in of Telegram on 127.0.0.1, for tests and for measuring.

    async with TelegramServer() as telegram:
        phone = telegram.phone()
        await phone.say("/start")
        assert "您好" in phone.heard[-1]

It refuses what Telegram refuses, in Telegram's words. By itself: `python -m tests.telegram_server`.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web

from tests.telegram_api import METHODS, Refusal, read
from tests.telegram_courier import Courier, Parcel
from tests.telegram_flood import Flood
from tests.telegram_phone import PATIENCE, Phone
from tests.telegram_world import Chat, Stored, World

TOKEN = "7000000001:AAtest-token-of-the-stand-in-000000"
START = 1_773_108_000.0  # the hour at which tests.clock starts


@dataclass(frozen=True)
class Call:
    """What the bot asked for, and how it was answered."""

    method: str
    values: dict[str, Any]
    status: int
    description: str = ""


@dataclass
class Fault:
    """The next `times` calls of `method` (or `*`) go wrong."""

    method: str
    status: int
    description: str = "Internal Server Error"
    retry_after: int = 0
    times: int = 1
    after: bool = False  # the call is done, and only its answer is lost


@dataclass
class Hanging:
    """Calls come in and are not answered until `go_on` is set."""

    reached: asyncio.Event = field(default_factory=asyncio.Event)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)


class TelegramServer:
    """`move` passes time on Telegram's side; nothing here waits for real time to pass."""

    def __init__(self, *, token: str = TOKEN, port: int = 0, flood: bool = False) -> None:
        self.token, self.port = token, port
        self.moved = START
        self.now: Callable[[], float] = lambda: self.moved
        self.world = World(lambda: self.now(), Flood(lambda: self.now()) if flood else None)
        self.courier = Courier(self.world, self.perform)
        self.calls: list[Call] = []
        self.faults: list[Fault] = []
        self.settle: Callable[[], Awaitable[object]] | None = None  # e.g. lanes.idle
        self.latency = 0.0  # seconds of real time for every call, when measuring
        self.people = 0
        self.hanging: Hanging | None = None
        self.spoken = asyncio.Condition()

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=60 << 20)
        app.router.add_route("*", "/bot{token}/{method}", self._called)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        # a long poll must not outlive the bot that asked for it
        self.runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=0.2
        )
        await self.runner.setup()
        site = web.TCPSite(self.runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self.runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.courier.stop()
        await self.runner.cleanup()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def refused(self) -> list[Call]:
        """Calls the bot should not have made."""
        return [call for call in self.calls if call.status >= 400]

    def move(self, seconds: float) -> None:
        self.moved += seconds

    def phone(self, user_id: int | None = None, language: str = "zh-hans") -> Phone:
        self.people += 1
        chat = Chat(user_id or 100_000 + self.people, name=f"工友{self.people}")
        self.world.chats.setdefault(chat.id, chat)
        return Phone(self, self.world.chats[chat.id], language)

    def group(self, chat_id: int = -5_001) -> Chat:
        return self.world.chats.setdefault(chat_id, Chat(chat_id, "supergroup", "工会群"))

    def store(self, content: bytes, size: int | None = None) -> str:
        """A file on Telegram's side; returns its id."""
        file_id = f"file-{self.world.next_id()}"
        declared = len(content) if size is None else size
        self.world.files[file_id] = Stored(content, f"documents/{file_id}.bin", declared)
        return file_id

    def fail(self, method: str, status: int, description: str = "", **more: Any) -> None:
        """Injects a fault; with `retry_after`, Telegram's flood control."""
        if retry_after := more.get("retry_after"):
            description = description or f"Too Many Requests: retry after {retry_after}"
        self.faults.append(Fault(method, status, description or "Internal Server Error", **more))

    def hang(self) -> Hanging:
        """From now on calls are not answered."""
        self.hanging = Hanging()
        return self.hanging

    async def push(self, body: dict[str, Any], queue: str = "hostile") -> Parcel:
        """Sends any update, however wrong, and waits until it was taken and worked off."""
        parcel = self.courier.push(body, queue)
        await self.settled(parcel)
        return parcel

    async def settled(self, parcel: Parcel | None = None) -> None:
        """Waits until updates were taken, and until the bot says that it is at rest."""
        async with asyncio.timeout(PATIENCE):
            if self.settle or self.world.webhook or self.courier.polls:
                await self.courier.delivered(parcel)
            if self.settle:
                await self.settle()

    def perform(self, method: str, given: dict[str, Any]) -> Any:
        """Does one call and writes it down. Raises Refusal."""
        try:
            result = self.world.call(method, given)
        except Refusal as no:
            self.calls.append(Call(method, given, no.code, no.description))
            raise
        self.calls.append(Call(method, given, 200))
        if method in ("setWebhook", "deleteWebhook"):
            self.courier.start()
        return result

    async def _called(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.token:
            return answer(Refusal(401, "Unauthorized"))
        method = canonical(request.match_info["method"])
        given = await parameters(request)
        await self._wait()
        fault = self._fault(method)
        try:
            if fault and not fault.after:
                raise Refusal(fault.status, fault.description, fault.retry_after)
            result = await self._answer(method, given)
        except Refusal as no:
            if fault:
                self.calls.append(Call(method, given, no.code, no.description))
            return answer(no)
        if fault:
            raise web.HTTPGatewayTimeout
        return web.json_response({"ok": True, "result": result})

    async def _wait(self) -> None:
        await asyncio.sleep(self.latency)
        if self.hanging:
            self.hanging.reached.set()
            await self.hanging.go_on.wait()

    async def _answer(self, method: str, given: dict[str, Any]) -> Any:
        if method != "getUpdates":
            result = self.perform(method, given)
            async with self.spoken:
                self.spoken.notify_all()
            return result
        return await self.courier.poll(read(method, given))

    def _fault(self, method: str) -> Fault | None:
        fault = next((each for each in self.faults if each.method in (method, "*")), None)
        if fault:
            fault.times -= 1
            if fault.times <= 0:
                self.faults.remove(fault)
        return fault

    async def _download(self, request: web.Request) -> web.StreamResponse:
        path = request.match_info["path"]
        stored = next((each for each in self.world.files.values() if each.path == path), None)
        if request.match_info["token"] != self.token or stored is None:
            return answer(Refusal(404, "Not Found"))
        if fault := self._fault("download"):
            return answer(Refusal(fault.status, fault.description))
        return web.Response(body=stored.content)


def canonical(method: str) -> str:
    """Telegram does not mind the case of a method's name."""
    return next((name for name in METHODS if name.lower() == method.lower()), method)


async def parameters(request: web.Request) -> dict[str, Any]:
    """From JSON, a form, or the address; files as bytes."""
    given: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        body: dict[str, Any] = await request.json()
        return given | body
    for name, value in (await request.post()).items():
        given[name] = value.file.read() if isinstance(value, web.FileField) else value
    return given


def answer(no: Refusal) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": no.code, "description": no.description}
    if no.retry_after:
        body["parameters"] = {"retry_after": no.retry_after}
    return web.json_response(body, status=no.code)


async def main(port: int = 8081) -> None:
    async with TelegramServer(port=port):
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
