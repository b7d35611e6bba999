"""A lean Bot API server that answers every call and tells whoever waits for a chat's message.

For measuring only: it checks nothing. Both bots of a comparison talk to the same one.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

import orjson
from aiohttp import web

TOKEN = "42:bench"
NAME = {"id": 42, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
MULTIPART = re.compile(rb'name="(\w+)"\r\n\r\n(.*?)\r\n--', re.DOTALL)


@dataclass(frozen=True)
class Shown:
    """A message as it appears on the phone: `buttons` are (label, what they carry)."""

    id: int
    text: str
    buttons: tuple[tuple[str, str], ...] = ()


class BotApi:
    """`port` is known while it is open."""

    def __init__(self) -> None:
        self.port = 0
        self.said = 0
        self._listening: dict[int, asyncio.Future[Shown]] = {}

    def next_message(self, chat: int) -> "asyncio.Future[Shown]":
        """What the bot says next in this chat."""
        future: asyncio.Future[Shown] = asyncio.get_running_loop().create_future()
        self._listening[chat] = future
        return future

    @asynccontextmanager
    async def open(self) -> AsyncIterator["BotApi"]:
        app = web.Application()
        app.router.add_post("/bot{token}/{method}", self._answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.port = runner.addresses[0][1]
        try:
            yield self
        finally:
            await runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        method = request.match_info["method"].lower()
        if method in ("sendmessage", "editmessagetext"):
            return _result(self._say(_given(request.content_type, await request.read())))
        return _result(NAME if method == "getme" else True)

    def _say(self, given: dict[str, Any]) -> dict[str, Any]:
        self.said += 1
        chat = int(given["chat_id"])
        rows = given.get("reply_markup", {}).get("inline_keyboard", [])
        buttons = ((each["text"], each.get("callback_data", "")) for row in rows for each in row)
        shown = Shown(self.said, given["text"], tuple(buttons))
        future = self._listening.pop(chat, None)
        if future and not future.done():
            future.set_result(shown)
        return {
            "message_id": shown.id,
            "date": 1_780_000_000,
            "chat": {"id": chat, "type": "private", "first_name": "P"},
            "from": NAME,
            "text": shown.text,
        }


def _given(kind: str, body: bytes) -> dict[str, Any]:
    """The parameters, in JSON or in either kind of form, read as cheaply as it goes."""
    if kind.endswith("json"):
        given: dict[str, Any] = orjson.loads(body)
        return given
    if kind.startswith("multipart"):
        given = {name.decode(): value.decode() for name, value in MULTIPART.findall(body)}
    else:
        given = {name: values[0] for name, values in parse_qs(body.decode()).items()}
    if "reply_markup" in given:
        given["reply_markup"] = orjson.loads(given["reply_markup"])
    return given


def _result(result: Any) -> web.Response:
    return web.Response(
        body=orjson.dumps({"ok": True, "result": result}), content_type="application/json"
    )
