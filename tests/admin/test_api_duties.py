"""The API for duties after an award and for objections written down: the pages' own rules."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from handlers.office import Office
from storage.tables import Application
from tests.admin.desk import Console
from tests.admin.test_api import V1, code, send
from tests.handlers.province import Day
from tests.handlers.test_duties import obliged
from tests.people import identity_number


@pytest.fixture
async def after(office: Office, day: Day) -> AsyncIterator[Console]:
    """A console of a province whose scheme asks for two things after the award."""
    there = await obliged(day)
    room = Console(there.office, there)
    await room.furnish()
    yield room
    await room.close()


async def awarded(console: Console) -> Application:
    running = await console.day.opens_round()
    application = await console.day.applies(running)
    await console.day.goes_to(6, running, application)
    return application


async def test_duties_are_listed_read_and_looked_at_like_on_the_page(after: Console) -> None:
    award = await awarded(after)
    office, stranger = await after.machine("office"), await after.machine("dali")
    (listed,) = (await office.get(f"{V1}/duties")).json()
    assert (listed["number"], listed["state"], listed["version"]) == (award.number, "open", 1)
    assert listed["name"] == "张*华"
    (duty,) = (await office.get(f"{V1}/applications/{award.number}/duties")).json()
    assert (duty["say"], duty["cite"], duty["may"]) == ("参加一次培训", "第八条", True)
    assert duty["reports"] == []
    assert (await stranger.get(f"{V1}/duties")).json() == []
    path = f"/duties/{duty['id']}/look"
    order: dict[str, Any] = {"look": "again", "version": 1, "note": "缺证明"}
    late = await send(office, path, order | {"due": str(after.office.today())})
    assert (late.status_code, code(late)) == (422, "Unreadable")
    for wrong in (order, {"look": "gone", "version": 1}, {"look": "let_go", "version": 1}):
        assert (await send(office, path, wrong)).status_code == 422
    nobody = await send(stranger, path, {"look": "fulfilled", "version": 1})
    assert (nobody.status_code, code(nobody)) == (403, "NotYours")
    due = str(after.office.today() + timedelta(days=10))
    asked = (await send(office, path, order | {"due": due})).json()
    assert (asked["answer_by"], asked["version"], asked["note"]) == (due, 2, "缺证明")
    stale = await send(office, path, {"look": "fulfilled", "version": 1})
    assert (stale.status_code, code(stale)) == (409, "AlreadyDecided")
    done = await send(office, path, {"look": "fulfilled", "version": 2})
    assert done.json()["state"] == "fulfilled"
    assert "已经完成" in (await after.day.told(award))[-1]
    auditor = await after.machine("auditor")
    assert (await auditor.get(f"{V1}/duties")).status_code == 200
    assert (await send(auditor, path, {"look": "fulfilled", "version": 3})).status_code == 403


async def test_an_objection_is_written_down_once_and_told_without_who_it_is(
    console: Console,
) -> None:
    running = await console.day.opens_round()
    application = await console.day.applies(running)
    await console.day.goes_to(1, running, application)
    notice = await console.day.posts("base", application)
    machine, stranger = await console.machine("base"), await console.machine("erhai")
    path = f"/notices/{notice.id}/objections"
    order: dict[str, Any] = {"number": application.number, "channel": "telephone"}
    order |= {"said_on": str(console.office.today()), "text": "证书不是今年拿到的"}
    unnamed = await send(machine, path, order)
    assert (unnamed.status_code, code(unnamed)) == (422, "Unreadable")
    order |= {"name": "李小明", "identity": identity_number(77), "contact": "13812345678"}
    assert (await send(machine, path, order | {"channel": "here"})).status_code == 422
    assert (await send(machine, path, order | {"said_on": "2020-01-01"})).status_code == 422
    assert (await send(stranger, path, order)).status_code == 403
    first, second = [await send(machine, path, order, key="call-0001") for _ in range(2)]
    assert (first.status_code, first.json()["state"]) == (201, "open")
    assert first.json() == second.json()
    assert not any(who in first.text for who in ("李小明", identity_number(77), "13812345678"))
    (listed,) = (await machine.get(f"{V1}/objections")).json()
    assert listed == first.json()
    async with console.office.reading() as unit:
        row = await unit.objections.by_id(listed["id"])
        assert (row.channel, row.recorded_by) == ("telephone", console.day.province["base"].id)
