"""Group commit in itself: nobody waits longer than needed, nobody suffers for another."""

import asyncio
from collections.abc import Sequence

import pytest
from sqlalchemy.exc import DBAPIError, OperationalError

from storage.gather import Gatherer, away


class Counter:
    """Doubles numbers; a batch with a 13 in it fails."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.began = asyncio.Event()
        self.go = asyncio.Event()
        self.go.set()

    async def serve(self, numbers: list[int]) -> Sequence[int | Exception]:
        self.batches.append(numbers)
        self.began.set()
        await self.go.wait()
        if 13 in numbers:
            raise ValueError("unlucky")
        return [LookupError("zero") if number == 0 else number * 2 for number in numbers]


async def test_those_who_wait_together_are_served_together() -> None:
    counter = Counter()
    gatherer = Gatherer(counter.serve)
    assert await asyncio.gather(*map(gatherer.put, range(1, 6))) == [2, 4, 6, 8, 10]
    assert counter.batches == [[1, 2, 3, 4, 5]]


async def test_a_batch_has_a_limit_and_keeps_the_order() -> None:
    counter = Counter()
    gatherer = Gatherer(counter.serve, most=2)
    await asyncio.gather(*map(gatherer.put, range(1, 6)))
    assert counter.batches == [[1, 2], [3, 4], [5]]


async def test_whoever_comes_during_a_batch_is_in_the_next() -> None:
    counter = Counter()
    counter.go.clear()
    gatherer = Gatherer(counter.serve)
    first = asyncio.create_task(gatherer.put(1))
    await counter.began.wait()
    others = [asyncio.create_task(gatherer.put(number)) for number in (2, 3)]
    await asyncio.sleep(0)
    counter.go.set()
    assert await asyncio.gather(first, *others) == [2, 4, 6]
    assert counter.batches == [[1], [2, 3]]


async def test_one_refusal_is_told_to_one() -> None:
    outcomes = await asyncio.gather(
        *map(Gatherer(Counter().serve).put, (1, 0, 2)), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes] == [int, LookupError, int]


async def test_a_poison_item_fails_alone() -> None:
    counter = Counter()
    puts = map(Gatherer(counter.serve).put, (1, 13, 2))
    outcomes = await asyncio.gather(*puts, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [int, ValueError, int]
    assert counter.batches == [[1, 13, 2], [1], [13], [2]]


async def test_when_the_database_is_away_nobody_is_tried_alone() -> None:
    tries = 0

    async def serve(numbers: list[int]) -> Sequence[int | Exception]:
        nonlocal tries
        tries += 1
        raise ConnectionRefusedError

    gatherer = Gatherer(serve)
    outcomes = await asyncio.gather(*map(gatherer.put, range(9)), return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} == {ConnectionRefusedError}
    assert tries == 1


@pytest.mark.parametrize(
    ("error", "hopeless"),
    [
        (OperationalError("", {}, Exception()), True),
        (DBAPIError("", {}, Exception(), connection_invalidated=True), True),
        (DBAPIError("", {}, Exception()), False),
        (TimeoutError(), True),
        (ValueError(), False),
    ],
)
def test_a_broken_connection_is_told_from_a_poison_row(error: Exception, hopeless: bool) -> None:
    assert away(error) is hopeless


async def test_whoever_gives_up_before_his_batch_is_left_out() -> None:
    counter = Counter()
    gatherer = Gatherer(counter.serve)
    waiting = [asyncio.create_task(gatherer.put(number)) for number in (1, 2, 3)]
    await asyncio.sleep(0)
    waiting[1].cancel()
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    assert (outcomes[0], outcomes[2]) == (2, 6)
    assert counter.batches == [[1, 3]]


async def test_whoever_gives_up_during_his_batch_harms_nobody() -> None:
    counter = Counter()
    counter.go.clear()
    gatherer = Gatherer(counter.serve)
    waiting = [asyncio.create_task(gatherer.put(number)) for number in (1, 2)]
    await counter.began.wait()
    waiting[0].cancel()
    await asyncio.sleep(0)
    counter.go.set()
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    assert isinstance(outcomes[0], asyncio.CancelledError)
    assert outcomes[1] == 4


async def test_too_few_results_leave_nobody_waiting_for_ever() -> None:
    async def serve(numbers: list[int]) -> Sequence[int | Exception]:
        return numbers[:1]

    gatherer = Gatherer(serve)
    assert await asyncio.gather(*map(gatherer.put, (1, 2))) == [1, 2]


async def test_closing_works_off_what_waits() -> None:
    counter = Counter()
    gatherer = Gatherer(counter.serve, most=1)
    waiting = [asyncio.create_task(gatherer.put(number)) for number in (1, 2, 3)]
    await asyncio.sleep(0)
    await gatherer.close()
    assert [task.result() for task in waiting] == [2, 4, 6]
    with pytest.raises(RuntimeError):
        await gatherer.put(4)
