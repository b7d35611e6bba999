"""What happens by itself: deadlines, recipients and seals each second, tidying each hour."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

from bot import leftovers
from bot.traces import trace
from handlers import deadline, keeping
from handlers.office import Office
from storage.inbox import InboxBook
from storage.mailing import Mailing
from storage.seal import Sealer

log = logging.getLogger(__name__)

SECOND, HOUR = 1.0, 3600.0
UPDATES = timedelta(days=7)  # a repeated update is known for so long


class Clock:
    """`tick` does all that is due now; `run` ticks until it is stopped."""

    def __init__(self, office: Office, inbox: InboxBook) -> None:
        self._office = office
        self._inbox = inbox
        self._sealer = Sealer(office.database)
        self._mailing = Mailing(office.database, office.clock)

    async def tick(self) -> None:
        """What is due now, once. A timer that fails is tried again later."""
        try:
            await deadline.tick(self._office)
        except* Exception as failed:
            for error in failed.exceptions:
                log.error("a timer failed: %s", trace(error))
        while await self._mailing.fill():
            pass  # piece by piece, each a short transaction
        await self._sealer.seal()

    async def tidy(self) -> None:
        """What nobody needs any more goes."""
        await self._inbox.sweep(self._office.now() - UPDATES)
        await keeping.sweep(self._office)
        await asyncio.to_thread(leftovers.sweep)

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop`; a failing round is logged and the next one tries again."""
        await asyncio.gather(
            _every(SECOND, self.tick, stop),
            _every(HOUR, self.tidy, stop),
        )


async def _every(seconds: float, work: Callable[[], Awaitable[None]], stop: asyncio.Event) -> None:
    while not stop.is_set():
        try:
            await work()
        except Exception as error:
            log.error("a round of the clock failed: %s", trace(error))
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), seconds)
