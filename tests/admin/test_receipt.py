"""A worker's receipt: his own case step by step, provable by anybody, and nobody else's data."""

import json

import pytest
from sqlalchemy import update

from admin.quiet import SECRET
from bot.proof import read_receipt
from core.errors import Unreadable
from handlers.record import address
from storage.receipts import still_there
from storage.seal import Sealer
from storage.tables import Act, Application
from tests.admin.desk import Console, text


@pytest.fixture
async def case(console: Console) -> Application:
    day = console.day
    running = await day.opens_round()
    application, another = await day.applies(running), await day.applies(running)
    await day.goes_to(2, running, application, another)
    await Sealer(console.office.database).seal()
    return application


def path(console: Console, case: Application) -> str:
    return address(console.office, case.id).removeprefix(console.office.public_url)


async def test_every_step_of_ones_own_case_and_nothing_else(
    console: Console, case: Application
) -> None:
    guest = await console.nobody()
    page = await guest.get(path(console, case))
    assert "已核对" in text(page)
    assert "通过" in text(page)
    assert await console.day.name(case) not in page.text
    told = (await guest.get(f"{path(console, case)}/file")).json()
    assert {line["act"]["on"] for line in told["lines"]} == {f"application:{case.id}"}


async def test_the_file_proves_itself_and_the_archive_bears_it_out(
    console: Console, case: Application
) -> None:
    guest = await console.nobody()
    lines = read_receipt((await guest.get(f"{path(console, case)}/file")).text)
    assert await still_there(console.office.database, lines) == []


async def test_an_altered_file_and_an_altered_archive_are_both_seen(
    console: Console, case: Application
) -> None:
    guest = await console.nobody()
    file = (await guest.get(f"{path(console, case)}/file")).text
    forged = json.loads(file)
    forged["lines"][0]["act"]["what"] = "pay"
    database = console.office.database
    wrong = await still_there(database, read_receipt(json.dumps(forged)))
    assert [line.seq for line in wrong] == [forged["lines"][0]["seq"]]

    async with database.unit() as unit:
        first = forged["lines"][0]["act"]["id"]
        await unit.connection.execute(update(Act).where(Act.id == first).values(who="officer:1"))
    assert "对不上" in text(await guest.get(path(console, case)))


@pytest.mark.parametrize("secret", ["1", "1-", "x-1", f"1-{'0' * 40}", f"{'9' * 30}-a", "é-1"])
async def test_an_address_nobody_was_given_shows_nothing(console: Console, secret: str) -> None:
    guest = await console.nobody()
    assert (await guest.get(f"/receipt/{secret}")).status_code == 404


@pytest.mark.parametrize("file", ["", "[]", "{}", '{"lines": []}', '{"lines": [1]}'])
def test_what_is_no_receipt_is_refused(file: str) -> None:
    with pytest.raises(Unreadable):
        read_receipt(file)


def test_the_address_is_kept_out_of_the_log(console: Console) -> None:
    assert SECRET.sub(r"\1…", "GET /receipt/7-abc/file") == "GET /receipt/…/file"
