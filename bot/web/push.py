"""Bubbles that appear by themselves: one stream of server-sent events for each open page.

A stream sleeps until it is told that its conversation has something new. Bubbles written by
this process are told at once; those of other processes are found by one look at the table
every few seconds, for all streams together.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from datetime import timedelta

import orjson
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event
from sqlalchemy.exc import SQLAlchemyError

from bot.web import lines
from storage.unit import Unit

logger = logging.getLogger(__name__)

Reading = Callable[[], AbstractAsyncContextManager[Unit]]
HEARTBEAT = 15.0  # seconds; proxies close what is silent for a minute
LOOK = 3.0  # seconds between two looks at the table
LOOKS_BACK = 5  # an id is given before the commit: a smaller one may appear after a larger one
LOOK_BACK = timedelta(minutes=1)  # how far a stream looks back, for the same reason
LIFE = 600.0  # seconds; then the browser comes back and its cookie is read again
RETRY = 3000  # milliseconds after which it does


class News:
    """Who waits for bubbles of which conversation."""

    def __init__(self, reading: Reading, look: float = LOOK) -> None:
        self._reading, self._look = reading, look
        self._waiting: dict[int, set[asyncio.Event]] = {}
        self._watch: asyncio.Task[None] | None = None
        self._pause = asyncio.Event()  # set to cut the pause between two looks short
        self.closed = False

    def tell(self, conversation_id: int) -> None:
        """Something was written there: wake its streams."""
        for event in self._waiting.get(conversation_id, ()):
            event.set()

    async def close(self) -> None:
        """End all streams: a server that shuts down would wait for them for ever."""
        self.closed = True
        for conversation_id in self._waiting:
            self.tell(conversation_id)
        self._pause.set()
        if self._watch is not None:  # it must not hold a connection when the archive is closed
            await self._watch

    @contextmanager
    def waiting(self, conversation_id: int) -> Iterator[asyncio.Event]:
        """An event that is set when there is something new, at first because all is new."""
        event = asyncio.Event()
        event.set()
        self._waiting.setdefault(conversation_id, set()).add(event)
        if self._watch is None or self._watch.done():
            self._watch = asyncio.create_task(self._watching())
        try:
            yield event
        finally:
            self._leave(conversation_id, event)

    def _leave(self, conversation_id: int, event: asyncio.Event) -> None:
        self._waiting[conversation_id].remove(event)
        if not self._waiting[conversation_id]:
            del self._waiting[conversation_id]

    async def _watching(self) -> None:
        """Tells what other processes have written, as long as somebody waits."""
        marks: deque[int] = deque(maxlen=LOOKS_BACK)
        told: dict[int, int] = {}
        while self._waiting and not self.closed:
            try:
                async with self._reading() as unit:
                    marks.append(await lines.newest(unit))
                    fresh = await lines.written_since(unit, marks[0])
            except (SQLAlchemyError, OSError) as error:
                logger.warning("could not look for new bubbles: %s", type(error).__name__)
            else:
                news = {fresh[line] for line in fresh.keys() - told.keys()}
                # Before the first look something may have come that no look will find new.
                for conversation_id in list(self._waiting) if len(marks) == 1 else news:
                    self.tell(conversation_id)
                told = fresh
            await _set_within(self._pause, self._look)


async def stream(
    news: News, reading: Reading, address: str, after: int
) -> AsyncGenerator[bytes, None]:
    """Events `log` with what is new after the bubble `after`, and heartbeats between them."""
    yield format_sse_event(retry=RETRY)
    async with reading() as unit:
        talk = await unit.conversations.find("web", address)
    told = Told(after)
    ends = time.monotonic() + LIFE
    with news.waiting(talk.id if talk else 0) as event:
        while time.monotonic() < ends:
            if not await _set_within(event, HEARTBEAT):
                yield KEEPALIVE_COMMENT
                continue
            event.clear()
            if news.closed:
                return
            async with reading() as unit:
                log = await lines.log(unit, address, told.after, unit.now - LOOK_BACK)
            if (body := told.news(log)) is not None:
                data = orjson.dumps(body).decode()
                yield format_sse_event(event="log", data_str=data, id=str(told.after))


class Told:
    """What a stream has sent, so that looking back repeats nothing."""

    def __init__(self, after: int) -> None:
        self.after = after
        self._sent: deque[int] = deque(maxlen=lines.MOST * 2)
        self._state: tuple[object, ...] | None = None

    def news(self, log: lines.Log) -> dict[str, object] | None:
        """What to send: at first in any case, later only if something has changed."""
        if log.afresh:
            self._sent.clear()
            self.after = 0
        fresh = [line for line in log.lines if line["id"] not in self._sent]
        state = (log.talk, log.step, log.language)
        if not fresh and state == self._state:
            return None
        self._state = state
        self._sent.extend(line["id"] for line in fresh)
        self.after = max([self.after, *self._sent])
        return {**log.as_json(), "lines": fresh}


async def _set_within(event: asyncio.Event, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            return await event.wait()
    except TimeoutError:
        return False
