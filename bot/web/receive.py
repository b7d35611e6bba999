"""The web chat: what a page sends becomes a turn for the desk, and the log is the answer.

The desk writes the person's words and its reply down as bubbles in the turn's transaction; the
page is given what is new since the last bubble it has.
"""

import asyncio
import re
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from admin import uploads
from bot.web import lines, pages, papers, push, said
from bot.web.cookies import Addresses
from bot.web.door import Door, Receive, host_of, number
from bot.web.faults import HEADERS, Fault, kind_route, language_of
from bot.web.pace import Pace
from bot.web.push import News
from handlers import desk
from handlers.chat import File, Turn
from handlers.office import Office

STREAM_HEADERS = {**HEADERS, "X-Accel-Buffering": "no"}  # nginx would hold the events back


def chat_router(
    office: Office,
    *,
    secret: str,
    receive: Receive = desk.receive,
    news: News | None = None,
    pace: Pace | None = None,
) -> APIRouter:
    """All routes of the web chat.

    `secret` is the one of the settings; the key of the cookies is derived from it. `news.tell`
    wakes open pages, `news.close` ends their streams before the server stops.
    """
    door = Door(office, receive, Addresses(secret), news or News(office.reading), pace or Pace())
    return Routes(door).router()


class Routes:
    """One method for each thing a page can ask."""

    def __init__(self, door: Door) -> None:
        self.door = door
        self.uploads = asyncio.Semaphore(uploads.AT_ONCE)

    def router(self) -> APIRouter:
        router = APIRouter(route_class=kind_route(self.door.office.speak), include_in_schema=False)
        router.add_api_route("/", self.page, methods=["GET"])
        router.add_api_route("/chat/static/{version}/{name}", pages.static, methods=["GET"])
        router.add_api_route("/chat/turn", self.turn, methods=["POST"])
        router.add_api_route("/chat/files", self.files, methods=["POST"])
        router.add_api_route("/chat/lines", self.lines, methods=["GET"])
        router.add_api_route("/chat/events", self.events, methods=["GET"])
        router.add_api_route("/chat/papers/{paper}", self.paper, methods=["GET"])
        return router

    async def page(self, request: Request) -> Response:
        """The page itself; whoever comes for the first time is given an address."""
        door = self.door
        address = door.addresses.read(request)
        door.slow_down(request, "read", address or "")
        language = ""
        if address:
            async with door.office.reading() as unit:
                talk = await unit.conversations.find("web", address)
                language = talk.language if talk else ""
        speak = door.office.speak(language or language_of(request))
        page = pages.render(request, "chat.html", speak, words=pages.words(speak))
        door.addresses.give(request, page, address or door.addresses.new())
        return page

    async def turn(self, request: Request) -> Response:
        address = self.door.write(request, "turn")
        spoken = await said.read(request)
        return await self._hand_over(spoken.turn(address, language_of(request)), spoken.after)

    async def files(self, request: Request, id: str = "", after: str = "0") -> Response:  # noqa: A002
        """Several files are the pages of one paper, and one turn."""
        address = self.door.write(request, "files")
        if not re.fullmatch(said.NAME, id):
            raise Fault(422, "web.error.form")
        last = number(after)
        if self.uploads.locked():
            raise Fault(503, "web.error.busy", retry_after=5)
        async with self.uploads, _received(request) as upload:
            arrived = tuple(File(path, path.stat().st_size, album=id) for path in upload.paths)
            turn = Turn(
                channel="web",
                address=address,
                id=id,
                files=() if upload.trouble else arrived,
                trouble=upload.trouble,
                language=language_of(request),
            )
            return await self._hand_over(turn, last)

    async def _hand_over(self, turn: Turn, after: int) -> Response:
        answer = await self.door.receive(self.door.office, turn)
        self.door.news.tell(answer.conversation)
        return await self._log(turn.address, after)

    async def lines(self, request: Request, after: str = "0") -> Response:
        return await self._log(self.door.read(request), number(after))

    async def _log(self, address: str, after: int) -> Response:
        async with self.door.office.reading() as unit:
            log = await lines.log(unit, address, after)
        return JSONResponse(log.as_json(), headers=HEADERS)

    async def events(self, request: Request, after: str = "0") -> Response:
        """`after` is for the first time; a browser that comes back says what it had last."""
        address = self.door.read(request)
        last = number(request.headers.get("last-event-id") or after)
        if self.door.pace.crowded(address, host_of(request)):
            raise Fault(429, "web.error.pace", retry_after=60)
        stream = self._counted(address, host_of(request), last)
        return StreamingResponse(stream, headers=STREAM_HEADERS, media_type="text/event-stream")

    async def _counted(self, address: str, host: str, after: int) -> AsyncGenerator[bytes, None]:
        door = self.door
        stream = push.stream(door.news, door.office.reading, address, after)
        with door.pace.streaming(address, host):
            async with aclosing(stream):
                async for event in stream:
                    yield event

    async def paper(self, request: Request, paper: str) -> Response:
        """A small picture of a paper of one's own."""
        address = self.door.read(request)
        picture = await papers.thumbnail(self.door.office, address, number(paper))
        return Response(picture, media_type="image/jpeg", headers=HEADERS)


@asynccontextmanager
async def _received(request: Request) -> AsyncIterator[uploads.Upload]:
    """Raises Fault for what is no form with files, or too much."""
    try:
        async with uploads.received(request) as upload:
            if not upload.paths:
                raise uploads.NotTaken(422, "form")
            yield upload
    except uploads.NotTaken as no:
        raise Fault(no.status, f"web.error.{no.why}") from None
