"""Brings a database to the newest step of the schema."""

import asyncio
import threading
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engines import postgres_engine, sqlite_engine, with_driver

LOCK = 20060905  # of PostgreSQL: one migration at a time, whichever process it runs in
_one_at_a_time = threading.Lock()  # alembic keeps the running migration in globals


def settings(connection: Connection) -> Config:
    """What `env.py` needs; there is no alembic.ini, the address comes from the caller."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    return config


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
    command.upgrade(settings(connection), "head")
