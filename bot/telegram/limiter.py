"""How fast the bot may speak: Telegram's limits, kept before Telegram has to enforce them.

About 30 messages a second in all, one a second to a person (a short burst is fine), 20 a minute
to a group; after a 429, silence for everybody until the time it names. Conversations go before
notifications, and these before bulk, at every single message.
"""

import asyncio
import math
import os
import time
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any, Protocol

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

BULK = 2  # the priority from which on a message is bulk
SECOND = 1.05  # seconds; a little longer, for messages that overtake one another on the way
BURST = 3  # messages to one person at once
PATIENCE = 6.0  # seconds a message waits here; after that it belongs back into the outbox
KEPT = 10_000  # chats remembered before the idle ones are forgotten

# Without this, python-telegram-bot warns of its own attribute each time Telegram says 429.
os.environ.setdefault("PTB_TIMEDELTA", "true")

Result = bool | dict[str, Any] | list[dict[str, Any]]
Timer = Callable[[float, Callable[[], None]], Any]


def seconds_of(flood: RetryAfter) -> float:
    """How long Telegram wants silence."""
    wait = flood.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else wait


class Window:
    """At most `most` in any `span` seconds."""

    def __init__(self, most: int, span: float) -> None:
        self.span = span
        self.times: deque[float] = deque(maxlen=most)

    def wait(self, now: float) -> float:
        full = len(self.times) == self.times.maxlen
        return max(0.0, self.times[0] + self.span - now) if full else 0.0

    def book(self, now: float) -> None:
        self.times.append(now)

    def idle(self, now: float) -> bool:
        return not self.times or self.times[-1] + self.span <= now


class Bucket:
    """One a second, and `BURST` at once after some silence."""

    def __init__(self) -> None:
        self.empty_at = -math.inf

    def wait(self, now: float) -> float:
        return max(0.0, self.empty_at - (BURST - 1) * SECOND - now)

    def book(self, now: float) -> None:
        self.empty_at = max(self.empty_at, now) + SECOND

    def idle(self, now: float) -> bool:
        return self.empty_at <= now


class Halts(Protocol):
    """Where the processes of one bot tell each other about a 429."""

    async def left(self) -> float: ...
    async def halt(self, seconds: float) -> None: ...


@dataclass(order=True)
class Ticket:
    """A message that waits for its turn."""

    priority: int
    number: int
    chat: int | str = field(compare=False)
    since: float = field(compare=False)
    called: "asyncio.Future[None]" = field(compare=False)


class Limiter(BaseRateLimiter[int]):
    """`rate_limit_args` of a call is its priority. Raises RetryAfter rather than wait for long."""

    def __init__(
        self,
        overall: int = 30,
        bulk: int = 25,
        *,
        halts: Halts | None = None,
        now: Callable[[], float] = time.monotonic,
        later: Timer | None = None,
    ) -> None:
        self._all, self._bulk = Window(overall, SECOND), Window(bulk, SECOND)
        self._chats: dict[int | str, Window | Bucket] = {}
        self._halts, self._now, self._later = halts, now, later
        self._silent_until = -math.inf
        self._waiting: list[Ticket] = []
        self._numbers = count()
        self._alarm: Any = None

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Whoever still waits is sent back to the outbox."""
        for ticket in self._waiting:
            self._refuse(ticket, 1.0)
        self._open()

    def silent_for(self) -> float:
        """Seconds until the bot may say anything again."""
        return max(0.0, self._silent_until - self._now())

    def halt(self, seconds: float) -> None:
        """Nothing is sent for so long; a halt that ends later stays as it is."""
        self._silent_until = max(self._silent_until, self._now() + seconds)
        self._open()

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Result:
        await self._admit(data.get("chat_id"), rate_limit_args or 0)
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as flood:
            seconds = seconds_of(flood)
            self.halt(seconds)
            if self._halts:
                await self._halts.halt(seconds)
            raise

    async def _admit(self, chat: int | str | None, priority: int) -> None:
        while True:
            if chat is None:  # not a message: only a halt concerns it
                if self.silent_for() > 0:
                    raise RetryAfter(math.ceil(self.silent_for()))
            else:
                await self._queue(chat, priority)
            elsewhere = await self._halts.left() if self._halts else 0.0
            if elsewhere <= 0:
                return
            self.halt(elsewhere)

    async def _queue(self, chat: int | str, priority: int) -> None:
        called = asyncio.get_running_loop().create_future()
        ticket = Ticket(priority, next(self._numbers), chat, self._now(), called)
        self._waiting.append(ticket)
        self._waiting.sort()
        self._open()
        try:
            await called
        finally:
            if ticket in self._waiting:  # the call was cancelled
                self._waiting.remove(ticket)

    def _open(self) -> None:
        """Lets through, in order, everybody who may go now, and sets the alarm for the rest."""
        now = self._now()
        rest: list[Ticket] = []
        soonest = PATIENCE
        for ticket in self._waiting:
            if ticket.called.done():
                continue
            wait = self._wait(ticket, now)
            if wait <= 0:
                self._call(ticket, now)
            elif now - ticket.since + wait > PATIENCE:
                self._refuse(ticket, wait)
            else:
                rest.append(ticket)
                soonest = min(soonest, wait)
        self._waiting = rest
        self._set_alarm(soonest)

    def _wait(self, ticket: Ticket, now: float) -> float:
        waits = [self._silent_until - now, self._all.wait(now), self._chat(ticket.chat).wait(now)]
        if ticket.priority >= BULK:
            waits.append(self._bulk.wait(now))
        return max(waits)

    def _call(self, ticket: Ticket, now: float) -> None:
        self._all.book(now)
        self._chat(ticket.chat).book(now)
        if ticket.priority >= BULK:
            self._bulk.book(now)
        ticket.called.set_result(None)

    def _refuse(self, ticket: Ticket, wait: float) -> None:
        if not ticket.called.done():
            ticket.called.set_exception(RetryAfter(max(1, math.ceil(wait))))

    def _chat(self, chat: int | str) -> Window | Bucket:
        if chat not in self._chats:
            if len(self._chats) >= KEPT:
                now = self._now()
                self._chats = {key: each for key, each in self._chats.items() if not each.idle(now)}
            group = isinstance(chat, str) or chat < 0
            self._chats[chat] = Window(20, 60 * SECOND) if group else Bucket()
        return self._chats[chat]

    def _set_alarm(self, seconds: float) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        if self._waiting:
            later = self._later or asyncio.get_running_loop().call_later
            self._alarm = later(seconds + 0.001, self._open)  # timers may come a little early
