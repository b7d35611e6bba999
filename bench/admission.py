"""How many submissions a second one round takes: `python -m bench.admission [URL …]`.

Product code from `Admission.admit` down. Every fifth submission repeats an earlier one. At the
end the ranks must be exactly 1..N and N the number of different persons. `sqlite://` uses a file
of its own, `postgresql://…/name` makes a database beside `name` and drops it again.
"""

import asyncio
import itertools
import json
import random
import secrets
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import insert, make_url, select, text
from sqlalchemy.ext.asyncio import create_async_engine

from storage.admission import Admission, Ticket
from storage.database import Database, shanghai_now
from storage.engines import with_driver
from storage.tables import Application, Draft, Round, Union, Worker

DRAFTS = 100_000
FACTS = {
    name: {"value": value, "origin": "worker", "on": "2026-03-02"}
    for name, value in {
        "certificate.level": "技师",
        "certificate.trade": "电工",
        "certificate.issued": "2025-11-20",
        "employment.province": "云南省",
        "member.since": "2019-05-01",
        "award.before": False,
    }.items()
}
TRACE = [
    {"say": "持有高级工以上职业技能等级证书", "truth": "yes", "cite": f"第{n}条"} for n in range(6)
]


def ticket(round_id: int, person: int) -> Ticket:
    return Ticket(
        round_id=round_id,
        scheme_id="bench",
        scheme_version="2026-01-01",
        worker_id=person,
        identity_index=f"{person:064x}",
        once_index=f"{person:064x}",
        certificate_index=f"{person + 10**9:064x}",
        draft_id=person,
        base_union_id=1,
        accepting_union_id=None,
        year=2026,
        level="技师",
        trade="电工",
        amount_fen=200_000,
        facts=FACTS,
        trace=TRACE,
    )


async def prepare(database: Database, persons: int) -> int:
    """A union, `persons` workers with an open draft each, and a round with a place for each."""
    now = shanghai_now()
    worker = {"union_id": 1, "name_sealed": b"-", "facts": {}, "active": True}
    draft = {"scheme_id": "bench", "state": "open", "began_at": now}
    around = {"opens": date(now.year - 1, 1, 1), "closes": date(now.year + 1, 12, 31)}
    async with database.unit() as unit:
        write = unit.connection.execute
        await write(insert(Union), [{"id": 1, "code": "1", "name": "总工会", "kind": "union"}])
        for start in range(1, persons + 1, 10_000):
            ids = range(start, min(start + 10_000, persons + 1))
            await write(insert(Worker), [worker | {"id": n} for n in ids])
            await write(insert(Draft), [draft | {"id": n, "worker_id": n} for n in ids])
        call = {"id": 1, "scheme_id": "bench", "scheme_version": "2026-01-01", "year": 2026}
        await write(insert(Round), [call | around | {"places": persons}])
    return 1


def arrivals(persons: int) -> Iterator[int]:
    """Persons in order; every fifth submission is somebody's who was here before."""
    chance = random.Random(7)
    fresh = itertools.count(1)
    last = 1
    for turn in itertools.count(1):
        if turn % 5 == 0:
            yield chance.randint(max(1, last - 200), last)
        elif (last := next(fresh)) <= persons:
            yield last
        else:
            return


async def measure(url: str, clients: int, seconds: float) -> dict[str, Any]:
    """Submissions a second and their latency in ms, on an empty database at `url`."""
    database = Database(url)
    await database.migrate()
    round_id = await prepare(database, DRAFTS)
    admission = Admission(database, shanghai_now)
    persons = arrivals(DRAFTS)
    taken: list[float] = []
    seen: set[int] = set()
    stop = time.perf_counter() + seconds

    async def client() -> None:
        while (began := time.perf_counter()) < stop:
            person = next(persons)
            await admission.admit(ticket(round_id, person))
            seen.add(person)
            taken.append(time.perf_counter() - began)

    began = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(clients)))
    took = time.perf_counter() - began
    await admission.close()
    exact = await ranks_exact(database, len(seen))
    await database.close()
    taken.sort()
    return {
        "clients": clients,
        "per_second": round(len(taken) / took),
        "p50_ms": round(taken[len(taken) // 2] * 1000, 1),
        "p99_ms": round(taken[len(taken) * 99 // 100] * 1000, 1),
        "applications": len(seen),
        "ranks_exact": exact,
    }


async def ranks_exact(database: Database, persons: int) -> bool:
    """Ranks are 1..N without gap or repeat, and the counter says the same."""
    async with database.reading() as unit:
        ranks = (await unit.connection.execute(select(Application.rank))).scalars().all()
        counted = (await unit.connection.execute(select(Round.taken, Round.last_rank))).one()
    return sorted(ranks) == list(range(1, persons + 1)) and tuple(counted) == (persons, persons)


@asynccontextmanager
async def empty(url: str) -> AsyncIterator[str]:
    """The address of an empty database of the kind of `url`, gone afterwards."""
    if make_url(url).get_backend_name() == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{Path(folder) / 'bench.db'}"
        return
    name = f"bench_{secrets.token_hex(4)}"
    engine = create_async_engine(with_driver(url), isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name}"))
        yield make_url(url).set(database=name).render_as_string(hide_password=False)
        await connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    await engine.dispose()


async def run(url: str) -> None:
    for clients in (1, 16, 64):
        async with empty(url) as fresh:
            print(url, json.dumps(await measure(fresh, clients, 5)))  # noqa: T201


if __name__ == "__main__":
    for address in sys.argv[1:] or ["sqlite://"]:
        asyncio.run(run(address))
