"""The limiter, with a clock of its own: no test waits for time."""

import asyncio
import heapq
from collections.abc import AsyncIterator, Callable
from itertools import count
from typing import Any

import pytest
from redis.asyncio import Redis
from telegram.error import RetryAfter

from bot.telegram.halts import RedisHalts
from bot.telegram.limiter import Limiter, seconds_of
from tests.telegram_api import Refusal
from tests.telegram_flood import Flood


class Timers:
    """A clock and the alarms set on it."""

    def __init__(self) -> None:
        self.time = 1000.0
        self.numbers = count()
        self.alarms: list[tuple[float, int, Callable[[], None]]] = []
        self.cancelled: set[int] = set()

    def now(self) -> float:
        return self.time

    def later(self, seconds: float, ring: Callable[[], None]) -> "Alarm":
        number = next(self.numbers)
        heapq.heappush(self.alarms, (self.time + seconds, number, ring))
        return Alarm(self, number)

    async def move(self, seconds: float) -> None:
        """Passes time, ringing every alarm at its own hour."""
        until = self.time + seconds
        await settle()
        while self.alarms and self.alarms[0][0] <= until:
            self.time, number, ring = heapq.heappop(self.alarms)
            if number not in self.cancelled:
                ring()
                await settle()
        self.time = until


class Alarm:
    def __init__(self, timers: Timers, number: int) -> None:
        self.timers, self.number = timers, number

    def cancel(self) -> None:
        self.timers.cancelled.add(self.number)


async def settle() -> None:
    """Lets every task go as far as it can."""
    for _ in range(20):
        await asyncio.sleep(0)


class Office:
    """Sends through a limiter to a Telegram that counts."""

    def __init__(self, timers: Timers, limiter: Limiter, flood: Flood | None = None) -> None:
        self.timers, self.limiter = timers, limiter
        self.flood = flood or Flood(timers.now, overall=30)
        self.sent: list[tuple[float, int, int]] = []
        self.tasks: list[asyncio.Task[Any]] = []

    def send(self, chat: int, priority: int = 0) -> "asyncio.Task[Any]":
        async def call() -> bool:
            try:
                self.flood.check(chat)
            except Refusal as no:
                raise RetryAfter(no.retry_after) from None
            self.sent.append((self.timers.now(), chat, priority))
            return True

        data = {"chat_id": chat}
        request = self.limiter.process_request(call, (), {}, "sendMessage", data, priority or None)
        self.tasks.append(asyncio.create_task(request))
        return self.tasks[-1]

    @property
    def chats(self) -> list[int]:
        return [chat for _, chat, _ in self.sent]


@pytest.fixture
def timers() -> Timers:
    return Timers()


@pytest.fixture
async def office(timers: Timers) -> AsyncIterator[Office]:
    office = Office(timers, Limiter(now=timers.now, later=timers.later))
    yield office
    await office.limiter.shutdown()
    await asyncio.gather(*office.tasks, return_exceptions=True)


async def test_a_hundred_people_are_told_in_order_and_telegram_never_has_to_refuse(
    timers: Timers, office: Office
) -> None:
    for chat in range(1, 101):
        office.send(chat)
    await settle()
    assert office.chats == list(range(1, 31))
    await timers.move(4)
    assert office.chats == list(range(1, 101))
    assert 3 <= office.sent[-1][0] - office.sent[0][0] < 3.5


async def test_one_person_hears_a_short_burst_and_then_one_message_a_second(
    timers: Timers, office: Office
) -> None:
    for _ in range(6):
        office.send(7)
    await timers.move(10)
    times = [round(at - 1000) for at, _, _ in office.sent]
    assert times == [0, 0, 0, 1, 2, 3]


async def test_a_person_who_is_told_too_much_holds_nobody_up(
    timers: Timers, office: Office
) -> None:
    for _ in range(6):
        office.send(7)
    office.send(8)
    await settle()
    assert office.chats == [7, 7, 7, 8]


async def test_a_group_hears_twenty_messages_a_minute(timers: Timers, office: Office) -> None:
    for _ in range(20):
        await office.send(-5)
    with pytest.raises(RetryAfter) as refused:
        await office.send(-5)
    assert 60 <= seconds_of(refused.value) <= 64
    await timers.move(64)
    assert await office.send(-5)


