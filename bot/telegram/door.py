"""The Telegram door: everything behind one bot's token, built and closed together."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from fastapi import APIRouter
from telegram.error import TelegramError

from bot.delivery import Postman
from bot.lanes import Lanes
from bot.settings import Settings
from bot.telegram.commands import introduce
from bot.telegram.files import Files
from bot.telegram.limiter import Limiter
from bot.telegram.polling import Polling, polling_bot, wait
from bot.telegram.receive import CHANNEL
from bot.telegram.sender import Sender
from bot.telegram.turns import Turns
from bot.telegram.webhook import PATH, register, webhook_router
from handlers import desk
from handlers.office import Office
from storage import locks
from storage.inbox import InboxBook
from storage.mailing import Mailing
from storage.post import Post

if TYPE_CHECKING:
    from storage.redis_lanes import RedisLanes

log = logging.getLogger(__name__)

Job = Callable[[asyncio.Event], Coroutine[Any, Any, None]]
NEXT_TRY = 15.0  # seconds until Telegram is asked again to take our settings


@dataclass(frozen=True)
class Telegram:
    """`router` takes the webhook, None where we poll; `told` says how updates come."""

    lanes: Lanes
    sender: Sender
    postman: Postman
    jobs: Sequence[Job]
    router: APIRouter | None
    told: str


@asynccontextmanager
async def open_telegram(
    settings: Settings, office: Office, inbox: InboxBook
) -> AsyncIterator[Telegram]:
    """Works as long as its jobs run. Opening it makes no call, so Telegram may be away."""
    assert settings.telegram_token is not None, "without a token there is no Telegram door"
    token, api = settings.telegram_token.get_secret_value(), settings.telegram_api
    logging.getLogger("telegram").setLevel(logging.WARNING)  # it would log every word it sends
    async with AsyncExitStack() as last:
        limiter, holding = await _shared(settings.redis_url, token, last)
        sender = await last.enter_async_context(Sender(token, api, limiter))
        post, mailing = Post(office.database, office.clock), Mailing(office.database, office.clock)
        last.push_async_callback(post.close)
        last.push_async_callback(mailing.close)
        if not settings.redis_url:  # alone: what is leased was left by one who died
            await post.take_over()
        postman = Postman(post, mailing, {CHANNEL: sender})
        turns = Turns(office, desk.receive, sender, Files(sender), postman)
        lanes = Lanes(inbox, turns, holding, now=office.now)
        last.push_async_callback(lanes.close)
        jobs: list[Job] = [lanes.run, postman.run, _until_done(partial(introduce, sender))]
        if settings.telegram_webhook_url:
            yield _called(settings, inbox, lanes, sender, postman, jobs)
        else:
            bot = polling_bot(token, api)
            last.push_async_callback(bot.session.close)
            jobs.append(Polling(bot, inbox, lanes, sender).run)
            yield Telegram(lanes, sender, postman, jobs, None, f"long polling, {api}")


async def _shared(
    redis_url: str, token: str, last: AsyncExitStack
) -> "tuple[Limiter, locks.Lanes | RedisLanes]":
    """What the processes of one bot have in common, if there is a Redis to keep it in."""
    if not redis_url:
        return Limiter(), locks.Lanes()
    from redis.asyncio import Redis  # who is alone need not wait for its import

    from bot.telegram.halts import RedisHalts
    from storage.redis_lanes import RedisLanes

    redis = Redis.from_url(redis_url, socket_timeout=1, socket_connect_timeout=1)
    last.push_async_callback(redis.aclose)
    holding = RedisLanes(redis_url)
    last.push_async_callback(holding.close)
    return Limiter(halts=RedisHalts(redis, int(token.partition(":")[0]))), holding


def _called(
    settings: Settings,
    inbox: InboxBook,
    lanes: Lanes,
    sender: Sender,
    postman: Postman,
    jobs: list[Job],
) -> Telegram:
    """The door with a webhook."""
    assert settings.telegram_secret is not None, "the settings ask for it beside the address"
    secret = settings.telegram_secret.get_secret_value()
    parts = urlsplit(settings.telegram_webhook_url)
    host, path = f"{parts.scheme}://{parts.netloc}", parts.path or PATH
    jobs.append(_until_done(partial(register, sender, host, secret, path)))
    router = webhook_router(inbox, lanes, secret=secret, path=path)
    return Telegram(lanes, sender, postman, jobs, router, f"webhook, {host}{path}")


def _until_done(work: Callable[[], Awaitable[None]]) -> Job:
    """A job that asks something of Telegram until it has been done once."""

    async def job(stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                await work()
            except TelegramError as error:
                log.warning("Telegram does not take our settings: %s", type(error).__name__)
                await wait(NEXT_TRY, stop)
            else:
                return

    return job
