"""Timers: each fires once, in order, and nobody fires another's."""

import asyncio
from datetime import timedelta

from storage.database import Database
from storage.timers import Alarm
from tests.clock import Clock


async def due(database: Database, limit: int = 100) -> list[Alarm]:
    async with database.reading() as unit:
        return list(await unit.timers.due(limit))


async def test_a_timer_is_due_at_its_moment_and_not_before(
    database: Database, clock: Clock
) -> None:
    async with database.unit() as unit:
        await unit.timers.set("notice", 1, clock.now() + timedelta(days=5))
    clock.move(days=5, seconds=-1)
    assert await due(database) == []
    clock.move(seconds=1)
    assert [(each.kind, each.ref) for each in await due(database)] == [("notice", 1)]


async def test_after_days_of_standstill_each_fires_once_in_order(
    database: Database, clock: Clock
) -> None:
    async with database.unit() as unit:
        for ref in (3, 1, 2):
            await unit.timers.set("notice", ref, clock.now() + timedelta(hours=ref))
    clock.move(days=3)
    fired = []
    while alarms := await due(database, limit=2):
        async with database.unit() as unit:
            fired += [alarm.ref for alarm in alarms if await unit.timers.fire(alarm)]
    assert fired == [1, 2, 3]


async def test_setting_again_moves_the_timer_and_wakes_a_fired_one(
    database: Database, clock: Clock
) -> None:
    async with database.unit() as unit:
        await unit.timers.set("correction", 1, clock.now())
        [alarm] = await unit.timers.due()
        await unit.timers.set("correction", 1, clock.now() + timedelta(days=1))
        assert not await unit.timers.fire(alarm)  # it was moved meanwhile
    clock.move(days=1)
    for _ in range(2):
        async with database.unit() as unit:
            [alarm] = await unit.timers.due()
            assert await unit.timers.fire(alarm)
            assert not await unit.timers.fire(alarm)
            await unit.timers.set("correction", 1, clock.now())


async def test_a_cancelled_timer_never_fires(database: Database, clock: Clock) -> None:
    async with database.unit() as unit:
        await unit.timers.set("notice", 1, clock.now())
        await unit.timers.set("notice", 2, clock.now())
        await unit.timers.cancel("notice", 1)
    assert [each.ref for each in await due(database)] == [2]


async def test_a_handler_that_fails_leaves_its_timer(database: Database, clock: Clock) -> None:
    async with database.unit() as unit:
        await unit.timers.set("notice", 1, clock.now())
    try:
        async with database.unit() as unit:
            await unit.timers.fire((await unit.timers.due())[0])
            raise LookupError
    except LookupError:
        assert len(await due(database)) == 1


async def test_two_who_poll_at_once_fire_each_once(database: Database, clock: Clock) -> None:
    async with database.unit() as unit:
        for ref in range(20):
            await unit.timers.set("notice", ref, clock.now())

    async def work() -> list[int]:
        async with database.unit() as unit:
            alarms = await unit.timers.due(limit=10)
            await asyncio.sleep(0)
            return [alarm.ref for alarm in alarms if await unit.timers.fire(alarm)]

    mine, yours = await asyncio.gather(work(), work())
    assert sorted(mine + yours) == list(range(20))


async def test_on_postgres_nobody_waits_for_the_timers_another_has_taken(
    postgres_url: str, clock: Clock
) -> None:
    archive = Database(postgres_url, clock=clock.now)
    async with archive.unit() as unit:
        for ref in range(3):
            await unit.timers.set("notice", ref, clock.now())

    async def others() -> list[int]:
        async with archive.unit() as unit:
            return [alarm.ref for alarm in await unit.timers.due()]

    async with archive.unit() as unit:
        taken = [alarm.ref for alarm in await unit.timers.due(limit=2)]
        left = await asyncio.wait_for(asyncio.create_task(others()), timeout=5)
    assert (taken, left) == ([0, 1], [2])
    await archive.close()
