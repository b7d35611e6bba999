"""Brings a database to the newest step of the schema.

An empty database is given the tables as they stand today, which is what the steps lead to
(tests/storage/test_migrations.py compares the two); only one that is behind walks the steps.
Alembic takes as long to import as all tables to make, so it is imported for the walk alone.
"""

import asyncio
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    PrimaryKeyConstraint,
    String,
    inspect,
    select,
    text,
)
from sqlalchemy import Table as AnyTable
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engines import postgres_engine, sqlite_engine, with_driver
from storage.tables import Table

if TYPE_CHECKING:
    from alembic.config import Config

LOCK = 20060905  # of PostgreSQL: one migration at a time, whichever process it runs in
STEPS = Path(__file__).parent / "versions"
_one_at_a_time = threading.Lock()  # alembic keeps the running migration in globals

# Alembic's own table, as alembic makes it: the step a database stands at.
STEP = AnyTable(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32)),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


def settings(connection: Connection) -> "Config":
    """What `env.py` needs; there is no alembic.ini, the address comes from the caller."""
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    return config


def newest() -> str:
    """The number of the last step."""
    return max(path.stem.partition("_")[0] for path in STEPS.glob("[0-9]*.py"))


def migrate(url: str) -> None:
    """Upgrades to the newest step, in one transaction. Not to be called from an event loop."""
    with _one_at_a_time:
        asyncio.run(_upgrade(url))


async def _upgrade(url: str) -> None:
    engine = engine_for(url)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(upgrade)
    finally:
        await engine.dispose()


def engine_for(url: str) -> AsyncEngine:
    target = with_driver(url)
    if target.get_backend_name() == "postgresql":
        return postgres_engine(target, pool=1)
    # Tables are rebuilt to be altered: their rows must not be missed meanwhile.
    return sqlite_engine(target, 1, "BEGIN IMMEDIATE", "foreign_keys=OFF")


def upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    there = inspect(connection).get_table_names()
    if not there:
        create(connection)
    elif STEP.name not in there or connection.scalar(select(STEP)) != newest():
        walk(connection)


def create(connection: Connection) -> None:
    """All tables, in a database that has none."""
    Table.metadata.create_all(connection, checkfirst=False)
    STEP.create(connection)
    connection.execute(STEP.insert(), {"version_num": newest()})


def walk(connection: Connection) -> None:
    """Every step that has not been taken yet."""
    from alembic import command

    command.upgrade(settings(connection), "head")