async def test_conversations_go_first_and_bulk_leaves_them_room(
    timers: Timers, office: Office
) -> None:
    for chat in range(1, 101):
        office.send(chat, priority=2)
    await settle()
    assert len(office.sent) == 25
    for chat in range(201, 206):
        office.send(chat)
    await settle()
    assert office.chats[25:] == [201, 202, 203, 204, 205]
    for chat in range(301, 331):
        office.send(chat, priority=1)
    await timers.move(1.1)
    assert office.chats[30:60] == list(range(301, 331))
    await timers.move(10)
    assert sorted(office.chats[60:]) == list(range(26, 101))


async def test_after_a_429_nobody_says_anything_until_its_time_is_over(
    timers: Timers, office: Office
) -> None:
    office.flood.overall = 3
    first = [office.send(chat) for chat in (1, 2, 3, 4)]
    await settle()
    assert [task.done() for task in first] == [True] * 4
    with pytest.raises(RetryAfter):
        first[3].result()
    office.flood.overall = 30
    waiting = office.send(5)
    await settle()
    assert not waiting.done()
    assert office.limiter.silent_for() == 1
    await timers.move(1.1)
    assert office.chats == [1, 2, 3, 5]


async def test_a_halt_is_not_ended_by_a_shorter_one_or_by_a_call_that_went_well(
    timers: Timers, office: Office
) -> None:
    office.limiter.halt(5)
    office.limiter.halt(1)
    waiting = office.send(7)
    await timers.move(4.9)
    assert office.sent == []
    await timers.move(0.2)
    assert waiting.done()


async def test_a_long_halt_sends_the_message_back_to_the_outbox_at_once(
    timers: Timers, office: Office
) -> None:
    waiting = office.send(7)
    await settle()
    office.limiter.halt(35)
    refused = office.send(8)
    await settle()
    assert waiting.result()
    assert seconds_of(refused.exception()) == 35  # type: ignore[arg-type]


async def test_calls_that_are_no_messages_wait_for_nothing_but_a_halt(
    timers: Timers, office: Office
) -> None:
    async def call() -> bool:
        return True

    for _ in range(100):
        assert await office.limiter.process_request(call, (), {}, "getFile", {}, None)
    office.limiter.halt(3)
    with pytest.raises(RetryAfter):
        await office.limiter.process_request(call, (), {}, "getFile", {}, None)


async def test_a_cancelled_message_takes_nobodys_turn(timers: Timers, office: Office) -> None:
    for chat in range(1, 31):
        office.send(chat)
    doomed, next_one = office.send(31), office.send(32)
    await settle()
    doomed.cancel()
    await timers.move(1.1)
    assert office.chats[30:] == [32]
    assert next_one.result()


async def test_whoever_waits_at_the_end_is_sent_back(timers: Timers, office: Office) -> None:
    for _ in range(4):
        office.send(7)
    await settle()
    await office.limiter.shutdown()
    await settle()
    assert isinstance(office.tasks[3].exception(), RetryAfter)


async def test_thousands_of_chats_are_forgotten_again(timers: Timers) -> None:
    limiter = Limiter(overall=100_000, now=timers.now, later=timers.later)
    office = Office(timers, limiter, Flood(timers.now, overall=100_000))
    for chat in range(1, 10_003):
        await office.send(chat)
        if chat == 10_000:
            await timers.move(60)
    assert len(limiter._chats) == 2


async def test_processes_hear_of_a_halt_through_redis(timers: Timers, redis_url: str) -> None:
    async with Redis.from_url(redis_url) as redis:
        first = Office(timers, Limiter(halts=RedisHalts(redis, 1), now=timers.now))
        second = Office(timers, Limiter(halts=RedisHalts(redis, 1), now=timers.now))
        another_bot = Office(timers, Limiter(halts=RedisHalts(redis, 2), now=timers.now))
        first.flood.overall = 0
        first.flood.all.append(timers.now() + 29)
        with pytest.raises(RetryAfter):
            await first.send(7)
        with pytest.raises(RetryAfter) as refused:
            await second.send(8)
        assert 29 <= seconds_of(refused.value) <= 31
        assert second.sent == []
        assert await another_bot.send(9)


async def test_a_missing_redis_only_costs_the_exchange(timers: Timers) -> None:
    async with Redis.from_url("redis://127.0.0.1:1/0") as redis:
        office = Office(timers, Limiter(halts=RedisHalts(redis, 1), now=timers.now))
        assert await office.send(7)
        await RedisHalts(redis, 1).halt(5)
        assert await RedisHalts(redis, 1).left() == 0
