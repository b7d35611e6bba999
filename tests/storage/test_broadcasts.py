"""One message to many: everybody once, stopped at once, taken up where it was left."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from storage import recipients
from storage.broadcasts import Progress
from storage.database import Database
from storage.mailing import Mailing
from storage.tables import Address, Delivery, Union, Worker
from tests.clock import Clock
from tests.storage.rush import ask, change
from tests.storage.test_outbox import chat, lines

BODIES = {"zh_CN": {"text": "公示"}, "en": {"text": "Notice"}}


@pytest.fixture
async def mailing(database: Database, clock: Clock) -> AsyncIterator[Mailing]:
    office = Mailing(database, clock.now)
    yield office
    await office.close()


@pytest.fixture
async def unions(database: Database) -> None:
    """1 is above 2, 2 above 3; 4 stands alone."""
    rows = [(1, None), (2, 1), (3, 2), (4, None)]
    async with database.unit() as unit:
        for number, above in rows:
            row = {"id": number, "code": str(number), "name": "工会", "kind": "union"}
            await unit.connection.execute(insert(Union), [row | {"parent_id": above}])


async def member(database: Database, union: int, *doors: str, **other: Any) -> int:
    """A worker of this union who talks through these doors; the conversation."""
    talk = await chat(database, *doors, **other)
    async with database.unit() as unit:
        worker = insert(Worker).returning(Worker.id)
        row = {"union_id": union, "name_sealed": b"-"}
        number = (await unit.connection.execute(worker, row)).scalar_one()
        found = await unit.conversations.by_id(talk)
        assert found
        found.worker_id = number
        await unit.conversations.write(found)
    return talk


async def start(database: Database, *unions: int, key: str = "notice:1", **other: Any) -> int:
    async with database.unit() as unit:
        return await unit.broadcasts.start(key, BODIES, unions=unions, **other)


async def fill(mailing: Mailing) -> int:
    """All pieces; how many they were."""
    pieces = 0
    while await mailing.fill():
        pieces += 1
    return pieces


async def drain(mailing: Mailing, limit: int = 30) -> list[str]:
    """Sends everything that is due; the addresses in the order of sending."""
    sent = []
    while parcels := await mailing.claim("telegram", limit):
        await asyncio.gather(*(mailing.sent(parcel.id, "m") for parcel in parcels))
        sent += [parcel.address for parcel in parcels]
    return sent


async def progress(database: Database, broadcast: int) -> Progress | None:
    async with database.reading() as unit:
        return await unit.broadcasts.progress(broadcast)


async def test_members_of_a_union_and_of_all_below_it_are_told(
    unions: None, database: Database, mailing: Mailing
) -> None:
    for union in (1, 2, 3, 4):
        await member(database, union, f"telegram:{union}")
    await chat(database, "telegram:9")  # nobody knows who that is
    await start(database, 2)
    await fill(mailing)
    assert sorted(await drain(mailing)) == ["2", "3"]


async def test_everybody_is_told_in_their_language(
    unions: None, database: Database, mailing: Mailing
) -> None:
    for number, language in enumerate(["zh_CN", "en", "bo"]):
        await member(database, 1, f"telegram:{number}", language=language)
    await start(database, 1)
    await fill(mailing)
    parcels = await mailing.claim("telegram")
    said = {parcel.address: (parcel.body["text"], parcel.priority) for parcel in parcels}
    assert said == {"0": ("公示", 2), "1": ("Notice", 2), "2": ("公示", 2)}


async def test_a_web_chat_gets_one_bubble_and_needs_no_sending(
    unions: None, database: Database, mailing: Mailing
) -> None:
    await member(database, 1, "web:a", "telegram:1", "web:b", language="en")
    broadcast = await start(database, 1)
    await fill(mailing)
    assert await lines(database) == [(False, BODIES["en"])]
    assert await drain(mailing) == ["1"]
    assert await progress(database, broadcast) == Progress("done", 2, 0, 2, 0)


async def test_named_conversations_are_told_whoever_they_are(
    database: Database, mailing: Mailing
) -> None:
    talks = [await chat(database, f"telegram:{number}") for number in range(3)]
    await start(database, conversations=talks[1:])
    await fill(mailing)
    assert sorted(await drain(mailing)) == ["1", "2"]


async def test_who_left_or_cannot_be_reached_is_left_out(
    unions: None, database: Database, mailing: Mailing
) -> None:
    for number in range(3):
        await member(database, 1, f"telegram:{number}")
    await change(database, update(Address).where(Address.id == 1).values(reachable=False))
    await change(database, update(Worker).where(Worker.id == 2).values(active=False))
    await start(database, 1)
    await fill(mailing)
    assert await drain(mailing) == ["2"]


async def test_the_same_key_is_the_same_broadcast(
    unions: None, database: Database, mailing: Mailing
) -> None:
    await member(database, 1, "telegram:1")
    first = await start(database, 1)
    await fill(mailing)
    assert await start(database, 1) == first
    await fill(mailing)
    assert await drain(mailing) == ["1"]
    assert await start(database, 1, key="notice:2") != first


async def test_a_broadcast_to_nobody_is_done(database: Database, mailing: Mailing) -> None:
    broadcast = await start(database, 1)
    assert await fill(mailing) == 1
    assert await drain(mailing) == []
    assert await progress(database, broadcast) == Progress("done", 0, 0, 0, 0)
    assert await progress(database, 99) is None


async def test_recipients_are_written_in_pieces_and_nobody_twice(
    unions: None, database: Database, mailing: Mailing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recipients, "PIECE", 3)
    for number in range(7):
        await member(database, 1, f"telegram:{number}", f"web:{number}")
    broadcast = await start(database, 1)
    assert await mailing.fill()  # the process ends here, and another goes on
    half = await progress(database, broadcast)
    assert half
    assert (half.state, half.total) == ("filling", 3)
    assert await fill(mailing) == 4
    assert len(await drain(mailing)) == len(await lines(database)) == 7
    assert await progress(database, broadcast) == Progress("done", 14, 0, 14, 0)


async def test_two_processes_fill_and_claim_without_doubling(
    unions: None,
    database_url: str,
    database: Database,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(recipients, "PIECE", 5)
    for number in range(20):
        await member(database, 1, f"telegram:{number}")
    await start(database, 1)
    other = Database(database_url, clock=clock.now)
    offices = [Mailing(each, clock.now) for each in (database, other)]
    await asyncio.gather(*map(fill, offices))
    sent = await asyncio.gather(*(drain(office, limit=3) for office in offices))
    rest = await drain(offices[0])  # what was locked and skipped
    await other.close()
    assert sorted(sent[0] + sent[1] + rest, key=int) == [str(number) for number in range(20)]


async def test_a_stopped_broadcast_hands_nothing_out_until_it_goes_on(
    unions: None, database: Database, mailing: Mailing
) -> None:
    for number in range(4):
        await member(database, 1, f"telegram:{number}")
    broadcast = await start(database, 1)
    await fill(mailing)
    [parcel, _] = await mailing.claim("telegram", limit=2)
    async with database.unit() as unit:
        await unit.broadcasts.stop(broadcast)
    await mailing.sent(parcel.id)
    assert await mailing.claim("telegram") == []
    assert await progress(database, broadcast) == Progress("stopped", 4, 3, 1, 0)
    async with database.unit() as unit:
        await unit.broadcasts.go_on(broadcast)
    assert await fill(mailing) == 1
    assert await drain(mailing) == ["2", "3"]


async def test_a_delivery_whose_lease_has_run_out_is_taken_over(
    unions: None, database: Database, mailing: Mailing, clock: Clock
) -> None:
    await member(database, 1, "telegram:1")
    broadcast = await start(database, 1)
    await fill(mailing)
    await mailing.claim("telegram", lease=60)
    assert await mailing.claim("telegram") == []
    shown = await progress(database, broadcast)
    assert shown
    assert (shown.state, shown.waiting) == ("running", 1)
    clock.move(seconds=60)
    [again] = await mailing.claim("telegram")
    assert again.tried == 2


async def test_a_delivery_can_wait(
    unions: None, database: Database, mailing: Mailing, clock: Clock
) -> None:
    await member(database, 1, "telegram:1")
    await start(database, 1)
    await fill(mailing)
    [parcel] = await mailing.claim("telegram")
    await mailing.try_later(parcel.id, seconds=35)
    assert await mailing.claim("telegram") == []
    clock.move(seconds=35)
    assert await drain(mailing) == ["1"]
    await mailing.try_later(parcel.id, seconds=0)  # late, and of no effect
    assert await mailing.claim("telegram") == []


async def test_a_chat_that_is_gone_is_tried_once(
    unions: None, database: Database, mailing: Mailing
) -> None:
    await member(database, 1, "telegram:1")
    broadcasts = [await start(database, 1, key=key) for key in ("a", "b")]
    await fill(mailing)
    [parcel] = await mailing.claim("telegram")
    await mailing.unreachable(parcel.id)
    assert await drain(mailing) == []
    for broadcast in broadcasts:
        assert await progress(database, broadcast) == Progress("done", 1, 0, 0, 1)
    assert await ask(database, select(Address.reachable)) == [(False,)]


async def test_a_message_that_is_never_taken_does_not_close_the_chat(
    unions: None, database: Database, mailing: Mailing
) -> None:
    await member(database, 1, "telegram:1")
    await start(database, 1)
    await fill(mailing)
    [parcel] = await mailing.claim("telegram")
    await mailing.give_up(parcel.id)
    assert await ask(database, select(Delivery.state)) == [("closed",)]
    assert await ask(database, select(Address.reachable)) == [(True,)]
