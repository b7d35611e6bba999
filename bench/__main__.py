"""`make bench`: one table with what was measured, the goals beside it, in one run.

`python -m bench steps ack places judge library start queue` measures only the rows that are named.
`python -m bench year [N]` lives through a year with N applications (3,000, some minutes): it runs
only when it is named, and ends with 1 where a line of its table is wrong.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]

from bench import admission, first, library
from bench import audience as members
from bench.bot_api import TOKEN, BotApi
from bench.crowd import PATH, SECRET, Chatterer, Crowd, Guided, Load, script
from bench.finding import measure
from bench.processes import Running, free_port, running
from core.decision import decide
from core.periods import ANNOUNCED
from core.rules import Value
from storage import schemes

SERVER = os.environ.get("HUIGONG_TEST_POSTGRES_URL", "postgresql://root@127.0.0.1:5432/test")
SECONDS = 8.0
TALKS = 10_000
FOLDER = Path(__file__).resolve().parents[1] / "schemes"
TODAY = date(2026, 3, 10)
PERSON: dict[str, Value] = {
    "certificate": "技师",
    "certificate_date": date(2026, 1, 5),
    "union_member": True,
    "employment": "企业",
    "employer_in_yunnan": True,
    "employer_has_union": True,
    "trained_by": "工会",
    "certificate_online": True,
    "skill_subsidy_this_year": False,
    "skill_subsidy_other_trade": False,
    "skill_subsidy_not_higher": False,
}


def row(what: str, measured: str, goal: str = "") -> None:
    print(f"| {what:52} | {measured:44} | {goal:32} |", flush=True)  # noqa: T201


@asynccontextmanager
async def product(api: BotApi, url: str, *how: str) -> AsyncIterator[Running]:
    """The whole product in its own process, on an empty database with the demonstration."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        settings = {
            "HUIGONG_DATABASE_URL": url,
            "HUIGONG_FILES": str(Path(folder) / "files"),
            "HUIGONG_SECRET_KEY": "only for measuring, and for nothing else",
            "HUIGONG_DEMO": "true",
            "HUIGONG_PORT": str(port),
            "HUIGONG_TELEGRAM_API": f"http://127.0.0.1:{api.port}",
            "HUIGONG_TELEGRAM_TOKEN": TOKEN,
            "HUIGONG_TELEGRAM_SECRET": SECRET,
            "HUIGONG_TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{port}{PATH}",
            "HUIGONG_LOG_LEVEL": "ERROR",
        }
        async with running("bench.product", *how, port=port, settings=settings) as process:
            yield process


async def steps(databases: list[str]) -> None:
    async with BotApi().open() as api:
        port = free_port()
        where = (str(port), str(api.port))
        async with running("bench.echo", *where, port=port):
            echo = await Crowd(api, port, Chatterer).run(SECONDS)
        row("(a) bare aiogram echo, 40 at a time", told(echo))
        said = script(schemes.read(FOLDER), date.today())  # noqa: DTZ011
        for kind in databases:
            async with admission.empty(kind) as url, product(api, url) as process:
                await first.settled(process)
                load = await Crowd(api, process.port, lambda chat: Guided(chat, said)).run(SECONDS)
            ratio = load.per_second / echo.per_second
            goal = "≥ 0.5 × echo, ≥ 400/s" if "postgres" in kind else ""
            row(f"(a) guided steps, {name(kind)}", f"{told(load)}, {ratio:.2f} × echo", goal)


async def ack(databases: list[str]) -> None:
    async with BotApi().open() as api:
        for kind in databases:
            async with admission.empty(kind) as url, product(api, url, "asleep") as process:
                load = await posts(process.port, 100)
            row(f"(b) webhook acknowledged, {name(kind)}, 100 at a time", load, "≥ 3,000/s")


