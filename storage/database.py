"""The archive: opens units, one transaction each, on SQLite or PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engines import Engines
from storage.migrations.run import migrate
from storage.tables import SHANGHAI
from storage.unit import Unit
from storage.vault import Vault

__all__ = ["Database", "migrate", "shanghai_now"]

# The task that has a unit open. Comparing tasks, not truths: a task started inside a unit
# inherits the context, but not the unit.
_at_work: ContextVar[asyncio.Task[Any] | None] = ContextVar("at_work", default=None)


def shanghai_now() -> datetime:
    return datetime.now(SHANGHAI)


class Database:
    """`pool` is the number of connections; on SQLite of readers, beside the one writer."""

    def __init__(
        self,
        url: str,
        *,
        clock: Callable[[], datetime] = shanghai_now,
        vault: Vault | None = None,
        pool: int = 16,
    ) -> None:
        self.url = url
        self.clock = clock
        self.vault = vault
        self._engines = Engines(url, pool)

    @property
    def postgres(self) -> bool:
        return self._engines.postgres

    async def migrate(self) -> None:
        """Brings the schema up to date; does nothing where it is."""
        await asyncio.to_thread(migrate, self.url)

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Unit]:
        """One transaction: committed at the end, rolled back on any exception."""
        async with self._open(writing=True) as unit:
            yield unit

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Unit]:
        """A unit that may only read; on SQLite it waits for no writer."""
        async with self._open(writing=False) as unit:
            yield unit

    def alone(self, writing: bool) -> AbstractAsyncContextManager[AsyncConnection]:
        """For a single statement, which is a transaction by itself; outside of any unit."""
        return self._engines.alone(writing)

    @asynccontextmanager
    async def _open(self, writing: bool) -> AsyncIterator[Unit]:
        task = asyncio.current_task()
        if _at_work.get() is task:
            raise RuntimeError("a unit is open already: finish it before opening another")
        _at_work.set(task)
        try:
            async with self._engines.transaction(writing) as connection:
                unit = Unit(connection, self.clock(), self.vault, writing)
                try:
                    yield unit
                    await unit.flush()
                finally:
                    await unit.close()
        finally:
            _at_work.set(None)

    async def close(self) -> None:
        await self._engines.close()
