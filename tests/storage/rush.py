"""A round and the people who hurry to get a place in it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import insert, select

from storage.admission import Ticket
from storage.database import Database
from storage.tables import Application, Draft, Round, Union, Worker

SCHEME = "yn-skill-upgrade"


async def people(database: Database, number: int) -> None:
    """A union, and workers numbered from 1, each with an open draft of the same number."""
    union = {"id": 1, "code": "1", "name": "总工会", "kind": "union"}
    workers = [{"id": n, "union_id": 1, "name_sealed": b"-"} for n in range(1, number + 1)]
    async with database.unit() as unit:
        await unit.connection.execute(insert(Union), [union])
        await unit.connection.execute(insert(Worker), workers)
        drafts = [
            {"id": n, "worker_id": n, "scheme_id": SCHEME, "began_at": unit.now}
            for n in range(1, number + 1)
        ]
        await unit.connection.execute(insert(Draft), drafts)


async def open_round(database: Database, places: int, **other: Any) -> int:
    """A round of March 2026."""
    round_ = {
        "scheme_id": SCHEME,
        "scheme_version": "2026-01-01",
        "year": 2026,
        "opens": date(2026, 3, 1),
        "closes": date(2026, 3, 31),
        "places": places,
    }
    row = insert(Round).values(round_ | other).returning(Round.id)
    async with database.unit() as unit:
        return int((await unit.connection.execute(row)).scalar_one())


def ticket(round_id: int, person: int, **other: Any) -> Ticket:
    fields: dict[str, Any] = {
        "round_id": round_id,
        "scheme_id": SCHEME,
        "scheme_version": "2026-01-01",
        "worker_id": person,
        "identity_index": f"{person:064x}",
        "once_index": f"{person:064x}",
        "certificate_index": f"{person + 10_000:064x}",
        "draft_id": person,
        "base_union_id": 1,
        "accepting_union_id": None,
        "year": 2026,
        "level": "技师",
        "trade": "电工",
        "amount_fen": 200_000,
        "facts": {"certificate.level": {"value": "技师", "origin": "worker"}},
        "trace": [{"cite": "第五条"}],
    }
    return Ticket(**(fields | other))


async def applications(database: Database, round_id: int) -> Sequence[Any]:
    """In order of rank."""
    rows = select(*Application.__table__.c).where(Application.round_id == round_id)
    async with database.reading() as unit:
        return (await unit.connection.execute(rows.order_by(Application.rank))).all()


async def counter(database: Database, round_id: int) -> tuple[int, int]:
    """Places taken, and the last rank given."""
    row = select(Round.taken, Round.last_rank).where(Round.id == round_id)
    async with database.reading() as unit:
        taken, last_rank = (await unit.connection.execute(row)).one()
    return taken, last_rank


async def ask(database: Database, statement: Any) -> Any:
    async with database.reading() as unit:
        return (await unit.connection.execute(statement)).all()


async def change(database: Database, statement: Any) -> None:
    async with database.unit() as unit:
        await unit.connection.execute(statement)