async def posts(port: int, at_a_time: int) -> str:
    """Updates a second that lie in the inbox and are acknowledged."""
    from aiohttp import ClientSession, TCPConnector

    from bench.crowd import HEADERS, numbers, said

    took: list[float] = []
    end = time.perf_counter() + SECONDS
    url = f"http://127.0.0.1:{port}{PATH}"
    async with ClientSession(connector=TCPConnector(limit=0), headers=HEADERS) as session:

        async def client(chat: int) -> None:
            while (began := time.perf_counter()) < end:
                body = {"update_id": next(numbers)} | said(chat, "技师证")
                async with session.post(url, json=body) as answer:
                    answer.raise_for_status()
                took.append(time.perf_counter() - began)

        await asyncio.gather(*(client(800_000_000 + each) for each in range(at_a_time)))
    took.sort()
    p50, p99 = took[len(took) // 2] * 1000, took[len(took) * 99 // 100] * 1000
    return f"{len(took) / SECONDS:,.0f}/s, p50 {p50:.0f} ms, p99 {p99:.0f} ms"


async def places(databases: list[str]) -> None:
    for kind in databases:
        found = {}
        for clients in (1, 64):
            async with admission.empty(kind) as url:
                found[clients] = await admission.measure(url, clients, 5)
        many, one = found[64], found[1]
        exact = "ranks 1…N" if many["ranks_exact"] else "RANKS WRONG"
        rate = f"{many['per_second']:,}/s, p99 {many['p99_ms']} ms, {exact}"
        times = many["per_second"] / max(one["per_second"], 1)
        row(f"(c) places, {name(kind)}, 64 clients, 20 % repeats", rate, "≥ 5,000/s, p99 < 50 ms")
        row(f"(c) the same, 1 client: {one['per_second']:,}/s", f"{times:.0f} × at 64", "≥ 5 ×")


async def judge(_: list[str]) -> None:
    catalogue = schemes.read(FOLDER)
    scheme, rounds = catalogue.on("yn-skill-upgrade-subsidy", TODAY), 5_000
    began = time.perf_counter()
    for _each in range(rounds):
        decide(scheme, PERSON, TODAY, ANNOUNCED)
    each = (time.perf_counter() - began) / rounds * 1e6
    row("(d) judging one person, with reasons", f"{each:.0f} µs")


async def whole(_: list[str]) -> None:
    library.measure(row)


async def start(databases: list[str]) -> None:
    for kind in databases:
        async with admission.empty(kind) as url:
            answered = await first.measure(url)
        took = f"{answered.greeted:.1f} s, {answered.processor:.1f} s of processor"
        row(f"(e) start to first answer, {name(kind)}", took, "< 5 s")
        row("(e) … to the answer in plain words", f"{answered.understood:.1f} s")
    async with BotApi().open() as api:
        async with admission.empty(databases[0]) as url, product(api, url) as process:
            said = script(schemes.read(FOLDER), date.today())  # noqa: DTZ011
            crowd = Crowd(api, process.port, lambda chat: Guided(chat, said), people=TALKS)
            load = await crowd.run(TALKS / 200, warm=0)
            memory = process.memory() / 1e6
        row(
            f"(e) memory after {TALKS:,} conversations begun",
            f"{memory:.0f} MB ({load.per_second * TALKS / 200:,.0f} turns)",
            "< 300 MB",
        )


def told(load: Load) -> str:
    lost = f", {load.lost} LOST" if load.lost else ""
    return f"{load.per_second:,.0f}/s, p50 {load.p50_ms:.0f} ms, p99 {load.p99_ms:.0f} ms{lost}"


def name(url: str) -> str:
    return "PostgreSQL" if url.startswith("postgres") else "SQLite"


async def there(url: str) -> bool:
    try:
        await (await asyncpg.connect(url, timeout=3)).close()
    except OSError:
        return False
    return True


async def finding(_: list[str]) -> None:
    measure.measure(row, FOLDER, schemes.read(FOLDER))


async def audience(databases: list[str]) -> None:
    for kind in databases:
        if name(kind) == "SQLite":  # so many members are kept in PostgreSQL
            continue
        async with admission.empty(kind) as url:
            async for what, measured, goal in members.rows(url, schemes.read(FOLDER), TODAY):
                row(what, measured, goal)


async def desk(databases: list[str]) -> None:
    from bench import queue  # the console and the doors, which the other rows do without

    for kind in databases:
        async with admission.empty(kind) as url:
            for what, took in await queue.measure(url, FOLDER):
                about = f"(g) queue of {queue.OPEN:,}, {name(kind)}: {what}"
                row(about, took, "p50 < 50 ms")


async def year(count: str = "3000") -> int:
    from bench import year_end  # what it needs reads the whole library

    return await year_end.measure(row, int(count))


ROWS: dict[str, Callable[[list[str]], Awaitable[None]]] = {
    "steps": steps,
    "ack": ack,
    "places": places,
    "judge": judge,
    "library": whole,
    "finding": finding,
    "start": start,
    "audience": audience,
    "queue": desk,
}


async def main(wanted: list[str]) -> int:
    if wanted[:1] == ["year"]:
        return 1 if await year(*wanted[1:]) else 0
    databases = ["sqlite:///bench.db"]
    if await there(SERVER):
        databases.insert(0, SERVER)
    else:
        row("PostgreSQL", f"none at {SERVER}: its rows are left out")
    for each in wanted or list(ROWS):
        await ROWS[each](databases)
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
