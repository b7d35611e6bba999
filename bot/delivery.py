"""What is said later: rows of the outbox, and after them those of broadcasts.

Claim with a lease, send with no transaction open, write down what came of it. A process that
dies in between leaves rows whose lease runs out; sending twice must be harmless.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import Protocol

from bot.traces import trace
from handlers.chat import Reply
from storage.mailing import Mailing
from storage.post import Parcel, Post

log = logging.getLogger(__name__)

Box = Post | Mailing
Work = Callable[[], Awaitable[int]]

BATCH = 30  # rows; about a second of sending, and what a crash may repeat
BULK = 25  # deliveries of a broadcast at once: what is left after `stop` takes a second
LEASE = 60.0  # seconds; several messages to one chat are sent one after the other
IDLE = 1.0  # seconds between two looks into an empty outbox
MOST_TRIES = 5  # of a message the channel will not take
LONGEST_PAUSE = 30.0  # seconds between two tries of one row
FAREWELL = 1.5  # seconds for what is under way when the process has to stop


class DeliveryError(Exception):
    """Only between a channel and this room, never shown."""


class TryLater(DeliveryError):
    """Not now: the row waits for `after` seconds; 0 where nobody has said how long."""

    def __init__(self, after: float = 0.0) -> None:
        self.after = after
        super().__init__(after)


class Unreachable(DeliveryError):
    """Blocked, left, or never there: the row is closed."""


class Unsendable(DeliveryError):
    """The channel will not take this message, however often it is tried: our mistake."""


class Sending(Protocol):
    """What a channel can do."""

    async def say(self, address: str, reply: Reply, *, edits: str = "", priority: int = 0) -> str:
        """The channel's id of the message. Raises DeliveryError."""

    def silent_for(self) -> float:
        """Seconds for which the channel must be left alone."""


class Postman:
    """Sends for the channels it was given, from the outbox and the broadcasts of all processes."""

    def __init__(self, post: Post, mailing: Mailing, channels: Mapping[str, Sending]) -> None:
        self._post, self._mailing, self._channels = post, mailing, channels

    async def answer(self, channel: str, address: str, row: int, reply: Reply) -> bool:
        """Sends the answer to a turn, whose row is leased to the caller. Raises nothing.

        False if the channel will never take it, and the person has to be told something else.
        """
        parcel = Parcel(row, channel, address, 0, {}, "", tried=1)
        try:
            return await self._deliver(self._post, parcel, reply, tries=1)
        except Exception as error:  # the archive is away; the lease runs out, and it is sent again
            log.warning("outbox row %s: %s", row, trace(error))
            return True

    async def deliver_once(self) -> int:
        """Sends what is due; broadcasts only when nothing else is. How many rows it had in hand."""
        handled = 0
        for channel, sender in self._channels.items():
            if sender.silent_for() > 0:
                continue
            parcels = await self._post.claim(channel, BATCH, LEASE)
            await self._deliver_all(self._post, parcels)
            if not parcels:
                parcels = await self._mailing.claim(channel, BULK, LEASE)
                await self._deliver_all(self._mailing, parcels)
            handled += len(parcels)
        return handled

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set; what is under way then gets a moment to be finished."""
        await asyncio.gather(
            self._again_and_again(self.deliver_once, stop),
            self._again_and_again(self._mailing.fill, stop),
        )

    async def _again_and_again(self, work: Work, stop: asyncio.Event) -> None:
        while not stop.is_set():
            if not await self._round(work, stop):
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), IDLE)

    async def _round(self, work: Work, stop: asyncio.Event) -> int:
        """One round; broken off some time after `stop`, its rows wait for their lease."""
        round_ = asyncio.ensure_future(work())
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait({round_, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if not round_.done():
            await asyncio.wait({round_}, timeout=FAREWELL)
        stopped.cancel()
        round_.cancel()
        try:
            return await round_
        except asyncio.CancelledError:
            return 0
        except Exception as error:  # the archive is away: the rows stay where they are
            log.warning("nothing was delivered: %s", trace(error))
            return 0

    async def _deliver_all(self, box: Box, parcels: Sequence[Parcel]) -> None:
        """Chats side by side, the messages to one chat in their order."""
        chats: dict[str, list[Parcel]] = {}
        for parcel in parcels:
            chats.setdefault(parcel.address, []).append(parcel)
        chatting = [self._deliver_in_turn(box, each) for each in chats.values()]
        for error in filter(None, await asyncio.gather(*chatting)):
            log.warning("what was sent could not be written down: %s", trace(error))

    async def _deliver_in_turn(self, box: Box, parcels: Sequence[Parcel]) -> Exception | None:
        try:
            for parcel in parcels:
                await self._deliver(box, parcel, None, MOST_TRIES)
        except Exception as error:  # the archive is away: the leases run out
            return error
        return None

    async def _deliver(self, box: Box, parcel: Parcel, reply: Reply | None, tries: int) -> bool:
        """Whether the message has arrived or still may. Raises what the archive raises."""
        sender = self._channels[parcel.channel]
        try:
            reply = reply or Reply.from_json(parcel.body)
            edits, priority = parcel.edits, parcel.priority
            sent = await sender.say(parcel.address, reply, edits=edits, priority=priority)
        except Unreachable:
            await box.unreachable(parcel.id)
        except TryLater as wait:
            await box.try_later(parcel.id, wait.after or pause_after(parcel.tried))
        except Exception as error:  # refused, unreadable, or our bug: nobody else has to wait
            log.error("outbox row %s cannot be sent: %s", parcel.id, trace(error))
            if parcel.tried >= tries:
                await box.give_up(parcel.id)
                return False
            await box.try_later(parcel.id, pause_after(parcel.tried))
        else:
            await box.sent(parcel.id, sent if reply.card else "")  # only cards are ever edited
        return True


def pause_after(tried: int) -> float:
    """Seconds: twice as long each time, but never so long that an outage outlives itself."""
    return min(LONGEST_PAUSE, 2.0 ** min(tried, 10))
