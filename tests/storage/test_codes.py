"""Codes work once, for their kind, until they run out."""

import asyncio
from datetime import timedelta

from sqlalchemy import text

from storage.codes import ALPHABET
from storage.database import Database
from tests.clock import Clock

HOUR = timedelta(hours=1)


async def make(database: Database, kind: str = "device", typed: int = 0) -> str:
    async with database.unit() as unit:
        return await unit.codes.make(kind, 7, HOUR, conversation_id=3, typed=typed)


async def use(database: Database, secret: str, kind: str = "device") -> int | None:
    async with database.unit() as unit:
        return await unit.codes.use(kind, secret)


async def test_a_code_works_once(database: Database) -> None:
    secret = await make(database)
    assert await use(database, secret) == 7
    assert await use(database, secret) is None


async def test_of_many_at_once_one_gets_it(database: Database) -> None:
    secret = await make(database)
    answers = await asyncio.gather(*(use(database, secret) for _ in range(12)))
    assert sorted(answers, key=str) == [7] + [None] * 11


async def test_looking_does_not_use_it_up(database: Database, clock: Clock) -> None:
    secret = await make(database, "bank")
    for _ in range(2):
        async with database.reading() as unit:
            slip = await unit.codes.peek("bank", secret)
        assert slip is not None
        assert (slip.ref, slip.conversation_id) == (7, 3)
        assert slip.expires_at == clock.now() + HOUR
    assert await use(database, secret, "bank") == 7
    async with database.reading() as unit:
        assert await unit.codes.peek("bank", secret) is None


async def test_a_code_runs_out(database: Database, clock: Clock) -> None:
    secret = await make(database)
    clock.move(hours=1)
    async with database.reading() as unit:
        assert await unit.codes.peek("device", secret) is None
    assert await use(database, secret) is None


async def test_a_code_of_one_kind_is_none_of_another(database: Database) -> None:
    secret = await make(database, "officer")
    assert await use(database, secret, "device") is None
    assert await use(database, secret, "officer") == 7


async def test_a_typed_code_may_be_typed_carelessly(database: Database) -> None:
    secret = await make(database, typed=8)
    assert len(secret) == 8
    assert set(secret) <= set(ALPHABET)
    assert await use(database, f" {secret[:4].lower()}-{secret[4:]} ") == 7


async def test_revoked_codes_stop_working(database: Database) -> None:
    first = await make(database)
    async with database.unit() as unit:
        await unit.codes.revoke("device", 7)
    second = await make(database)
    assert [await use(database, first), await use(database, second)] == [None, 7]


async def test_the_archive_does_not_hold_the_secret(database: Database) -> None:
    secret = await make(database, typed=8)
    async with database.reading() as unit:
        row = (await unit.connection.execute(text("SELECT * FROM codes"))).one()
    assert secret not in "|".join(map(str, row))
