"""What Telegram's 429 tells one process, the others of the same bot hear through Redis."""

import logging
import math

from redis.asyncio import Redis
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


class RedisHalts:
    """Without Redis each process learns of the halt by its own 429."""

    def __init__(self, redis: Redis, bot: int) -> None:
        self.redis, self.key = redis, f"huigong:halt:{bot}"

    async def left(self) -> float:
        """Seconds until the bot may speak again."""
        try:
            return max(0.0, await self.redis.pttl(self.key) / 1000)
        except RedisError as error:
            log.warning("halts of other processes are not known: %s", type(error).__name__)
            return 0.0

    async def halt(self, seconds: float) -> None:
        if await self.left() >= seconds:
            return
        try:
            await self.redis.set(self.key, 1, px=math.ceil(seconds * 1000))
        except RedisError as error:
            log.warning("other processes do not hear of a halt: %s", type(error).__name__)
