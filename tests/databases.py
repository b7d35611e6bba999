"""Empty, migrated databases, quickly: a SQLite file copied, a PostgreSQL database swept.

Each process of a test run has a PostgreSQL database of its own, so that runs can go on beside
each other; databases of runs that have died are dropped by the next.
"""

import asyncio
import os
from concurrent.futures import Future
from functools import cache
from pathlib import Path
from threading import Thread
from typing import Any

import asyncpg  # type: ignore[import-untyped]
from sqlalchemy import make_url

from storage.database import migrate

SERVER = os.environ.get("HUIGONG_TEST_POSTGRES_URL", "postgresql://root@127.0.0.1:5432/test")
PREFIX = "huigong_test_"

# Only tables that a test has touched hold rows or have moved their sequence: deleting from
# those takes 20 ms, TRUNCATE of all of them nine times as long.
SWEEP = """
DO $$
DECLARE held record; used boolean;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR held IN SELECT tablename AS name FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', held.name) INTO used;
        IF used THEN EXECUTE format('DELETE FROM %I', held.name); END IF;
    END LOOP;
    PERFORM setval(format('%I', sequencename)::regclass, 1, false) FROM pg_sequences
        WHERE schemaname = 'public' AND last_value IS NOT NULL;
END $$
"""


class Postgres:
    """The PostgreSQL database of this process."""

    def __init__(self) -> None:
        self.name = f"{PREFIX}{os.getpid()}"
        self.url = make_url(SERVER).set(database=self.name).render_as_string(hide_password=False)

    def create(self) -> None:
        server = a_server(SERVER)
        for name in server.column(f"SELECT datname FROM pg_database WHERE datname ~ '^{PREFIX}'"):
            if left_behind(name):
                server.run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.run(f'CREATE DATABASE "{self.name}"')
        # Nobody pulls the plug on a test: waiting for the disk would double its time.
        server.run(f'ALTER DATABASE "{self.name}" SET synchronous_commit = off')
        migrate(self.url)

    def sweep(self) -> None:
        a_server(self.url).run(SWEEP)

    def drop(self) -> None:
        a_server(self.url).close()
        a_server(SERVER).run(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
        a_server(SERVER).close()


def left_behind(name: str) -> bool:
    """Whether the process that made this database has ended (or was this one's forerunner)."""
    pid = name.removeprefix(PREFIX)
    return pid.isdigit() and (int(pid) == os.getpid() or not Path(f"/proc/{pid}").exists())


@cache
def a_server(url: str) -> "Server":
    return Server(url)


class Server:
    """One connection, open from test to test, whatever event loop each of them has.

    A new one would look up all tables first, which takes six times as long as sweeping them.
    """

    def __init__(self, url: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        try:
            self._connection = self._soon(asyncpg.connect(url, timeout=3)).result()
        except OSError:
            self._stop()
            raise

    def run(self, statement: str) -> None:
        self._soon(self._connection.execute(statement)).result()

    def column(self, statement: str) -> list[Any]:
        return [row[0] for row in self._soon(self._connection.fetch(statement)).result()]

    def close(self) -> None:
        self._soon(self._connection.close()).result()
        self._stop()

    def _stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _soon(self, what: Any) -> "Future[Any]":
        return asyncio.run_coroutine_threadsafe(what, self._loop)
