"""Units: all or nothing, one writer after the other, and never one inside another."""

import asyncio
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnection

from storage import engines
from storage.database import Database, shanghai_now
from storage.engines import Turnstile
from storage.tables import Line, Tries, Union
from tests.clock import Clock
from tests.people import a_talk, a_union


async def unions(database: Database) -> int:
    async with database.reading() as unit:
        return await unit.connection.scalar(text("SELECT count(*) FROM unions")) or 0


async def test_a_unit_is_committed_at_its_end(database: Database) -> None:
    async with database.unit() as unit:
        unit.session.add(Union(code="1", name="one", kind="county"))  # flushed by the unit
    assert await unions(database) == 1


async def test_an_exception_undoes_everything(database: Database) -> None:
    with suppress(LookupError):
        async with database.unit() as unit:
            await a_union(unit)
            await unit.acts.append("officer:1", "found", "union:1")
            raise LookupError
    assert await unions(database) == 0
    async with database.reading() as unit:
        assert await unit.acts.of("union:1") == []


async def test_a_cancelled_turn_leaves_nothing_and_blocks_nobody(database: Database) -> None:
    begun = asyncio.Event()

    async def turn() -> None:
        async with database.unit() as unit:
            await a_union(unit)
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(turn())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with database.unit() as unit:
        await a_union(unit)
    assert await unions(database) == 1


async def test_a_turn_cancelled_in_the_middle_of_a_statement_blocks_nobody(
    database: Database,
) -> None:
    async def turn() -> None:
        async with database.unit() as unit:
            for number in range(1000):
                await a_union(unit, code=str(number))

    for _ in range(10):
        task = asyncio.create_task(turn())
        await asyncio.sleep(0.01)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    async with database.unit() as unit:
        await a_union(unit)
    assert await unions(database) == 1


async def test_a_unit_inside_a_unit_is_a_mistake(database: Database) -> None:
    async with database.unit():
        for inner in (database.unit, database.reading):
            with pytest.raises(RuntimeError, match="open already"):
                async with inner():
                    pytest.fail("the inner unit was opened")
    async with database.reading(), asyncio.TaskGroup() as tasks:
        tasks.create_task(unions(database))  # another task, another unit
    assert await unions(database) == 0


async def test_a_reading_unit_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError, match=r"read-?only"):
        async with database.reading() as unit:
            await a_union(unit)
    async with database.unit() as unit:
        await a_union(unit)
    assert await unions(database) == 1


async def test_readers_do_not_wait_for_the_writer(database: Database) -> None:
    async with database.unit() as unit:
        await a_union(unit)
        seen = await asyncio.wait_for(asyncio.create_task(unions(database)), timeout=3)
    assert (seen, await unions(database)) == (0, 1)


async def test_the_hour_of_a_unit_stands_still_and_is_that_of_shanghai(
    database: Database, clock: Clock
) -> None:
    clock.set(datetime(2026, 3, 10, 18, 30, tzinfo=UTC))
    async with database.unit() as unit:
        clock.move(hours=5)
        assert unit.now.isoformat() == "2026-03-11T02:30:00+08:00"
        assert unit.today == date(2026, 3, 11)
    assert shanghai_now().utcoffset() == unit.now.utcoffset()


async def test_an_instant_comes_back_as_it_went_in(database: Database, clock: Clock) -> None:
    clock.set(datetime(2026, 1, 1, 0, 0, 0, 123456, tzinfo=UTC))
    async with database.unit() as unit:
        await a_talk(unit)
    async with database.reading() as unit:
        talk = await unit.conversations.find("telegram", "42")
    assert talk is not None
    assert talk.at == clock.now()
    assert talk.at.isoformat() == "2026-01-01T08:00:00.123456+08:00"


async def test_what_refers_to_nothing_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.unit() as unit:
            unit.session.add(Line(conversation_id=99, mine=True, body={}, at=unit.now))


async def test_a_unit_that_needs_no_objects_makes_no_session(database: Database) -> None:
    async with database.unit() as unit:
        talk = await unit.conversations.of("web", "1", "zh_CN")
        await unit.conversations.write(talk)
        await unit.acts.append("worker:1", "greet", "conversation:1")
        assert unit._session is None


async def test_a_book_is_opened_once_in_a_unit(database: Database) -> None:
    async with database.unit() as unit, asyncio.TaskGroup():
        assert unit.acts is unit.acts
        assert unit.acts.work is unit


