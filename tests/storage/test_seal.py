"""The chain over the acts: made afterwards, and broken by whatever is done to them."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import text

from storage.chain import ORIGIN
from storage.database import Database
from storage.seal import Fault, Head, Kind, Report, Sealer, verify
from tests.clock import Clock


async def act(database: Database, *numbers: int) -> None:
    async with database.unit() as unit:
        for number in numbers:
            await unit.acts.append("officer:3", "pass_on", f"application:{number}", stage=number)


async def meddle(database: Database, *statements: str) -> None:
    """What somebody does who has the database, but not the office."""
    async with database.unit() as unit:
        if not unit.postgres:
            statements = tuple(each.replace("::jsonb", "") for each in statements)
        for statement in statements:
            await unit.connection.execute(text(statement))


async def faults(database: Database, known: Head | None = None) -> list[Fault]:
    return list((await verify(database, known)).faults)


@pytest.fixture
async def sealed(database: Database) -> Database:
    """Nine acts, all sealed."""
    await act(database, *range(1, 10))
    assert await Sealer(database, chunk=4).seal() == 9
    return database


async def test_an_untouched_book_is_whole(sealed: Database) -> None:
    report = await verify(sealed)
    assert (report.acts, report.sealed, report.unsealed) == (9, 9, 0)
    assert report.head.seq == 9
    assert report.faults == ()


async def test_an_empty_book_is_whole(database: Database) -> None:
    assert await Sealer(database).seal() == 0
    assert await verify(database) == Report(0, 0, 0, ORIGIN, ())


async def test_new_acts_wait_for_their_seal(sealed: Database) -> None:
    before = (await verify(sealed)).head
    await act(sealed, 10, 11)
    report = await verify(sealed, before)
    assert (report.acts, report.unsealed, report.faults) == (11, 2, ())
    assert await Sealer(sealed).seal() == 2
    after = await verify(sealed, before)
    assert (after.sealed, after.head.seq, after.faults) == (11, 11, ())


@pytest.mark.parametrize(
    "change",
    [
        "who = 'officer:4'",
        "what = 'refuse'",
        "on_whom = 'application:99'",
        "detail = '{\"stage\": 0}'::jsonb",
        "at = '2026-03-10 02:00:01'",
    ],
)
async def test_an_altered_act_is_found(sealed: Database, change: str) -> None:
    await meddle(sealed, f"UPDATE acts SET {change} WHERE id = 5")
    assert await faults(sealed) == [Fault(Kind.ALTERED, 5, 5)]


async def test_an_altered_seal_is_found(sealed: Database) -> None:
    await meddle(sealed, f"UPDATE seals SET digest = '{'0' * 64}' WHERE seq = 5")
    assert await faults(sealed) == [Fault(Kind.ALTERED, 5, 5), Fault(Kind.ALTERED, 6, 6)]


async def test_a_deleted_act_is_found(sealed: Database) -> None:
    await meddle(sealed, "DELETE FROM acts WHERE id = 5")
    assert await faults(sealed) == [Fault(Kind.DELETED, 5, 5)]


async def test_an_act_deleted_with_its_seal_is_found(sealed: Database) -> None:
    await meddle(sealed, "DELETE FROM acts WHERE id = 5", "DELETE FROM seals WHERE seq = 5")
    assert await faults(sealed) == [Fault(Kind.GAP, 5)]


async def test_a_gap_closed_by_renumbering_is_found(sealed: Database) -> None:
    await meddle(sealed, "DELETE FROM acts WHERE id = 5", "DELETE FROM seals WHERE seq = 5")
    for seq in range(6, 10):
        await meddle(sealed, f"UPDATE seals SET seq = {seq - 1} WHERE seq = {seq}")
    assert await faults(sealed) == [Fault(Kind.ALTERED, 5, 6)]


async def test_reordered_acts_are_found(sealed: Database) -> None:
    await meddle(
        sealed,
        "UPDATE acts SET id = 1000 WHERE id = 4",
        "UPDATE acts SET id = 4 WHERE id = 5",
        "UPDATE acts SET id = 5 WHERE id = 1000",
    )
    assert await faults(sealed) == [Fault(Kind.ALTERED, 4, 4), Fault(Kind.ALTERED, 5, 5)]


async def test_reordered_seals_are_found(sealed: Database) -> None:
    await meddle(
        sealed,
        "UPDATE seals SET seq = 1000 WHERE seq = 4",
        "UPDATE seals SET seq = 4 WHERE seq = 5",
        "UPDATE seals SET seq = 5 WHERE seq = 1000",
    )
    found = await faults(sealed)
    assert Fault(Kind.ALTERED, 4, 5) in found
    assert Fault(Kind.ALTERED, 5, 4) in found


async def test_a_backdated_act_is_found_before_and_after_it_is_sealed(
    sealed: Database, clock: Clock
) -> None:
    clock.move(hours=1)
    await act(sealed, 10)
    await Sealer(sealed).seal()
    await meddle(
        sealed,
        "INSERT INTO acts (id, at, who, what, on_whom, detail) VALUES "
        "(11, '2026-03-10 02:00:00', 'officer:3', 'pass_on', 'application:7', '{}'::jsonb)",
    )
    assert await faults(sealed) == [Fault(Kind.INSERTED, 0, 11)]
    assert await Sealer(sealed).seal() == 1
    assert await faults(sealed) == [Fault(Kind.INSERTED, 11, 11)]


async def test_an_act_slipped_in_with_a_seal_is_found(sealed: Database) -> None:
    await meddle(
        sealed,
        "INSERT INTO acts (id, at, who, what, on_whom, detail) VALUES "
        "(50, '2026-03-10 02:00:00', 'officer:3', 'pass_on', 'application:7', '{}'::jsonb)",
        "UPDATE seals SET act_id = 50 WHERE seq = 5",
        "DELETE FROM acts WHERE id = 5",
    )
    assert await faults(sealed) == [Fault(Kind.ALTERED, 5, 50)]


async def test_a_cut_tail_is_found_by_the_known_head(sealed: Database) -> None:
    known = (await verify(sealed)).head
    await meddle(sealed, "DELETE FROM acts WHERE id > 6", "DELETE FROM seals WHERE seq > 6")
    assert await faults(sealed) == []
    assert await faults(sealed, known) == [Fault(Kind.TRUNCATED, 7)]


async def test_a_chain_made_anew_is_found_by_the_known_head(sealed: Database) -> None:
    known = (await verify(sealed)).head
    await meddle(sealed, "UPDATE acts SET who = 'officer:4' WHERE id = 2", "DELETE FROM seals")
    await Sealer(sealed).seal()
    assert await faults(sealed) == []
    assert await faults(sealed, known) == [Fault(Kind.REWRITTEN, 9, 9)]


async def test_an_act_committed_late_is_sealed_later(database: Database, clock: Clock) -> None:
    sealer = Sealer(database)
    await act(database, *range(1, 10))
    await meddle(database, "UPDATE acts SET id = 30 WHERE id = 4")  # 4 is not there yet
    assert await sealer.seal() == 9
    clock.move(seconds=59)
    await meddle(
        database,
        "INSERT INTO acts (id, at, who, what, on_whom, detail) VALUES "
        "(4, '2026-03-10 02:00:00', 'officer:3', 'pass_on', 'application:4', '{}'::jsonb)",
    )
    assert await sealer.seal() == 1
    report = await verify(database)
    assert (report.sealed, report.unsealed, report.head.seq, report.faults) == (10, 0, 10, ())


async def test_what_appears_much_later_is_sealed_by_the_daily_look(
    database: Database, clock: Clock
) -> None:
    sealer = Sealer(database)
    await act(database, 1, 2, 3)
    await meddle(database, "UPDATE acts SET id = 30 WHERE id = 2")
    for _ in range(3):
        await sealer.seal()
        clock.move(minutes=5)
    await meddle(database, "UPDATE acts SET id = 2 WHERE id = 3", "DELETE FROM seals WHERE seq = 3")
    assert await sealer.seal() == 0  # long settled: not looked at
    clock.move(days=1)
    assert await sealer.seal() == 2


async def test_several_sealers_make_one_chain(database: Database) -> None:
    await act(database, *range(200))
    sealers = [Sealer(database, chunk=7) for _ in range(4)]
    total = 0
    while sealed := sum(await asyncio.gather(*(sealer.seal() for sealer in sealers))):
        total += sealed
    report = await verify(database)
    assert (total, report.sealed, report.head.seq, report.faults) == (200, 200, 200, ())


async def test_acts_and_sealing_go_on_side_by_side(database: Database) -> None:
    sealer = Sealer(database, chunk=5)
    writing = asyncio.gather(*(act(database, number) for number in range(60)))
    while not writing.done():
        await sealer.seal()
    await writing
    await sealer.seal()
    report = await verify(database)
    assert (report.sealed, report.unsealed, report.faults) == (60, 0, ())


async def test_what_is_rolled_back_leaves_no_gap_in_the_chain(database: Database) -> None:
    await act(database, 1)
    with suppress(LookupError):
        async with database.unit() as unit:
            await unit.acts.append("officer:3", "pass_on", "application:2")
            raise LookupError
    await act(database, 3)
    await Sealer(database).seal()
    report = await verify(database)
    assert (report.sealed, report.head.seq, report.faults) == (2, 2, ())


async def test_acts_are_listed_by_what_they_were_done_to(database: Database, clock: Clock) -> None:
    await act(database, 7, 8)
    clock.move(minutes=1)
    async with database.unit() as unit:
        await unit.acts.append("calendar", "close", "application:7")
    async with database.reading() as unit:
        first, second = await unit.acts.of("application:7")
    assert (first.who, first.what, first.detail) == ("officer:3", "pass_on", {"stage": 7})
    assert (second.who, second.detail) == ("calendar", {})
    assert second.at - first.at == timedelta(minutes=1)
