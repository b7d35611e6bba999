"""An officer's queue with 20,000 open applications: the pages as a browser gets them.

Everything but the applications is the demonstration's; they lie in every step this officer acts
in, with and without a date, in the order of nobody.
"""

import random
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from pathlib import Path
from re import search
from typing import Any
from urllib.parse import urlencode

import asyncpg  # type: ignore[import-untyped]
import httpx
from pydantic import SecretStr
from sqlalchemy import insert

from admin.app import console
from bot.app import open_house
from bot.settings import Settings
from core.jurisdiction import Level, role_at
from core.stages import Manner
from handlers.office import Office
from storage.queue import Mark
from storage.tables import Application, Draft, Officer, Round, Worker

OPEN, TRIES = 20_000, 60
LOGIN = "kunming"  # the verifier of a prefecture, who acts in more steps than anybody
UNDATED, PILES, PERSONS, FEW = 0.3, 40, 4_000, 10
FIRST = 1_000_000  # ids from here on are ours
HERE = "http://127.0.0.1"


@dataclass(frozen=True)
class Step:
    """A step of a scheme in which this officer decides, one by one."""

    scheme_id: str
    version: str
    number: int
    facts: dict[str, Any]


def steps(office: Office, officer: Officer, level: Level) -> list[Step]:
    """Of as many schemes as there are, at most PILES; the first is its scheme's only one."""
    today, found = office.today(), []
    for scheme in office.schemes.in_force(today):
        asked = {
            fact: {"value": True, "origin": "worker", "on": today.isoformat()}
            for fact in scheme.asked
        }
        for number, stage in enumerate(scheme.stages):
            mine = role_at(stage, level) == officer.role
            if mine and stage.manner in (Manner.DECIDE, Manner.ENTER) and scheme.applied_for:
                found.append(Step(scheme.id, scheme.version, number, asked))
    alone = next(each for each in found if [a.scheme_id for a in found].count(each.scheme_id) == 1)
    found.remove(alone)
    return [alone, *found][:PILES]


async def fill(office: Office) -> tuple[Officer, str]:
    """OPEN applications before one officer, and the scheme that has only FEW of them."""
    chance, now, today = random.Random(5), office.now(), office.today()
    async with office.unit() as unit:
        officer = await unit.officers.by_login(LOGIN)
        assert officer is not None
        level = Level((await unit.unions.by_id(officer.union_id)).kind)
        below = sorted((await unit.unions.tree()).below(officer.union_id))
        write, places = unit.connection.execute, steps(office, officer, level)
        year = {"year": today.year, "opens": today, "closes": today + timedelta(days=20)}
        calls = [
            {**year, "id": FIRST + n, "scheme_id": each.scheme_id, "scheme_version": each.version}
            for n, each in enumerate(places)
        ]
        await write(insert(Round), [call | {"state": "reviewing"} for call in calls])
        name = office.vault.seal("何建华", "workers.name")
        people = [
            {"id": FIRST + n, "union_id": chance.choice(below), "name_sealed": name, "facts": {}}
            for n in range(PERSONS)
        ]
        await write(insert(Worker), people)
        for start in range(0, OPEN, 1_000):
            drafts, rows = [], []
            for n in range(start, start + 1_000):
                pile = 0 if n % (OPEN // FEW) == 0 else chance.randrange(1, len(places))
                step, person = places[pile], people[n % PERSONS]
                due = today + timedelta(days=chance.randint(-5, 40))
                drafts.append(
                    {
                        "id": FIRST + n,
                        "worker_id": person["id"],
                        "scheme_id": step.scheme_id,
                        "state": "sent",
                        "began_at": now,
                    }
                )
                rows.append(
                    {
                        "id": FIRST + n,
                        "number": f"B{n:011}",
                        "round_id": FIRST + pile,
                        "scheme_id": step.scheme_id,
                        "scheme_version": step.version,
                        "worker_id": person["id"],
                        "identity_index": f"{n % PERSONS:064x}",
                        "once_index": f"{n:064x}",
                        "draft_id": FIRST + n,
                        "base_union_id": person["union_id"],
                        "rank": n + 1,
                        "state": "in_stage",
                        "stage": step.number,
                        "stage_began": today,
                        "union_id": officer.union_id,
                        "due": None if chance.random() < UNDATED else due,
                        "year": today.year,
                        "amount_fen": 100_000,
                        "facts": step.facts,
                        "trace": [],
                        "submitted_at": now,
                    }
                )
            await write(insert(Draft), drafts)
            await write(insert(Application), rows)
    return officer, places[0].scheme_id


async def tidy(url: str) -> None:
    """What PostgreSQL does by itself after a while: without it no count is answered by an index."""
    if not url.startswith("postgres"):
        return
    connection = await asyncpg.connect(url)
    await connection.execute("VACUUM ANALYZE")
    await connection.close()


async def pages(office: Office, officer: Officer, rare: str) -> AsyncIterator[tuple[str, str]]:
    """How long each kind of page takes, as the browser of this officer asks for it.

    What our own process works is said too: others may use the same machine.
    """
    async with office.unit() as unit:
        secret, _ = await unit.officers.sign_in(officer)
    transport = httpx.ASGITransport(console(office))
    async with httpx.AsyncClient(transport=transport, base_url=HERE) as http:
        http.cookies.set("console", secret)
        first = await http.get("/console/queue")
        assert "20000" in first.text, "not everything lies before this officer"
        further = search(r'rel="next" href="([^"]+)"', first.text)
        scheme = search(r'<option value="([a-z][^"]+)"', first.text)
        assert further is not None
        assert scheme is not None
        chosen, last = {"scheme": scheme[1]}, {"after": str(Mark(None, OPEN - 60, FIRST + OPEN))}
        few = {"scheme": rare}
        for what, address in (
            ("the first page", "/console/queue"),
            ("the second", unescape(further[1])),
            ("the last", f"/console/queue?{urlencode(last)}"),
            ("one scheme", f"/console/queue?{urlencode(chosen)}"),
            (f"one with {FEW}", f"/console/queue?{urlencode(few)}"),
        ):
            took, worked = [], time.process_time()
            for _ in range(TRIES):
                began = time.perf_counter()
                answer = await http.get(address)
                took.append((time.perf_counter() - began) * 1000)
                assert 'class="line"' in answer.text, what
            worked = (time.process_time() - worked) * 1000 / TRIES
            yield what, f"p50 {sorted(took)[TRIES // 2]:.0f} ms, {worked:.0f} ms of processor"


async def measure(url: str, schemes: Path) -> Sequence[tuple[str, str]]:
    """What to print, for an empty database at this address."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            database_url=url,
            demo=True,
            secret_key=SecretStr("k" * 40),
            files=Path(folder) / "files",
            schemes=schemes,
        )
        async with open_house(settings) as house:
            officer, rare = await fill(house.office)
            await tidy(url)
            return [each async for each in pages(house.office, officer, rare)]
