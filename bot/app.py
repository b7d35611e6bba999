"""The composition root: builds the office and every door, starts and stops them together."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from admin.app import console
from bot.clock import Clock
from bot.settings import Settings
from bot.web.faults import install
from bot.web.pages import VERSION
from bot.web.push import News
from bot.web.receive import chat_router
from handlers import demonstration, desk
from handlers.office import Office
from storage import holidays, schemes, wording
from storage.admission import Admission
from storage.database import Database, shanghai_now
from storage.files import FileStore
from storage.inbox import InboxBook
from storage.kept import Kept
from storage.vault import Vault

if TYPE_CHECKING:
    from bot.telegram.door import Telegram

log = logging.getLogger(__name__)

Job = Callable[[asyncio.Event], Coroutine[Any, Any, None]]


@dataclass
class House:
    """Everything that runs in one process."""

    settings: Settings
    office: Office
    inbox: InboxBook
    news: News
    clock: Clock
    kept: Kept
    telegram: "Telegram | None" = None
    jobs: Sequence[Job] = field(default_factory=tuple)


@asynccontextmanager
async def open_house(
    settings: Settings, now: Callable[[], datetime] = shanghai_now
) -> AsyncIterator[House]:
    """Migrated, filled with the demonstration if asked for; closed in order at the end.

    Raises SchemeFileError for a scheme file that is wrong.
    """
    secret = settings.secret_key.get_secret_value()
    kept = Kept(settings.files.parent / "kept", secret)
    catalogue = schemes.read(settings.schemes, kept)
    vault = Vault(secret)
    database = Database(settings.database_url, clock=now, vault=vault)
    await database.migrate()
    admission = Admission(database, now)
    office = Office(
        schemes=catalogue,
        finder=wording.finder(settings.schemes, catalogue, kept),
        database=database,
        vault=vault,
        files=FileStore(settings.files, vault),
        admission=admission,
        calendar=holidays.read(settings.schemes),
        clock=now,
        public_url=settings.public_url,
    )
    inbox = InboxBook(database, now, vault)
    async with AsyncExitStack() as last:
        last.push_async_callback(database.close)
        last.push_async_callback(admission.close)
        last.push_async_callback(inbox.close)
        if settings.demo and not await demonstration.loaded(office):
            await demonstration.load(office)
        news = News(office.reading)
        house = House(settings, office, inbox, news, Clock(office, inbox), kept)
        house.jobs = (house.clock.run,)
        if settings.telegram_token:
            from bot.telegram.door import open_telegram  # costs a second that others need not pay

            house.telegram = await last.enter_async_context(open_telegram(settings, office, inbox))
            house.jobs = (*house.jobs, *house.telegram.jobs)
        yield house


def web(house: House) -> ASGIApp:
    """Chat page, console, public pages, API, and Telegram's webhook before all of them."""
    app = FastAPI(title="Huigong", openapi_url=None, docs_url=None, redoc_url=None)
    secret = house.settings.secret_key.get_secret_value()
    app.include_router(
        chat_router(house.office, secret=secret, receive=desk.receive, news=house.news)
    )
    app.mount("/", console(house.office, look=f"/chat/static/{VERSION}"))
    install(app, house.office.speak)
    if house.telegram and house.telegram.router:
        return ahead(house.telegram.router.routes, app)
    return app


def ahead(routes: Sequence[BaseRoute], rest: ASGIApp) -> ASGIApp:
    """An update needs nothing of what pages need: requests for these addresses go past it."""
    doors = {
        (route.path, method): route.app
        for route in routes
        if isinstance(route, Route)
        for method in route.methods or ()
    }

    async def front(scope: Scope, receive: Receive, send: Send) -> None:
        door = doors.get((scope.get("path", ""), scope.get("method", "")), rest)
        await door(scope, receive, send)

    return front


@asynccontextmanager
async def working(jobs: Sequence[Job]) -> AsyncIterator[None]:
    """Runs the loops while the block lasts; a loop that dies is logged, not forgotten."""
    stop = asyncio.Event()
    tasks = [asyncio.create_task(job(stop)) for job in jobs]
    try:
        yield
    finally:
        stop.set()
        for outcome in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(outcome, BaseException):
                log.error("a loop had died: %s", type(outcome).__name__)
