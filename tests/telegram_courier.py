"""How Telegram brings updates: by webhook, again and again until a 2xx, or by getUpdates.

As on the real server, the messages of a chat wait for one another in one queue and the taps of
a person in another one, so that a text and a tap may arrive at the same time.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import aiohttp

from tests.telegram_api import Refusal
from tests.telegram_world import QUERY_LIFE, World

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LONGEST_PAUSE = 1.0  # seconds of real time between two tries of one update


@dataclass
class Parcel:
    """One update on its way."""

    update: dict[str, Any]
    queue: str
    at: float
    times: int = 1  # to be brought, even if the first time went well
    tried: list[int] = field(default_factory=list)  # statuses; 0 where nobody answered


class Courier:
    """Keeps every update until it was taken."""

    def __init__(self, world: World, perform: Callable[[str, dict[str, Any]], Any]) -> None:
        self.world, self.perform = world, perform
        self.ids = count(1_000)
        self.repeat = 1  # every update is brought so many times
        self.parcels: dict[int, Parcel] = {}
        self.queues: dict[str, asyncio.Task[None]] = {}
        self.session: aiohttp.ClientSession | None = None
        self.changed = asyncio.Condition()
        self.connections = asyncio.Semaphore(40)
        self.polls = 0
        self.allowed: list[str] = []  # kinds of updates the last poll asked for

    def push(self, body: dict[str, Any], queue: str) -> Parcel:
        """Takes an update along; `update_id` is given unless the body brings its own."""
        update = {"update_id": next(self.ids), **body}
        parcel = Parcel(update, queue, self.world.now(), self.repeat)
        key = next(self.ids) if update["update_id"] in self.parcels else update["update_id"]
        if self._wanted(body):
            self.parcels[key] = parcel
            self.start()
        return parcel

    def _wanted(self, body: dict[str, Any]) -> bool:
        allowed = self.world.webhook.get("allowed_updates") or self.allowed
        known = {"message", "edited_message", "callback_query", "my_chat_member", "channel_post"}
        return not allowed or not known & body.keys() or bool(set(allowed) & body.keys())

    def start(self) -> None:
        """Carries what waits, if there is a webhook; wakes up whoever polls."""
        asyncio.get_running_loop().create_task(self._tell())
        if not self.world.webhook:
            return
        for queue in dict.fromkeys(parcel.queue for parcel in self.parcels.values()):
            if queue not in self.queues or self.queues[queue].done():
                self.queues[queue] = asyncio.create_task(self._carry(queue))

    async def stop(self) -> None:
        for task in self.queues.values():
            task.cancel()
        await asyncio.gather(*self.queues.values(), return_exceptions=True)
        if self.session:
            await self.session.close()

    async def delivered(self, parcel: Parcel | None = None) -> None:
        """Returns when this update was taken, or all of them were."""
        async with self.changed:
            await self.changed.wait_for(
                lambda: not self.parcels if parcel is None else not self._holds(parcel)
            )

    def _holds(self, parcel: Parcel) -> bool:
        return any(kept is parcel for kept in self.parcels.values())

    async def _tell(self) -> None:
        async with self.changed:
            self.changed.notify_all()

    async def _carry(self, queue: str) -> None:
        while mine := [(key, kept) for key, kept in self.parcels.items() if kept.queue == queue]:
            key, parcel = mine[0]
            if self._too_old(parcel) or await self._bring(parcel):
                self.parcels.pop(key, None)
            else:
                await asyncio.sleep(pause_after(parcel))
            await self._tell()

    def _too_old(self, parcel: Parcel) -> bool:
        tap = "callback_query" in parcel.update
        return tap and self.world.now() - parcel.at >= QUERY_LIFE

    async def _bring(self, parcel: Parcel) -> bool:
        """Whether it need not be brought again."""
        status, answer = await self._post(parcel.update)
        parcel.tried.append(status)
        if not 200 <= status < 300:
            return False
        if isinstance(answer, dict) and "method" in answer:
            self._do(answer)
        parcel.times -= 1
        return parcel.times <= 0

    def _do(self, answer: dict[str, Any]) -> None:
        """The method in a webhook's answer; nobody hears how it went."""
        try:
            self.perform(answer.pop("method"), answer)
        except Refusal:
            return  # `perform` has written it down

    async def _post(self, update: dict[str, Any]) -> tuple[int, Any]:
        self.session = self.session or aiohttp.ClientSession()
        headers = {}
        if secret := self.world.webhook.get("secret_token"):
            headers[SECRET_HEADER] = secret
        try:
            async with (
                self.connections,
                self.session.post(self.world.webhook["url"], json=update, headers=headers) as got,
            ):
                is_json = got.content_type == "application/json"
                return got.status, await got.json() if is_json else None
        except (aiohttp.ClientError, KeyError):
            return 0, None  # nobody there, or the webhook was just taken away

    async def poll(self, values: dict[str, Any]) -> list[dict[str, Any]]:
        """getUpdates: forgets what lies before the offset, then waits for something new."""
        if self.world.webhook:
            raise Refusal(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        self.allowed = values.get("allowed_updates") or self.allowed
        self.polls += 1
        mine = self.polls
        self._forget(values.get("offset", 0))
        await self._tell()
        await self._wait(mine, values.get("timeout", 0))
        limit = max(1, min(100, values.get("limit", 100)))
        return [parcel.update for parcel in list(self.parcels.values())[:limit]]

    def _forget(self, offset: int) -> None:
        for key in [key for key in self.parcels if key < offset]:
            del self.parcels[key]

    async def _wait(self, mine: int, seconds: int) -> None:
        try:
            async with asyncio.timeout(seconds), self.changed:
                await self.changed.wait_for(lambda: self.parcels or self.polls != mine)
        except TimeoutError:
            return
        if self.polls != mine:
            raise Refusal(
                409,
                "Conflict: terminated by other getUpdates request; "
                "make sure that only one bot instance is running",
            )


def pause_after(parcel: Parcel) -> float:
    """The first repetition of a failed update comes at once, the others ever later."""
    failed = len(parcel.tried)
    if failed < 2 or 200 <= parcel.tried[-1] < 300:
        return 0.0
    return min(LONGEST_PAUSE, 0.01 * 2.0**failed)