async def test_session_and_connection_see_the_same_transaction(database: Database) -> None:
    async with database.unit() as unit:
        unit.session.add(Tries(key="a", wrong=4))
        await unit.session.flush()
        assert await unit.tries.wrong("a") is not None


async def test_without_a_vault_nothing_is_sealed(database_url: str) -> None:
    bare = Database(database_url)
    async with bare.reading() as unit:
        with pytest.raises(RuntimeError, match="vault"):
            await unit.workers.by_identity("1")
    await bare.close()


async def test_twenty_units_at_once_count_to_twenty(database: Database) -> None:
    async def turn(number: int) -> None:
        async with database.unit() as unit:
            talk = await unit.conversations.of("telegram", "42", "zh_CN")
            talk.step += 1
            talk.state = {**talk.state, str(number): talk.step}
            await asyncio.sleep(0)
            await unit.conversations.write(talk)

    await asyncio.gather(*(turn(number) for number in range(20)))
    async with database.reading() as unit:
        talk = await unit.conversations.find("telegram", "42")
    assert talk is not None
    assert talk.step == 20
    assert sorted(talk.state.values()) == list(range(1, 21))


async def test_whoever_waits_longest_goes_first_and_nobody_overtakes() -> None:
    turnstile = Turnstile(1)
    order: list[str] = []

    async def turn(name: str, times: int) -> None:
        for _ in range(times):
            async with turnstile.pass_through():
                order.append(name)
                await asyncio.sleep(0)

    await asyncio.gather(turn("greedy", 3), turn("a", 1), turn("b", 1))
    assert order == ["greedy", "a", "b", "greedy", "greedy"]


async def test_nobody_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "PATIENCE", 0.01)
    turnstile = Turnstile(1)
    async with turnstile.pass_through():
        with pytest.raises(NoConnection):
            async with turnstile.pass_through():
                pytest.fail("two went through a turnstile for one")
    async with turnstile.pass_through():
        pass


async def test_two_databases_on_one_sqlite_file_write_in_turn(sqlite_url: str) -> None:
    archives = [Database(sqlite_url), Database(sqlite_url)]

    async def turn(number: int) -> None:
        async with archives[number % 2].unit() as unit:
            talk = await unit.conversations.of("telegram", "42", "zh_CN")
            talk.step += 1
            await unit.conversations.write(talk)

    await asyncio.gather(*(turn(number) for number in range(20)))
    async with archives[0].reading() as unit:
        talk = await unit.conversations.find("telegram", "42")
    assert talk is not None
    assert talk.step == 20
    for archive in archives:
        await archive.close()


async def test_sqlite_keeps_what_it_has_said_it_kept(sqlite_url: str) -> None:
    archive = Database(sqlite_url)
    settings = {}
    async with archive.unit() as unit:
        for pragma in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout"):
            settings[pragma] = await unit.connection.scalar(text(f"PRAGMA {pragma}"))
    await archive.close()
    full = 2
    assert settings == {
        "journal_mode": "wal",
        "synchronous": full,
        "foreign_keys": 1,
        "busy_timeout": 5000,
    }


async def test_postgres_ends_transactions_that_idle_for_a_minute(postgres_url: str) -> None:
    archive = Database(postgres_url)
    async with archive.unit() as unit:
        show = text("SHOW idle_in_transaction_session_timeout")
        assert await unit.connection.scalar(show) == "1min"
    await archive.close()


async def test_a_restarted_postgres_is_found_again(postgres_url: str) -> None:
    archive = Database(postgres_url, pool=3)

    async def backend() -> int:
        async with archive.unit() as unit:
            await asyncio.sleep(0.01)
            return await unit.connection.scalar(text("SELECT pg_backend_pid()")) or 0

    before = await asyncio.gather(backend(), backend(), backend())
    killer = Database(postgres_url, pool=1)
    async with killer.unit() as unit:
        for pid in before:
            await unit.connection.execute(text("SELECT pg_terminate_backend(:p)"), {"p": pid})
    await killer.close()
    await asyncio.sleep(0.1)  # the news has to arrive
    after = await asyncio.gather(backend(), backend(), backend())
    assert set(before).isdisjoint(after)
    await archive.close()


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite://", "sqlite:///:memory:"])
def test_an_archive_that_could_not_keep_its_promises_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="SQLite"):
        Database(url)


async def test_a_new_sqlite_file_is_made_by_migrating(tmp_path: Path) -> None:
    archive = Database(f"sqlite:///{tmp_path / 'new.db'}")
    await archive.migrate()
    await archive.migrate()
    assert await unions(archive) == 0
    await archive.close()
