"""Who may qualify among 1,000,000 members, and the same rules in OpenFisca-core beside it.

OpenFisca reckons over columns that lie in memory: it is told what it costs to read them from the
archive, where they have to come from, and what the reckoning alone takes.
"""

import asyncio
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import asyncpg  # type: ignore[import-untyped]
import orjson

from core.catalogue import Catalogue
from core.comparison import OneOf, Within
from core.periods import ANNOUNCED
from core.questions import Kind, Question
from core.rules import Condition, Rules
from core.scheme import Scheme
from core.verdict import judge, open_facts
from storage.database import Database
from storage.known import coded

MEMBERS, UNITS, PROFILES = 1_000_000, 5_000, 20_000
SCHEMES = ("yn-skill-upgrade-subsidy", "yn-unemployment-insurance-skill-subsidy")
MORE = 10  # facts that neither scheme asks for
KNOWN, CHATS = 0.95, 0.1  # of the facts; of the members have told more in a chat
OPENFISCA = os.environ.get("HUIGONG_BENCH_OPENFISCA", sys.executable)
TRIES = 9
NEVER = -30_000  # a day for those who have named none
Found = AsyncIterator[tuple[Scheme, tuple[float, int, int], dict[str, float] | None]]


def facts_of(scheme: Scheme, today: date) -> list[str]:
    """Every fact its conditions read."""
    return list(dict.fromkeys(open_facts(judge(scheme.eligibility, {}, today, ANNOUNCED))))


def answer(question: Question, chance: random.Random, today: date) -> Any:
    match question.answer:
        case Kind.YES_NO:
            return chance.random() < 0.8
        case Kind.CHOICE:
            return chance.choice(question.choices)
        case Kind.DATE:
            return (today - timedelta(days=chance.randint(0, 1_500))).isoformat()
        case Kind.TEXT:
            return "电工"
    return chance.randint(0, 60)


def profiles(asked: dict[str, Question], today: date) -> list[tuple[str, str]]:
    """What the roster and what a chat knows of a person, as the archive keeps it."""
    chance = random.Random(7)
    found = []
    for _ in range(PROFILES):
        person = {f: coded(answer(q, chance, today)) for f, q in asked.items()}
        told = {f: value for f, value in person.items() if chance.random() < KNOWN}
        late = list(told)[::3] if chance.random() < CHATS else []
        said = {f: told.pop(f) for f in late}
        found.append((orjson.dumps(told).decode(), orjson.dumps(said).decode()))
    return found


async def fill(url: str, people: list[tuple[str, str]]) -> None:
    """A province of base units and their members, all of them invented."""
    chance = random.Random(8)
    connection = await asyncpg.connect(url)
    write = connection.copy_records_to_table
    bodies = [(1, "p", "总工会", "", "province", None, "")]
    bodies += [(n, str(n), "工会", "", "base_unit", 1, "") for n in range(2, UNITS + 2)]
    await write("unions", records=bodies)
    for start in range(1, MEMBERS + 1, 50_000):
        units = {n: n % UNITS + 2 for n in range(start, start + 50_000)}
        roster = [(n, unit, b"-", "{}", True) for n, unit in units.items()]
        columns = ["id", "union_id", "name_sealed", "facts", "active"]
        await write("workers", records=roster, columns=columns)
        rows = [(n, unit, *chance.choice(people)) for n, unit in units.items()]
        await write("known", records=rows)
    await connection.execute("VACUUM ANALYZE known")
    await connection.close()


