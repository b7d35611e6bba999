"""Updates lie in the inbox before the channel hears that they have come."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from storage.database import Database
from storage.inbox import PAGE, InboxBook
from storage.tables import Inbox
from storage.vault import Vault, VaultError
from tests.clock import Clock


@pytest.fixture
async def inbox(database: Database, clock: Clock, vault: Vault) -> AsyncIterator[InboxBook]:
    book = InboxBook(database, clock.now, vault)
    yield book
    await book.close()


async def sealed(database: Database) -> list[bytes | None]:
    async with database.reading() as unit:
        rows = select(Inbox.raw_sealed).order_by(Inbox.id)
        return list((await unit.connection.execute(rows)).scalars())


async def test_an_update_is_stored_and_comes_out_as_it_was(inbox: InboxBook, clock: Clock) -> None:
    row = await inbox.store("telegram", "7", "telegram:42", b'{"text": "\\u0000"}')
    [waiting] = await inbox.pending("telegram:42")
    assert (waiting.id, waiting.channel, waiting.lane) == (row, "telegram", "telegram:42")
    assert (waiting.tried, waiting.at) == (0, clock.now())
    assert inbox.open(waiting) == b'{"text": "\\u0000"}'


async def test_what_lies_in_the_database_cannot_be_read(
    database: Database, inbox: InboxBook, vault: Vault
) -> None:
    await inbox.store("telegram", "7", "telegram:42", b"530102199001011234")
    [blob] = await sealed(database)
    assert blob
    assert b"530102" not in blob
    with pytest.raises(VaultError):
        vault.open_bytes(blob, "workers.identity")


async def test_a_repeated_update_is_stored_once(inbox: InboxBook) -> None:
    first = await inbox.store("telegram", "7", "telegram:42", b"once")
    assert first is not None
    assert await inbox.store("telegram", "7", "telegram:42", b"again") is None
    assert await inbox.store("web", "7", "web:42", b"another door") is not None
    [waiting] = await inbox.pending("telegram:42")
    assert inbox.open(waiting) == b"once"


async def test_repeats_within_one_batch_are_stored_once(inbox: InboxBook) -> None:
    numbers = [1, 2, 2, 3, 1]
    stores = [inbox.store("telegram", str(n), "telegram:42", b"-") for n in numbers]
    rows = await asyncio.gather(*stores)
    assert [row is None for row in rows] == [False, False, True, False, True]


async def test_two_processes_store_each_update_once_and_in_the_order_of_commit(
    database_url: str, database: Database, clock: Clock, vault: Vault
) -> None:
    other = Database(database_url, clock=clock.now)
    books = [InboxBook(each, clock.now, vault) for each in (database, other)]
    newest = 0

    async def store(number: int) -> int | None:
        nonlocal newest
        started_after = newest
        row = await books[number % 2].store("telegram", str(number // 2), "lane", b"-")
        if row is not None:
            assert row > started_after  # what was answered before lies below
            newest = max(newest, row)
        return row

    waiting = iter(range(400))

    async def client() -> list[int | None]:
        return [await store(number) for number in waiting]

    rows = [
        row for client_ in await asyncio.gather(*(client() for _ in range(20))) for row in client_
    ]
    await other.close()
    assert len([row for row in rows if row is not None]) == 200
    assert len(await books[0].pending("lane", limit=500)) == 200


async def test_the_lane_keeps_the_order_of_arrival(inbox: InboxBook) -> None:
    for number in (5, 3, 4):
        await inbox.store("telegram", str(number), "telegram:1", str(number).encode())
        await inbox.store("telegram", f"{number}0", "telegram:2", b"-")
    assert [inbox.open(row) for row in await inbox.pending("telegram:1")] == [b"5", b"3", b"4"]
    assert len(await inbox.pending("telegram:1", limit=2)) == 2
    assert len(await inbox.pending()) == 6


async def test_a_full_lane_does_not_crowd_out_the_lanes_that_are_read_with_it(
    inbox: InboxBook,
) -> None:
    for number in range(PAGE + 5):
        await inbox.store("telegram", str(number), "full", str(number).encode())
    await inbox.store("telegram", "last", "calm", b"-")
    full, calm, empty = await asyncio.gather(*map(inbox.waiting, ("full", "calm", "empty")))
    assert [inbox.open(row) for row in full] == [str(number).encode() for number in range(PAGE)]
    assert [row.lane for row in calm] == ["calm"]
    assert empty == []
    await inbox.done([row.id for row in full])
    assert len(await inbox.waiting("full")) == 5


async def test_lanes_with_something_to_do_are_named_longest_waiting_first(inbox: InboxBook) -> None:
    for number, lane in enumerate(["b", "a", "b", "c"]):
        await inbox.store("telegram", str(number), lane, b"-")
    assert await inbox.lanes() == ["b", "a", "c"]
    await inbox.done([row.id for row in await inbox.pending("a")])
    assert await inbox.lanes() == ["b", "c"]


async def test_what_has_waited_too_long_is_found(inbox: InboxBook, clock: Clock) -> None:
    await inbox.store("telegram", "1", "lane", b"-")
    clock.move(minutes=2)
    await inbox.store("telegram", "2", "lane", b"-")
    old = await inbox.pending(older_than=clock.now() - timedelta(minutes=1))
    assert [row.id for row in old] == [1]


async def test_what_is_done_is_forgotten_but_not_taken_twice(
    database: Database, inbox: InboxBook
) -> None:
    row = await inbox.store("telegram", "7", "lane", b"-")
    assert row is not None
    await asyncio.gather(inbox.done([row]), inbox.done([]))
    assert await inbox.pending() == []
    assert await sealed(database) == [None]
    assert await inbox.store("telegram", "7", "lane", b"-") is None


async def test_after_three_tries_an_update_is_parked(inbox: InboxBook) -> None:
    row = await inbox.store("telegram", "7", "lane", b"-")
    assert row is not None
    assert [await inbox.failed(row) for _ in range(3)] == [False, False, True]
    assert await inbox.pending() == []
    assert await inbox.failed(row) is False  # told once


async def test_the_sweep_keeps_seven_days_and_what_is_not_handled(
    inbox: InboxBook, clock: Clock
) -> None:
    rows = [await inbox.store("telegram", str(n), "lane", b"-") for n in range(4)]
    ids = [row for row in rows if row is not None]
    await inbox.done(ids[:1])
    for _ in range(3):
        await inbox.failed(ids[1])
    week = timedelta(days=7)
    clock.move(days=7)
    assert await inbox.sweep(clock.now() - week) == 0
    clock.move(seconds=1)
    assert await inbox.sweep(clock.now() - week) == 2
    assert [row.id for row in await inbox.pending()] == ids[2:]


async def test_an_id_is_never_given_twice(
    database: Database, inbox: InboxBook, clock: Clock
) -> None:
    for number in range(3):
        row = await inbox.store("telegram", str(number), "lane", b"-")
        assert row is not None
        await inbox.done([row])
    clock.move(days=30)
    await inbox.sweep(clock.now())
    assert await inbox.store("telegram", "9", "lane", b"-") == 4


async def test_what_cannot_be_stored_harms_nothing_else(
    database: Database, inbox: InboxBook
) -> None:
    stores = [inbox.store("telegram", number, "lane", b"-") for number in ("1", "\ud800", "2")]
    outcomes = await asyncio.gather(*stores, return_exceptions=True)
    assert isinstance(outcomes[1], Exception)
    assert [row.lane for row in await inbox.pending()] == ["lane", "lane"]
    async with database.unit() as unit:
        await unit.connection.execute(update(Inbox).values(state="done"))
