"""What an audience is chosen by follows the roster and the chats, whoever writes them."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from core.facts import noted
from storage.database import Database
from storage.known import coded
from storage.tables import Known
from storage.unit import Unit
from tests.people import a_talk, a_tree, a_worker

ON = date(2026, 3, 2)


def note(value: Any) -> dict[str, Any]:
    return noted(value, "worker", ON)


async def known(unit: Unit) -> list[tuple[dict[str, str], dict[str, str]]]:
    rows = await unit.connection.execute(select(Known.roster, Known.said).order_by(Known.worker_id))
    return [(roster, said) for roster, said in rows]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (True, "true"),
        (12, "#12"),
        (-3, "#-3"),
        ("1.5", "~1.5"),
        ("2026-01-05", "@2026-01-05"),
        ("20260105", "@2026-01-05"),
        ("2026-02-30", "=2026-02-30"),
        ("1E+3", "~1000"),
        ("1E+999999", "=1E+999999"),
        ("NaN", "=NaN"),
        ("技师", "=技师"),
        ("true", "=true"),
        (1.5, "?"),
        (None, "?"),
    ],
)
def test_a_coded_value_shows_what_it_is(value: Any, code: str) -> None:
    assert coded(value) == code


async def test_the_roster_writes_its_side(database: Database) -> None:
    async with database.unit() as unit:
        tree = await a_tree(unit)
        worker = await a_worker(unit, tree.base, sex=note("女"))
        assert await known(unit) == [({"sex": "=女"}, {})]
        worker.facts = {"union_member": note(True)}
        worker.union_id = tree.county.id
        await unit.workers.write(worker)
        assert await known(unit) == [({"union_member": "true"}, {})]
        assert await unit.connection.scalar(select(Known.union_id)) == tree.county.id
        worker.active = False
        await unit.workers.write(worker)
        assert await known(unit) == []


async def test_a_bound_chat_writes_the_other_side(database: Database) -> None:
    async with database.unit() as unit:
        tree = await a_tree(unit)
        worker = await a_worker(unit, tree.base, sex=note("女"))
        talk = await a_talk(unit)
        talk.facts = {"age": note(30)}
        await unit.conversations.write(talk)
        assert await known(unit) == [({"sex": "=女"}, {})]
        talk.worker_id = worker.id
        await unit.conversations.write(talk)
        assert await known(unit) == [({"sex": "=女"}, {"age": "#30"})]
    async with database.unit() as unit:
        talk = await unit.conversations.of("telegram", "42", "zh_CN")
        talk.facts = {**talk.facts, "born": note(date(1990, 1, 1))}
        await unit.conversations.write(talk)
        assert await known(unit) == [({"sex": "=女"}, {"age": "#30", "born": "@1990-01-01"})]


@pytest.mark.parametrize("how", ["unbound", "forgotten", "let_go"])
async def test_what_was_said_goes_with_the_binding(database: Database, how: str) -> None:
    async with database.unit() as unit:
        tree = await a_tree(unit)
        worker = await a_worker(unit, tree.base, sex=note("女"))
        talk = await a_talk(unit, worker=worker)
        talk.facts = {"age": note(30)}
        await unit.conversations.write(talk)
        if how == "unbound":
            await unit.workers.unbind(worker.id)
        elif how == "forgotten":
            await unit.privacy.erase(talk.id, worker.id)
        else:
            talk.worker_id = None
            await unit.conversations.write(talk)
        assert await known(unit) == [({"sex": "=女"}, {})]


async def test_an_address_led_to_the_members_chat_forgets_nothing(database: Database) -> None:
    async with database.unit() as unit:
        tree = await a_tree(unit)
        worker = await a_worker(unit, tree.base)
        older = await a_talk(unit, "1", worker=worker)
        older.facts = {"age": note(30)}
        await unit.conversations.write(older)
        talk = await a_talk(unit, "2")
        await unit.conversations.lead_to(talk, older.id)
        await unit.conversations.write(talk)
        assert await known(unit) == [({}, {"age": "#30"})]
        talk.facts = talk.facts | {"sex": note("女")}
        await unit.conversations.write(talk)
        assert await known(unit) == [({}, {"age": "#30", "sex": "=女"})]
