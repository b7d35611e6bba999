"""The steps of the schema lead to what storage/tables says, on both databases."""

import asyncio
import json
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, select, text

from storage.database import Database, migrate
from storage.migrations import run
from storage.tables import Known, Table


async def test_the_migrated_schema_is_that_of_the_tables(database: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, Table.metadata))

    async with database.reading() as unit:
        assert await unit.connection.run_sync(differences) == []


async def test_partial_indexes_are_partial_on_both_databases(database: Database) -> None:
    """Alembic compares their columns, but not the rows they are about."""

    def conditions(connection: Connection) -> dict[str, str]:
        key = f"{connection.dialect.name}_where"
        found = {}
        for table in ("applications", "payments", "rounds", "titles"):
            for index in inspect(connection).get_indexes(table):
                if key in (options := index.get("dialect_options", {})):
                    found[str(index["name"])] = str(options[key])
        return found

    async with database.reading() as unit:
        found = await unit.connection.run_sync(conditions)
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
