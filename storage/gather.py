"""Group commit: what waits is worked off together, one transaction for many.

Under load a transaction costs nearly the same for one row as for two hundred. There is no
artificial delay where somebody waits for the result: whoever comes alone is served alone.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

Item = TypeVar("Item")
Result = TypeVar("Result")


class Gatherer(Generic[Item, Result]):
    """Hands what waits to `work`, at most `most` at once, one batch after the other.

    `work` returns one result for each item, in order; a result that is an exception is raised
    to the one who put that item in. If `work` itself raises, the batch is run again one by
    one, so that a poison item fails alone; but when the database is away, all fail at once.

    With `pause` a batch waits so many seconds for company: for marks that are in no hurry.
    """

    def __init__(
        self,
        work: Callable[[list[Item]], Awaitable[Sequence[Result | Exception]]],
        most: int = 200,
        pause: float = 0.0,
    ) -> None:
        self._work = work
        self._most = most
        self._pause = pause
        self._waiting: deque[tuple[Item, asyncio.Future[Result]]] = deque()
        self._runner: asyncio.Task[None] | None = None
        self._closed = False

    async def put(self, item: Item) -> Result:
        """The result for this item. Whoever is cancelled before his batch began is left out."""
        if self._closed:
            raise RuntimeError("closed: nothing more is taken in")
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._runner is None or self._runner.done():
            self._runner = asyncio.create_task(self._run())
        return await future

    async def close(self) -> None:
        """Takes nothing more in, and works off what waits."""
        self._closed = True
        if self._runner is not None:
            await self._runner

    async def _run(self) -> None:
        try:
            if self._pause:
                await asyncio.sleep(self._pause)
            while batch := self._take():
                await self._serve(batch)
                # Those just served may come again into the next batch.
                await asyncio.sleep(self._pause)
        finally:
            for _, future in self._waiting:
                future.cancel()  # only when the loop itself is ending

    def _take(self) -> list[tuple[Item, asyncio.Future[Result]]]:
        batch: list[tuple[Item, asyncio.Future[Result]]] = []
        while self._waiting and len(batch) < self._most:
            item, future = self._waiting.popleft()
            if not future.done():
                batch.append((item, future))
        return batch

    async def _serve(self, batch: list[tuple[Item, asyncio.Future[Result]]]) -> None:
        try:
            results = await self._together([item for item, _ in batch])
            for (_, future), result in zip(batch, results, strict=True):
                if future.done():
                    continue
                if isinstance(result, Exception):
                    future.set_exception(result)
                else:
                    future.set_result(result)
        finally:
            for _, future in batch:
                future.cancel()  # has no effect on those who have their result

    async def _together(self, items: list[Item]) -> Sequence[Result | Exception]:
        try:
            results = await self._work(items)
            if len(results) != len(items):
                raise RuntimeError("one result is needed for each item")
            return results
        except Exception as error:  # handed to those who wait
            if len(items) == 1 or away(error):
                return [error] * len(items)
        return [(await self._together([item]))[0] for item in items]


def away(error: Exception) -> bool:
    """Whether the database is out of reach, so that trying each row alone would not help."""
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    return isinstance(error, (OSError, TimeoutError, OperationalError, NoConnection))
