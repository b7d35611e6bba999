"""Lanes keep one person's updates apart, here and among processes, with Redis and without."""

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from storage.locks import Lanes
from storage.redis_lanes import RedisLanes

NOBODY = "redis://127.0.0.1:1/0"


@pytest.fixture(params=["memory", "redis", "away"])
async def lanes(request: pytest.FixtureRequest) -> AsyncIterator[Lanes | RedisLanes]:
    """All kinds keep the same promise within one process."""
    if request.param == "memory":
        yield Lanes()
        return
    url = request.getfixturevalue("redis_url") if request.param == "redis" else NOBODY
    among = RedisLanes(url)
    yield among
    await among.close()


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    async with Redis.from_url(redis_url, decode_responses=True) as client:
        yield client


@pytest.fixture
async def processes(redis_url: str) -> AsyncIterator[list[RedisLanes]]:
    two = [RedisLanes(redis_url) for _ in range(2)]
    yield two
    for each in two:
        await each.close()


class Work:
    """Notes who is at work, and the most at a time."""

    def __init__(self) -> None:
        self.order: list[int] = []
        self.at_once = self.most = 0

    async def do(self, lanes: Lanes | RedisLanes, key: str, number: int) -> None:
        async with lanes.hold(key):
            self.at_once += 1
            self.most = max(self.most, self.at_once)
            self.order.append(number)
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            self.at_once -= 1


async def test_one_lane_is_worked_in_order_one_at_a_time(lanes: Lanes | RedisLanes) -> None:
    work = Work()
    await asyncio.gather(*(work.do(lanes, "telegram:1", number) for number in range(10)))
    assert work.order == list(range(10))
    assert work.most == 1


async def test_different_lanes_are_worked_side_by_side(lanes: Lanes | RedisLanes) -> None:
    inside = asyncio.Barrier(2)

    async def work(key: str) -> None:
        async with lanes.hold(key), asyncio.timeout(5):
            await inside.wait()

    await asyncio.gather(work("telegram:1"), work("telegram:2"))


async def test_a_lane_is_free_after_a_failure(lanes: Lanes | RedisLanes) -> None:
    with pytest.raises(LookupError):
        async with lanes.hold("telegram:1"):
            raise LookupError
    async with asyncio.timeout(5), lanes.hold("telegram:1"):
        pass


async def test_whoever_gives_up_waiting_leaves_the_lane_in_order(lanes: Lanes | RedisLanes) -> None:
    work = Work()
    async with lanes.hold("telegram:1"):
        waiting = [asyncio.create_task(work.do(lanes, "telegram:1", n)) for n in range(3)]
        await asyncio.sleep(0)
        waiting[1].cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    assert work.order == [0, 2]


async def test_lanes_that_nobody_uses_take_no_memory() -> None:
    lanes = Lanes()
    work = Work()
    await asyncio.gather(*(work.do(lanes, f"telegram:{n % 50}", n) for n in range(200)))
    assert not lanes._locks
    assert not lanes._users


async def test_two_processes_never_work_in_one_lane_together(processes: list[RedisLanes]) -> None:
    work = Work()
    turns = [work.do(processes[n % 2], "telegram:1", n) for n in range(8)]
    await asyncio.gather(*turns)
    assert sorted(work.order) == list(range(8))
    assert work.most == 1


async def test_a_lane_left_by_a_dead_process_is_free_after_its_lease(
    redis: Redis, processes: list[RedisLanes]
) -> None:
    await redis.set("huigong:lane:telegram:1", "somebody who died", px=120)
    async with asyncio.timeout(5), processes[0].hold("telegram:1"):
        assert await redis.get("huigong:lane:telegram:1") != "somebody who died"


async def test_a_lane_is_given_back_at_once(redis: Redis, processes: list[RedisLanes]) -> None:
    async with processes[0].hold("telegram:1"):
        assert 0 < await redis.pttl("huigong:lane:telegram:1") <= 30_000
    assert await redis.keys() == []


async def test_nobody_gives_back_the_lane_of_another(
    redis: Redis, processes: list[RedisLanes]
) -> None:
    async with processes[0].hold("telegram:1"):
        await redis.set("huigong:lane:telegram:1", "another")  # after our lease had run out
    assert await redis.get("huigong:lane:telegram:1") == "another"


async def test_whoever_works_longer_than_the_lease_keeps_the_lane(
    redis: Redis, redis_url: str
) -> None:
    lanes = RedisLanes(redis_url, lease=0.3)
    name = "huigong:lane:telegram:1"
    async with asyncio.timeout(5), lanes.hold("telegram:1"):
        left = before = await redis.pttl(name)
        while left <= before:  # until it has been renewed
            before, left = left, await redis.pttl(name)
            assert left > 0
    await lanes.close()


async def test_a_lost_lane_is_told(
    redis: Redis, redis_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    lanes = RedisLanes(redis_url, lease=0.03)
    async with asyncio.timeout(5), lanes.hold("telegram:1"):
        await redis.set("huigong:lane:telegram:1", "another")
        while "may work in it" not in caplog.text:
            await redis.ping()
    await lanes.close()
    assert "telegram:1" not in caplog.text  # an address belongs to a person


async def test_without_redis_work_goes_on_with_one_line_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    lanes = RedisLanes(NOBODY)
    work = Work()
    with caplog.at_level(logging.WARNING):
        await asyncio.gather(*(work.do(lanes, f"telegram:{n % 2}", n) for n in range(10)))
    assert len(work.order) == 10
    assert len([row for row in caplog.records if row.name == "storage.redis_lanes"]) == 1
    await lanes.close()


async def test_after_redis_was_away_it_is_asked_again(redis: Redis, redis_url: str) -> None:
    lanes = RedisLanes(redis_url)
    await redis.set("huigong:lane:telegram:1", "x", px=60_000)
    lanes._miss(ConnectionError())
    async with asyncio.timeout(5), lanes.hold("telegram:1"):
        assert await redis.get("huigong:lane:telegram:1") == "x"  # not asked
    lanes._away_until = 0.0
    await redis.delete("huigong:lane:telegram:1")
    async with lanes.hold("telegram:1"):
        assert await redis.exists("huigong:lane:telegram:1")
    await lanes.close()
