"""Empty, migrated databases, quickly: a SQLite file copied, a PostgreSQL database swept.

Each process of a test run has a PostgreSQL database of its own, so that runs can go on beside
each other; databases of runs that have died are dropped by the next.
"""

import asyncio
import os
from pathlib import Path

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
        asyncio.run(self._create())
        migrate(self.url)

    def sweep(self) -> None:
        asyncio.run(run_on(self.url, SWEEP))

    def drop(self) -> None:
        asyncio.run(run_on(SERVER, f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)'))

    async def _create(self) -> None:
        connection = await asyncpg.connect(SERVER, timeout=3)
        try:
            rows = await connection.fetch(
                "SELECT datname FROM pg_database WHERE starts_with(datname, $1)", PREFIX
            )
            for (name,) in rows:
                if left_behind(name):
                    await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            await connection.execute(f'CREATE DATABASE "{self.name}"')
            # Nobody pulls the plug on a test: waiting for the disk would double its time.
            await connection.execute(f'ALTER DATABASE "{self.name}" SET synchronous_commit = off')
        finally:
            await connection.close()


def left_behind(name: str) -> bool:
    """Whether the process that made this database has ended (or was this one's forerunner)."""
    pid = name.removeprefix(PREFIX)
    return pid.isdigit() and (int(pid) == os.getpid() or not Path(f"/proc/{pid}").exists())


async def run_on(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url, timeout=3)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