async def ours(database: Database, scheme: Scheme, today: date) -> tuple[float, int, int]:
    """Seconds (median) to count the whole province by base unit, and what was counted."""
    took = []
    for _ in range(TRIES):
        began = time.perf_counter()
        async with database.reading() as unit:
            sizes = await unit.audience.sizes(scheme, today, ANNOUNCED)
        took.append(time.perf_counter() - began)
    surely = sum(size.surely for size in sizes.values())
    return sorted(took)[TRIES // 2], surely, sum(size.possibly for size in sizes.values())


def tree(rule: Condition | Rules, scheme: Scheme, today: date) -> dict[str, Any]:
    """The rules as plain JSON, for a process that knows nothing of ours."""
    if isinstance(rule, Rules):
        groups = {"all": rule.all, "any": rule.any, "none": rule.none}
        return {k: [tree(part, scheme, today) for part in parts] for k, parts in groups.items()}
    shape = rule.test(today)
    question = scheme.asked[rule.fact]
    match shape:
        case OneOf(values):
            good = [coded(value) for value in question.values if value in values]
            return {"fact": rule.fact, "in": good}
        case Within(low, high, over, under):
            bounds = {"low": low, "high": high}
            told = {name: str(bound) for name, bound in bounds.items() if bound is not None}
            return {"fact": rule.fact, "over": over, "under": under, **told}


def columns(scheme: Scheme, today: date) -> dict[str, list[str] | str]:
    """Each fact of the scheme with its answers, or with its kind."""
    asked = {fact: scheme.asked[fact] for fact in facts_of(scheme, today)}
    return {f: [coded(v) for v in q.values] or q.answer.value for f, q in asked.items()}


def as_number(fact: str, answers: list[str] | str) -> str:
    """The column as OpenFisca's arrays want it: the number of the answer, days since 1970."""
    value = f"coalesce(roster ->> '{fact}', said ->> '{fact}')"
    if isinstance(answers, list):
        listed = ", ".join(f"'{answer}'" for answer in answers)
        return f"coalesce(array_position(ARRAY[{listed}], {value}), 0)"
    if answers == Kind.DATE:
        return f"coalesce(substr({value}, 2)::date - date '1970-01-01', {NEVER})"
    return f"coalesce(substr({value}, 2), 'nan')"


async def theirs(url: str, scheme: Scheme, today: date) -> dict[str, float] | None:
    """Seconds that reading, handing over and reckoning take; None where there is no OpenFisca."""
    if sys.executable == OPENFISCA and find_spec("openfisca_core") is None:
        return None
    facts = columns(scheme, today)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "members"
        began = time.perf_counter()
        connection = await asyncpg.connect(url)
        each = ", ".join(as_number(fact, answers) for fact, answers in facts.items())
        query = f"SELECT {each} FROM known"  # our own words: no value of anybody's
        await connection.copy_from_query(query, output=file, delimiter=" ")
        await connection.close()
        reading = time.perf_counter() - began
        order: dict[str, Any] = {"tree": tree(scheme.eligibility, scheme, today), "facts": facts}
        order |= {"day": today.isoformat(), "tries": TRIES}
        script = str(Path(__file__).with_name("in_openfisca.py"))
        piped = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            OPENFISCA, script, str(file), stdin=piped, stdout=piped
        )
        told, _ = await process.communicate(json.dumps(order).encode())
    if process.returncode:
        raise RuntimeError(f"openfisca-core failed under {OPENFISCA}")
    found: dict[str, float] = json.loads(told)
    return found | {"read": reading + found["parse"]}


async def measure(
    url: str, schemes: Sequence[Scheme], asked: dict[str, Question], today: date
) -> Found:
    """For each scheme what we took and what OpenFisca took, over the same members."""
    database = Database(url)
    await database.migrate()
    await fill(url, profiles(asked, today))
    for scheme in schemes:
        yield scheme, await ours(database, scheme, today), await theirs(url, scheme, today)
    await database.close()


async def rows(url: str, catalogue: Catalogue, today: date) -> AsyncIterator[tuple[str, str, str]]:
    """What to print: ours, theirs from the archive, and theirs from memory."""
    schemes = [catalogue.on(each, today) for each in SCHEMES]
    asked = {f: each.asked[f] for each in schemes for f in facts_of(each, today)}
    plain = (each.asked.items() for each in catalogue.known(today))
    more = [(f, q) for items in plain for f, q in items if f not in asked and not q.sensitive]
    async for scheme, (took, *counts), other in measure(
        url, schemes, asked | dict(more[:MORE]), today
    ):
        surely, possibly = counts
        what = f"{took:.2f} s: {surely:,} surely, {possibly:,} possibly"
        yield f"(f) audience among {MEMBERS:,}, {scheme.id[3:27]}", what, "< 2 s"
        if other is None:
            missing = "name its Python in HUIGONG_BENCH_OPENFISCA"
            yield "(f) the same in OpenFisca-core", missing, ""
            continue
        alike = "the same people" if [other["surely"], other["possibly"]] == counts else "OTHERS"
        reckoned = other["hand"] + other["reckon"]
        whole = other["read"] + reckoned
        yield "(f) the same in OpenFisca-core", f"{whole:.2f} s, {alike}", "not faster"
        yield "(f) of that, once its columns lie in memory", f"{reckoned:.2f} s", ""
