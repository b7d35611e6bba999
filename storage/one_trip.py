"""SQLite statements in one trip to the connection's thread.

SQLAlchemy makes a cursor, runs it, reads it and closes it, each a trip of its own through
aiosqlite's queue: thirty for one turn of a chat, which took longer than all the rest of it.
"""

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
)

Run = Callable[[sqlite3.Cursor], object]


class Trip:
    """In place of aiosqlite's cursor: one that has been read to its end, and closed, at once."""

    description: Any = None
    rowcount = -1
    lastrowid: int | None = None
    arraysize = 1

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._rows: list[Any] = []

    async def execute(self, sql: str, values: Any = ()) -> "Trip":
        await self._go(lambda cursor: cursor.execute(sql, values))
        return self

    async def executemany(self, sql: str, values: Any) -> "Trip":
        await self._go(lambda cursor: cursor.executemany(sql, values))
        return self

    async def fetchall(self) -> Sequence[Any]:
        return self._rows

    async def close(self) -> None:
        """It is."""

    async def _go(self, run: Run) -> None:
        await self._connection._execute(self._there, run)

    def _there(self, run: Run) -> None:
        """In the connection's thread."""
        cursor = self._connection._conn.cursor()
        try:
            run(cursor)
            self.description = cursor.description
            self._rows = cursor.fetchall() if cursor.description else []
            self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        finally:
            cursor.close()


class Cursor(AsyncAdapt_aiosqlite_cursor):
    __slots__ = ()

    def _make_new_cursor(self, connection: Any) -> Any:
        return Trip(connection)

    def _aenter_cursor(self, cursor: Any) -> Any:
        return cursor


class Connection(AsyncAdapt_aiosqlite_connection):
    __slots__ = ()
    _cursor_cls = Cursor


def connect(dialect: Dialect, record: Any, arguments: Any, options: Any) -> Connection:
    """For the event `do_connect` of an engine."""
    driver: Any = dialect.dbapi
    usual = driver.connect(*arguments, **options)
    return Connection(driver, usual.driver_connection)
