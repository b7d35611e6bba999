"""One lane for each person: updates are worked off in the order they came, one after the other.

Different people are served side by side. What is worked off is read from the inbox, not from
memory, so a process that dies leaves nothing behind that another would not find; and whoever
holds a lane (`storage.locks`) works off all of it, whichever process has taken it in.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING, Protocol

from bot.traces import trace
from storage import locks
from storage.inbox import MOST_TRIES, PAGE, InboxBook

if TYPE_CHECKING:
    from storage.redis_lanes import RedisLanes

log = logging.getLogger(__name__)

AT_ONCE = 64  # people
SWEEP = 10.0  # seconds between two looks for lanes that nobody works off
FAREWELL = 5.0  # seconds for the turns under way when the process has to stop
QUIET = 1.0  # seconds without a further part, after which an album is complete
LARGEST_ALBUM = 10  # parts
FRESH = timedelta(seconds=15)  # less than a dead process keeps its lock
PAUSES = (0.1, 0.5)  # seconds before the second and the third try of one update


class Hopeless(Exception):
    """An update nobody can handle: trying again will not help."""


@dataclass(frozen=True)
class Arrived:
    """An update, readable."""

    id: int
    raw: bytes
    at: datetime


Say = Callable[[], Awaitable[None]]


class Door(Protocol):
    """What a channel does with its updates."""

    def album(self, raw: bytes) -> str:
        """The album this update is a part of; empty if none."""

    async def handle(self, arrived: Sequence[Arrived]) -> Say | None:
        """One turn. Whatever must not happen twice is committed when this returns.

        What comes back is called after that: the answer. It raises nothing.
        """

    async def apologise(self, arrived: Arrived) -> None:
        """One calm sentence for an update that could not be handled. Raises nothing."""


Wait = Callable[[asyncio.Event, float], Awaitable[bool]]


async def within(event: asyncio.Event, seconds: float) -> bool:
    """Whether the event came within so many seconds."""
    with suppress(TimeoutError):
        return await asyncio.wait_for(event.wait(), seconds)
    return False


class Lanes:
    """`wait` tells whether something came within some seconds; tests decide that themselves."""

    def __init__(
        self,
        inbox: InboxBook,
        door: Door,
        holding: "locks.Lanes | RedisLanes",
        *,
        now: Callable[[], datetime],
        at_once: int = AT_ONCE,
        wait: Wait = within,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._inbox, self._door, self._holding = inbox, door, holding
        self._now, self._wait, self._pause = now, wait, pause
        self._started = now()
        self._places = asyncio.Semaphore(at_once)
        self._stirred: dict[str, asyncio.Event] = {}  # of each lane somebody works in
        self._tasks: set[asyncio.Task[None]] = set()
        self._rest = asyncio.Event()
        self._rest.set()

    def wake(self, lane: str) -> None:
        """Something new lies in the inbox for this lane."""
        if lane in self._stirred:
            self._stirred[lane].set()
            return
        stirred = self._stirred[lane] = asyncio.Event()
        self._rest.clear()
        task = asyncio.create_task(self._work_off(lane, stirred))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(lambda _: self._leave(lane, stirred))  # cancelled before it began

    async def idle(self) -> None:
        """Returns when nobody works in any lane."""
        await self._rest.wait()

    async def run(self, stop: asyncio.Event) -> None:
        """Picks up what was left behind, now and again; at the end, finishes what it began."""
        while not stop.is_set():
            await self.sweep()
            await within(stop, SWEEP)
        with suppress(TimeoutError):
            await asyncio.wait_for(self.idle(), FAREWELL)

    async def close(self) -> None:
        """Drops what is under way; the inbox still knows it."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def sweep(self) -> None:
        """Wakes every lane in which something is still to be done."""
        try:
            for lane in await self._inbox.lanes():
                self.wake(lane)
        except Exception as error:  # the archive is away; the next sweep finds the same lanes
            log.warning("the inbox could not be swept: %s", trace(error))

    async def _work_off(self, lane: str, stirred: asyncio.Event) -> None:
        stirred.set()
        try:
            while stirred.is_set():  # also by what came while the lane was being given back
                async with self._holding.hold(lane):
                    while stirred.is_set():
                        await self._work_through(lane, stirred)
        except Exception as error:  # the archive or the lock is away: the sweep comes back here
            log.warning("a lane was left: %s", trace(error))
        finally:
            self._leave(lane, stirred)

    def _leave(self, lane: str, stirred: asyncio.Event) -> None:
        if self._stirred.get(lane) is stirred:
            del self._stirred[lane]
        if not self._stirred:
            self._rest.set()

    async def _work_through(self, lane: str, stirred: asyncio.Event) -> None:
        """What lies in the lane now. Whatever comes later stirs it again, here or elsewhere."""
        waiting = await self._read(lane, stirred)
        while waiting:
            waiting, size = await self._next(lane, waiting, stirred)
            turn, waiting = waiting[:size], waiting[size:]
            async with self._places:
                await self._handle(turn)

    async def _read(self, lane: str, stirred: asyncio.Event) -> Sequence[Arrived]:
        stirred.clear()
        rows = await self._inbox.waiting(lane)
        if len(rows) == PAGE:
            stirred.set()  # there may be more
        return [Arrived(row.id, self._inbox.open(row), row.at) for row in rows]

    async def _next(
        self, lane: str, waiting: Sequence[Arrived], stirred: asyncio.Event
    ) -> tuple[Sequence[Arrived], int]:
        """How many of those who wait are one turn: one, or an album once all of it is here."""
        before, more = 0, True
        while True:
            size = self._album(waiting)
            if not size or not self._fresh(waiting[0]):
                return waiting, 1
            complete = size < len(waiting) or size == LARGEST_ALBUM
            if complete or (size == before and not more):
                return waiting, size
            before, more = size, await self._wait(stirred, QUIET)
            waiting = await self._read(lane, stirred)

    def _album(self, waiting: Sequence[Arrived]) -> int:
        """How many at the beginning are parts of one album; 0 if that is no album."""
        albums = [self._door.album(each.raw) for each in waiting[:LARGEST_ALBUM]]
        return len(list(takewhile(albums[0].__eq__, albums))) if albums[0] else 0

    def _fresh(self, arrived: Arrived) -> bool:
        """Whether no other process can have begun this update.

        A process that died may have answered the first parts of an album. Those are told from
        the rest one by one, never as a part of something larger.
        """
        return arrived.at >= max(self._started, self._now() - FRESH)

    async def _handle(self, turn: Sequence[Arrived]) -> None:
        for pause in (*PAUSES, 0.0):
            try:
                say = await self._door.handle(turn)
            except Exception as error:  # one update must not hold up the next
                log.error("inbox row %s failed: %s", turn[-1].id, trace(error))
                if await self._parked(turn, hopeless=isinstance(error, Hopeless)):
                    return
                await self._pause(pause)
            else:
                if say:
                    await say()
                await self._inbox.done([each.id for each in turn])
                return

    async def _parked(self, turn: Sequence[Arrived], hopeless: bool) -> bool:
        """Writes the failure down; whether it was the last one, and the person was told."""
        for _ in range(MOST_TRIES if hopeless else 1):
            parked = [await self._inbox.failed(each.id) for each in turn]
            if any(parked):
                await self._door.apologise(turn[-1])
                return True
        return False
