"""The steps of the schema lead to what storage/tables says, on both databases."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database, migrate
from storage.migrations import run
from storage.tables import Known, Table


@pytest.fixture
async def walked(database_url: str, tmp_path: Path) -> AsyncIterator[AsyncConnection]:
    """A database that began with nothing and has taken every step; gone afterwards."""
    on_postgres = database_url.startswith("postgresql")
    engine = run.engine_for(database_url if on_postgres else f"sqlite:///{tmp_path / 'walked.db'}")
    async with engine.connect() as connection:
        if on_postgres:
            await connection.execute(text("CREATE SCHEMA walked"))
            await connection.execute(text("SET LOCAL search_path TO walked"))
        await connection.run_sync(run.walk)
        yield connection
        await connection.rollback()
    await engine.dispose()


async def test_the_steps_lead_to_what_the_tables_say(walked: AsyncConnection) -> None:
    def differences(connection: Connection) -> list[object]:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, Table.metadata))

    assert await walked.run_sync(differences) == []


def described(connection: Connection) -> dict[str, object]:
    """All that a database says of its tables, columns in any order."""
    there = inspect(connection)
    parts = {
        "columns": there.get_multi_columns(),
        "key": there.get_multi_pk_constraint(),
        "foreign": there.get_multi_foreign_keys(),
        "unique": there.get_multi_unique_constraints(),
        "indexes": there.get_multi_indexes(),
        "checks": there.get_multi_check_constraints(),
    }
    return {
        f"{table} {kind}": sorted(map(worded, found)) if isinstance(found, list) else str(found)
        for kind, tables in parts.items()
        for (_, table), found in tables.items()
    }


def worded(part: Any) -> str:
    """With the condition of a partial index in words."""
    where = {key: str(value) for key, value in part.get("dialect_options", {}).items()}
    return str({**part, "dialect_options": where})


async def test_an_empty_database_is_given_what_the_steps_lead_to(
    database: Database, walked: AsyncConnection
) -> None:
    async with database.reading() as unit:
        given = await unit.connection.run_sync(described)
        step = await unit.connection.scalar(select(run.STEP))
    assert given == await walked.run_sync(described)
    assert step == await walked.scalar(select(run.STEP))


async def test_a_database_that_is_behind_takes_the_steps_it_lacks(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.db'}"
    engine = run.engine_for(url)
    async with engine.begin() as connection:
        await connection.run_sync(lambda old: command.upgrade(run.settings(old), "0001"))
    async with engine.begin() as connection:
        await connection.run_sync(run.upgrade)
        assert await connection.scalar(select(run.STEP)) == run.newest()
        tables = await connection.run_sync(lambda now: inspect(now).get_table_names())
    await engine.dispose()
    assert {*Table.metadata.tables} <= {*tables}


async def test_partial_indexes_are_partial_on_both_databases(walked: AsyncConnection) -> None:
    """Alembic compares their columns, but not the rows they are about."""

    def conditions(connection: Connection) -> dict[str, str]:
        key = f"{connection.dialect.name}_where"
        found = {}
        for table in ("applications", "claw_backs", "payments", "rounds", "titles"):
            for index in inspect(connection).get_indexes(table):
                if key in (options := index.get("dialect_options", {})):
                    found[str(index["name"])] = str(options[key])
        return found

    found = await walked.run_sync(conditions)
    declared = {
        str(index.name): str(index.dialect_options["sqlite"]["where"])
        for table in Table.metadata.tables.values()
        for index in table.indexes
        if index.dialect_options["sqlite"]["where"] is not None
    }
    assert set(found) == set(declared)
    for name, condition in declared.items():
        assert condition.split()[0] in found[name]


async def test_migrating_twice_changes_nothing(database: Database) -> None:
    async with database.unit() as unit:
        await unit.conversations.of("web", "1", "zh_CN")
    await database.migrate()
    async with database.reading() as unit:
        assert await unit.conversations.find("web", "1") is not None


async def test_several_may_start_at_once_on_a_new_archive(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    await asyncio.gather(*(asyncio.to_thread(migrate, url) for _ in range(4)))
    archive = Database(url)
    async with archive.reading() as unit:
        assert await unit.conversations.find("web", "1") is None
    await archive.close()


async def test_the_steps_stand_in_one_row(database_url: str) -> None:
    engine = run.engine_for(database_url)
    async with engine.connect() as connection:
        steps = await connection.run_sync(
            lambda inner: ScriptDirectory.from_config(run.settings(inner))
        )
    await engine.dispose()
    assert len(steps.get_heads()) == 1
    assert len(steps.get_bases()) == 1
    assert steps.get_current_head() == run.newest()


async def test_members_who_were_there_before_are_known_afterwards(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.db'}"
    note = {"origin": "roster", "on": "2026-03-02"}
    told = {"roster": {"sex": {"value": "女", **note}}, "said": {"age": {"value": 30, **note}}}
    member = "INSERT INTO workers (id, union_id, name_sealed, facts, active) VALUES "
    talk = (
        "INSERT INTO conversations "
        "(worker_id, language, topic, state, facts, reply, step, seen, at) "
        "VALUES (1, 'zh_CN', 'menu', '{}', :said, '{}', 0, '{}', '2026-03-02')"
    )
    unions = "INSERT INTO unions (id, code, name, name_en, kind, contact) "

    def begin(connection: Connection) -> None:
        command.upgrade(run.settings(connection), "0008")
        facts = {name: json.dumps(value) for name, value in told.items()}
        connection.execute(text(unions + "VALUES (1, '1', '总工会', '', 'union', '')"))
        for row in ("(1, 1, 'x', :roster, 1)", "(2, 1, 'x', '{}', 1)", "(3, 1, 'x', '{}', 0)"):
            connection.execute(text(member + row), facts)
        connection.execute(text(talk), facts)

    engine = run.engine_for(url)
    async with engine.begin() as connection:
        await connection.run_sync(begin)
    await engine.dispose()
    database = Database(url)
    await database.migrate()
    async with database.reading() as unit:
        known = select(Known.worker_id, Known.union_id, Known.roster, Known.said)
        rows = (await unit.connection.execute(known.order_by(Known.worker_id))).all()
    await database.close()
    assert [tuple(row) for row in rows] == [(1, 1, {"sex": "=女"}, {"age": "#30"}), (2, 1, {}, {})]
