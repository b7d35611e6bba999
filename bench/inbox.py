"""How many updates a second lie durably in the inbox: `python -m bench.inbox [URL …]`."""

import asyncio
import itertools
import json
import sys
import time
from typing import Any

from bench.admission import empty
from storage.database import Database, shanghai_now
from storage.inbox import InboxBook
from storage.vault import Vault

RAW = json.dumps({"message": {"text": "我想申请技能提升补助" * 20}}).encode()


async def measure(url: str, clients: int, seconds: float) -> dict[str, Any]:
    """Updates a second and their latency in ms, on an empty database at `url`."""
    database = Database(url)
    await database.migrate()
    inbox = InboxBook(database, shanghai_now, Vault("only for measuring, and for nothing else"))
    numbers = itertools.count(1)
    taken: list[float] = []
    stop = time.perf_counter() + seconds

    async def client() -> None:
        while (began := time.perf_counter()) < stop:
            number = next(numbers)
            await inbox.store("telegram", str(number), f"telegram:{number % 999}", RAW)
            taken.append(time.perf_counter() - began)

    began = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(clients)))
    took = time.perf_counter() - began
    await inbox.close()
    await database.close()
    taken.sort()
    return {
        "clients": clients,
        "per_second": round(len(taken) / took),
        "p50_ms": round(taken[len(taken) // 2] * 1000, 1),
        "p99_ms": round(taken[len(taken) * 99 // 100] * 1000, 1),
    }


async def run(url: str) -> None:
    for clients in (1, 100):
        async with empty(url) as fresh:
            print(url, json.dumps(await measure(fresh, clients, 5)))  # noqa: T201


if __name__ == "__main__":
    for address in sys.argv[1:] or ["sqlite://"]:
        asyncio.run(run(address))
