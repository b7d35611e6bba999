"""The hot path: a conversation is found by its address, held, and written back."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError

from core.errors import NotFound
from storage.conversations import Talk
from storage.database import Database
from tests.clock import Clock
from tests.people import a_talk, a_union, a_worker, an_officer


async def test_a_first_message_begins_a_conversation(database: Database, clock: Clock) -> None:
    async with database.unit() as unit:
        talk = await unit.conversations.of("telegram", "42", "en")
        again = await unit.conversations.of("telegram", "42", "zh_CN")
    assert talk == again
    assert talk == Talk(
        id=1,
        worker_id=None,
        officer_id=None,
        language="en",
        topic="menu",
        state={},
        facts={},
        reply={},
        step=0,
        seen={},
        at=clock.now(),
        address_id=1,
        channel="telegram",
        address="42",
    )


async def test_all_that_was_written_is_read_again(database: Database, clock: Clock) -> None:
    async with database.unit() as unit:
        worker = await a_worker(unit, union := await a_union(unit))
        officer = await an_officer(unit, union)
        talk = await a_talk(unit)
        talk.worker_id, talk.officer_id, talk.language = worker.id, officer.id, "en"
        talk.topic, talk.step, talk.seen = "apply", 7, {"1": 2**31 - 1}
        talk.state = {"asked": ["年龄", None, 1.5, True]}
        talk.facts = {"技能等级": {"value": "三级", "on": "2026-03-10"}}
        talk.reply = {"text": "几岁？🙂", "choices": []}
        clock.move(minutes=1)
    async with database.unit() as unit:
        await unit.conversations.write(talk)
        assert talk.at == clock.now()
    async with database.reading() as unit:
        assert await unit.conversations.find("telegram", "42") == talk
        bare = replace(talk, address_id=0, channel="", address="")
        assert await unit.conversations.by_id(talk.id) == bare
        assert await unit.conversations.for_worker(worker.id) == bare
        assert await unit.conversations.for_officer(officer.id) == [bare]


async def test_the_same_number_at_another_door_is_somebody_else(database: Database) -> None:
    async with database.unit() as unit:
        telegram = await unit.conversations.of("telegram", "42", "zh_CN")
        web = await unit.conversations.of("web", "42", "zh_CN")
    assert telegram.id != web.id


async def test_nobody_is_found_where_nobody_has_written(database: Database) -> None:
    async with database.reading() as unit:
        assert await unit.conversations.find("web", "1") is None
        assert await unit.conversations.by_id(1) is None
        assert await unit.conversations.for_worker(1) is None
        assert await unit.conversations.for_officer(1) == []
        assert await unit.conversations.addresses(1) == []


async def test_two_first_messages_at_once_begin_one_conversation(database: Database) -> None:
    async def turn() -> int:
        async with database.unit() as unit:
            await unit.connection.execute(text("SELECT 1"))  # all have begun
            return (await unit.conversations.of("telegram", "42", "zh_CN")).id

    assert len(set(await asyncio.gather(*(turn() for _ in range(12))))) == 1
    async with database.reading() as unit:
        left = await unit.connection.scalar(text("SELECT count(*) FROM conversations"))
    assert left == 1


async def test_a_turn_costs_two_statements(database: Database) -> None:
    said: list[str] = []
    async with database.unit() as unit:
        await a_talk(unit)
    async with database.unit() as unit:
        sync = unit.connection.sync_connection
        event.listen(sync, "before_cursor_execute", lambda *args: said.append(args[2]))
        talk = await unit.conversations.of("telegram", "42", "zh_CN")
        await unit.conversations.write(talk)
    assert [statement.split()[0] for statement in said] == ["SELECT", "UPDATE"]


async def test_a_second_device_is_led_to_the_older_conversation(database: Database) -> None:
    async with database.unit() as unit:
        worker = await a_worker(unit, await a_union(unit))
        old = await a_talk(unit, "42", worker=worker)
        old.topic, old.facts, old.seen = "apply", {"age": 36}, {"1": 5}
        await unit.conversations.write(old)
    async with database.unit() as unit:
        new = await unit.conversations.of("web", "abc", "en")
        new.saw(9)
        found = await unit.conversations.for_worker(worker.id, hold=True)
        assert found is not None
        await unit.conversations.lead_to(new, found.id)
        assert (new.id, new.worker_id, new.topic, new.facts) == (
            old.id,
            worker.id,
            "apply",
            {"age": 36},
        )
        assert (new.channel, new.address, new.seen) == ("web", "abc", {"1": 5, "2": 9})
        new.step = 3
        await unit.conversations.write(new)
    async with database.reading() as unit:
        chats = await unit.conversations.addresses(old.id)
        assert [(chat.channel, chat.address) for chat in chats] == [
            ("telegram", "42"),
            ("web", "abc"),
        ]
        through_old = await unit.conversations.find("telegram", "42")
        assert through_old is not None
        assert through_old.step == 3


async def test_an_address_leads_nowhere_but_to_a_conversation(database: Database) -> None:
    async with database.unit() as unit:
        talk = await a_talk(unit)
        with pytest.raises(NotFound):
            await unit.conversations.lead_to(talk, 99)


async def test_a_worker_has_one_conversation(database: Database) -> None:
    async with database.unit() as unit:
        worker = await a_worker(unit, await a_union(unit))
        await a_talk(unit, "1", worker=worker)
    with pytest.raises(IntegrityError):
        async with database.unit() as unit:
            await a_talk(unit, "2", worker=worker)


async def test_two_devices_bound_at_once_end_in_one_conversation(database: Database) -> None:
    async with database.unit() as unit:
        worker = await a_worker(unit, await a_union(unit))
        for address in "123456":
            await a_talk(unit, address)

    async def bind(address: str) -> int:
        async with database.unit() as unit:
            talk = await unit.conversations.of("telegram", address, "zh_CN")
            older = await unit.conversations.for_worker(worker.id, hold=True)
            await asyncio.sleep(0.05)  # the others come to this point, if they can
            if older is None:
                talk.worker_id = worker.id
            else:
                await unit.conversations.lead_to(talk, older.id)
            await unit.conversations.write(talk)
            return talk.id

    ids = await asyncio.gather(*(bind(address) for address in "123456"))
    assert len(set(ids)) == 1
    async with database.reading() as unit:
        assert len(await unit.conversations.addresses(ids[0])) == 6


async def test_a_turn_that_waited_while_its_address_was_led_away_follows_it(
    database: Database,
) -> None:
    async with database.unit() as unit:
        old, new = await a_talk(unit, "1"), await a_talk(unit, "2")
    leading, go_on = asyncio.Event(), asyncio.Event()

    async def lead() -> None:
        async with database.unit() as unit:
            talk = await unit.conversations.of("telegram", "2", "zh_CN")
            await unit.conversations.lead_to(talk, old.id)
            leading.set()
            await go_on.wait()

    async def turn() -> int:
        await leading.wait()
        async with database.unit() as unit:
            return (await unit.conversations.of("telegram", "2", "zh_CN")).id

    tasks = asyncio.gather(lead(), turn())
    await leading.wait()
    await asyncio.sleep(0.05)  # the other turn waits for the row by now
    go_on.set()
    _, found = await tasks
    assert found == old.id
    async with database.reading() as unit:
        assert await unit.connection.scalar(text("SELECT count(*) FROM conversations")) == 2
        assert new.id != old.id


async def test_who_writes_again_can_be_reached_again(database: Database) -> None:
    async def reachable() -> bool:
        async with database.reading() as unit:
            [chat] = await unit.conversations.addresses(1)
            return chat.reachable

    async with database.unit() as unit:
        await a_talk(unit)
        await unit.conversations.unreachable("telegram", "42")
    assert not await reachable()
    async with database.reading() as unit:
        assert await unit.conversations.find("telegram", "42") is not None
    assert not await reachable()
    async with database.unit() as unit:
        await unit.conversations.of("telegram", "42", "zh_CN")
    assert await reachable()
