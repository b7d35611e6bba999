"""Connections to the two databases, set so that both keep the same promises."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import orjson
from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage import one_trip

DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000")
SERVER_SETTINGS = {
    "idle_in_transaction_session_timeout": "60000",  # ms; a forgotten BEGIN stops the queues
    "timezone": "UTC",
    "jit": "off",  # short statements only: compiling them costs more than it saves
}
PATIENCE = 30  # seconds to wait for a free connection
ALONE = 6  # connections for statements on their own: who gathers them has one at a time
STATEMENTS_KEPT = 500  # prepared statements per PostgreSQL connection


def with_driver(url: str) -> URL:
    """`sqlite:///path` and `postgresql://…` with the asynchronous driver we use."""
    plain = make_url(url)
    dialect = plain.get_backend_name()
    if dialect not in DRIVERS:
        raise ValueError(f"the archive lives in SQLite or PostgreSQL, not in {dialect}")
    if dialect == "sqlite" and plain.database in (None, "", ":memory:"):
        raise ValueError("SQLite needs a file: each connection would see a memory of its own")
    return plain.set(drivername=DRIVERS[dialect])


def dumps(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS).decode()


def postgres_engine(url: URL, pool: int, **more: Any) -> AsyncEngine:
    """At most `pool` connections; whoever finds none free waits 30 s."""
    engine = create_async_engine(
        url,
        **more,
        pool_size=pool,
        max_overflow=0,
        hide_parameters=True,  # an error's text must not quote what people wrote
        json_serializer=dumps,
        json_deserializer=orjson.loads,
        connect_args={
            "server_settings": SERVER_SETTINGS,
            "prepared_statement_cache_size": STATEMENTS_KEPT,
        },
    )
    event.listen(engine.sync_engine, "checkout", _refuse_closed)
    return engine


def _refuse_closed(connection: Any, record: Any, proxy: Any) -> None:
    # The driver has noticed by itself when the server went away; asking the server
    # (pool_pre_ping) would cost every turn three round trips.
    if connection.driver_connection.is_closed():
        raise InvalidatePoolError


def sqlite_engine(url: URL, pool: int, begin: str, *more: str) -> AsyncEngine:
    """Connections that start a transaction with `begin`, after the pragmas and `more` of them."""
    engine = create_async_engine(
        url,
        pool_size=pool,
        max_overflow=0,
        hide_parameters=True,  # an error's text must not quote what people wrote
        json_serializer=dumps,
        json_deserializer=orjson.loads,
        connect_args={"isolation_level": None},  # sqlite3 would begin too late, and not at all
    )

    def set_pragmas(connection: Any, record: Any) -> None:
        cursor = connection.cursor()
        for pragma in (*PRAGMAS, *more):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine.sync_engine, "do_connect", one_trip.connect)
    event.listen(engine.sync_engine, "connect", set_pragmas)
    event.listen(engine.sync_engine, "begin", start)
    return engine


class Turnstile:
    """Lets so many through at once, in the order they came; after 30 s of waiting, gives up.

    A pool alone would do, but it lets newcomers overtake those who wait.
    """

    def __init__(self, wide: int) -> None:
        self._places = asyncio.Semaphore(wide)

    @asynccontextmanager
    async def pass_through(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(PATIENCE):
                await self._places.acquire()
        except TimeoutError:
            raise NoConnection(f"no connection was free for {PATIENCE} s") from None
        try:
            yield
        finally:
            self._places.release()


def _finish(connection: Connection) -> None:
    """Both at once: `engine.begin()` takes twice as long over opening and closing."""
    connection.commit()
    connection.close()


class Engines:
    """How to write and how to read: on SQLite one writer at a time, readers beside it."""

    def __init__(self, url: str, pool: int) -> None:
        self.url = with_driver(url)
        self.postgres = self.url.get_backend_name() == "postgresql"
        self._reading = Turnstile(pool)
        if self.postgres:
            self._writer = postgres_engine(self.url, pool)
            self._reader = self._writer.execution_options(postgresql_readonly=True)
            self._alone = postgres_engine(self.url, ALONE, isolation_level="AUTOCOMMIT")
            self._writing = self._reading
        else:
            self._writer = sqlite_engine(self.url, 1, "BEGIN IMMEDIATE")
            self._reader = sqlite_engine(self.url, pool, "BEGIN", "query_only=ON")
            self._writing = Turnstile(1)

    @asynccontextmanager
    async def transaction(self, writing: bool) -> AsyncIterator[AsyncConnection]:
        """Committed at the end, rolled back on any exception."""
        turnstile = self._writing if writing else self._reading
        engine = self._writer if writing else self._reader
        async with turnstile.pass_through():
            connection = await engine.connect()
            try:
                await connection.run_sync(Connection.begin)
                yield connection
                await connection.run_sync(_finish)
            except BaseException:
                await asyncio.shield(connection.close())
                raise

    @asynccontextmanager
    async def alone(self, writing: bool) -> AsyncIterator[AsyncConnection]:
        """For one statement: PostgreSQL needs no BEGIN and COMMIT around it, SQLite has them."""
        if not self.postgres:
            async with self.transaction(writing) as connection:
                yield connection
            return
        async with self._alone.connect() as connection:
            yield connection

    async def close(self) -> None:
        await self._writer.dispose()
        await (self._alone if self.postgres else self._reader).dispose()
