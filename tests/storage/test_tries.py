"""Wrong tries and the lock that follows them."""

import asyncio
from datetime import datetime, timedelta

import pytest

from core.errors import Locked
from storage.database import Database
from tests.clock import Clock


async def wrong(database: Database, key: str = "login:li", limit: int = 5) -> datetime | None:
    async with database.unit() as unit:
        return await unit.tries.wrong(key, limit=limit)


async def locked(database: Database, key: str = "login:li") -> bool:
    async with database.reading() as unit:
        try:
            await unit.tries.check(key)
        except Locked:
            return True
        return False


async def test_the_fifth_wrong_try_locks_for_an_hour(database: Database, clock: Clock) -> None:
    for _ in range(4):
        assert await wrong(database) is None
    assert not await locked(database)
    assert await wrong(database) == clock.now() + timedelta(hours=1)
    assert await locked(database)
    assert not await locked(database, "login:wang")
    clock.move(hours=1)
    assert not await locked(database)


async def test_the_refusal_says_until_when(database: Database, clock: Clock) -> None:
    until = await wrong(database, limit=1)
    async with database.reading() as unit:
        with pytest.raises(Locked) as refusal:
            await unit.tries.check("login:li")
    assert refusal.value.until == until == clock.now() + timedelta(hours=1)


async def test_after_a_served_lock_counting_begins_anew(database: Database, clock: Clock) -> None:
    for _ in range(5):
        await wrong(database)
    clock.move(hours=2)
    for _ in range(4):
        assert await wrong(database) is None
    assert await wrong(database) is not None


async def test_tries_during_a_lock_do_not_prolong_it(database: Database, clock: Clock) -> None:
    until = [await wrong(database) for _ in range(5)][-1]
    clock.move(minutes=30)
    assert await wrong(database) == until


async def test_a_right_try_clears_the_count(database: Database) -> None:
    for _ in range(4):
        await wrong(database)
    async with database.unit() as unit:
        await unit.tries.clear("login:li")
    assert await wrong(database) is None


async def test_wrong_tries_at_once_are_all_counted(database: Database) -> None:
    answers = await asyncio.gather(*(wrong(database, limit=20) for _ in range(20)))
    assert sum(answer is not None for answer in answers) == 1
