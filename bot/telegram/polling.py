"""Telegram's other way in: we ask for updates, and confirm them once they lie in the inbox.

aiogram makes the call; its types read an update only later, in its lane, so that one update it
does not understand cannot hold back all the others.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from bot.lanes import Lanes
from bot.telegram.receive import CHANNEL, KINDS, Unparsable, lane_of, query_of, read
from bot.telegram.sender import Sender
from bot.telegram.types import (
    AiohttpSession,
    Bot,
    TelegramAPIServer,
    TelegramConflictError,
    TelegramMethod,
    TelegramRetryAfter,
)
from bot.telegram.webhook import unregister
from bot.traces import trace
from storage.inbox import InboxBook

log = logging.getLogger(__name__)

LONG_POLL = 30  # seconds Telegram may wait for something to tell
MOST = 100  # updates in one answer
SHORTEST, LONGEST = 1.0, 60.0  # seconds between two tries


class RawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates, with the updates as they came."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int | None = None
    timeout: int | None = None
    allowed_updates: list[str] | None = None


class Polling:
    """`pause` waits after a failure; it is given the seconds and when to give up."""

    def __init__(
        self,
        bot: Bot,
        inbox: InboxBook,
        lanes: Lanes,
        sender: Sender,
        pause: Callable[[float, asyncio.Event], Awaitable[None]] | None = None,
    ) -> None:
        self._bot, self._inbox, self._lanes, self._sender = bot, inbox, lanes, sender
        self._pause = pause or wait
        self._offset: int | None = None
        self._failed = 0
        self._answers: set[asyncio.Task[None]] = set()

    async def run(self, stop: asyncio.Event) -> None:
        """Asks until `stop` is set; a poll under way is given up then."""
        stopped = asyncio.create_task(stop.wait())
        try:
            while not stop.is_set():
                polled = asyncio.create_task(self._round(stop))
                await asyncio.wait({polled, stopped}, return_when=asyncio.FIRST_COMPLETED)
                if not polled.done():
                    polled.cancel()
                with suppress(asyncio.CancelledError):
                    await polled
        finally:
            stopped.cancel()
            await asyncio.gather(*self._answers)

    async def _round(self, stop: asyncio.Event) -> None:
        try:
            await self.poll_once()
        except Exception as error:  # the network, Telegram or the archive: all come back
            log.warning("no updates: %s", trace(error))
            if isinstance(error, TelegramConflictError):  # a webhook, or another process
                await unregister(self._sender)
            await self._pause(self._next_try(error), stop)
        else:
            self._failed = 0

    async def poll_once(self) -> int:
        """How many updates came. The next call confirms them; by then they are stored."""
        method = RawUpdates(
            offset=self._offset, limit=MOST, timeout=LONG_POLL, allowed_updates=list(KINDS)
        )
        updates = await self._bot(method, request_timeout=LONG_POLL + 15)
        for update in updates:
            await self._store(update)
        return len(updates)

    async def _store(self, update: dict[str, Any]) -> None:
        raw = json.dumps(update, ensure_ascii=False).encode(errors="replace")
        try:
            read(raw)
        except Unparsable:
            log.error("Telegram sent an update without a number")
            return
        lane = lane_of(update)
        await self._inbox.store(CHANNEL, str(update["update_id"]), lane, raw)
        self._offset = update["update_id"] + 1
        self._lanes.wake(lane)
        if query := query_of(update):
            task = asyncio.create_task(self._sender.answer_tap(query))
            self._answers.add(task)
            task.add_done_callback(self._answers.discard)

    def _next_try(self, error: Exception) -> float:
        """Seconds: what Telegram says, or twice as long each time."""
        self._failed += 1
        if isinstance(error, TelegramRetryAfter):
            return float(error.retry_after)
        return min(LONGEST, SHORTEST * 2.0 ** (self._failed - 1))


async def wait(seconds: float, stop: asyncio.Event) -> None:
    """So long, or until `stop` is set."""
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)


def polling_bot(token: str, api: str) -> Bot:
    """aiogram's bot at this Bot API server; close its `session` at the end."""
    return Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(api)))
