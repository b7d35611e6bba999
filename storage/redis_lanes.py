"""The same among all processes that share a Redis.

It keeps several processes from working in one lane at the same time, which saves work and keeps
order; it never decides anything. When it is away, each process goes on by itself: what must not
happen twice is prevented in the archive.
"""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from storage.locks import Lanes

log = logging.getLogger(__name__)

LEASE = 30.0  # seconds after which the lane of a process that has died is free
PAUSE = 0.05  # seconds between two looks at a lane that another process holds
AWAY = 5.0  # seconds for which an absent Redis is not asked again
PATIENCE = 1.0  # seconds for an answer

RENEW = "return redis.call('get', KEYS[1]) == ARGV[1] and redis.call('pexpire', KEYS[1], ARGV[2])"
RELEASE = "return redis.call('get', KEYS[1]) == ARGV[1] and redis.call('del', KEYS[1])"


class RedisLanes:
    """Among all processes that use this Redis, as long as it is there."""

    def __init__(self, url: str, lease: float = LEASE) -> None:
        self._redis: Redis = Redis.from_url(
            url,
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            retry=Retry(NoBackoff(), 0),
        )
        self._lease = round(lease * 1000)  # ms
        self._here = Lanes()
        self._away_until = 0.0  # by the clock of the event loop

    @asynccontextmanager
    async def hold(self, key: str) -> AsyncIterator[None]:
        """Alone in this lane while the block lasts."""
        name, token = f"huigong:lane:{key}", secrets.token_hex(8)
        async with self._here.hold(key):
            renewing = None
            try:
                if await self._take(name, token):
                    renewing = asyncio.create_task(self._renew(name, token))
                yield
            finally:
                if renewing:
                    renewing.cancel()
                await self._give_back(name, token)

    async def close(self) -> None:
        await self._redis.aclose()

    async def _take(self, name: str, token: str) -> bool:
        """Waits until the lane is ours; False if Redis is away and cannot say."""
        if self._is_away():
            return False
        try:
            # Another process cannot set an event of ours.
            while not await self._redis.set(name, token, nx=True, px=self._lease):  # noqa: ASYNC110
                await asyncio.sleep(PAUSE)
        except (RedisError, OSError) as error:
            self._miss(error)
            return False
        return True

    async def _renew(self, name: str, token: str) -> None:
        while True:
            await asyncio.sleep(self._lease / 3000)
            if not await self._run(RENEW, name, token, str(self._lease)):
                log.warning("a lane was not renewed; another process may work in it")

    async def _give_back(self, name: str, token: str) -> None:
        if not self._is_away():  # else the lease runs out by itself
            await self._run(RELEASE, name, token)

    async def _run(self, script: str, name: str, *values: str) -> bool:
        """Compares and changes in one step, so that nobody touches another's lane."""
        try:
            return bool(await self._redis.eval(script, 1, name, *values))
        except (RedisError, OSError) as error:
            self._miss(error)
            return False

    def _is_away(self) -> bool:
        return asyncio.get_running_loop().time() < self._away_until

    def _miss(self, error: Exception) -> None:
        if not self._is_away():
            log.warning("Redis is away (%s): lanes hold within this process", type(error).__name__)
        self._away_until = asyncio.get_running_loop().time() + AWAY
