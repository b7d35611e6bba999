"""Broadcasts after everything else, and the loop that runs until it is told to stop."""

import asyncio

from bot.delivery import BATCH
from tests.bot.telegram_mail import *  # noqa: F403
from tests.bot.telegram_mail import Mail, deliver
from tests.bot.telegram_room import *  # noqa: F403
from tests.bot.telegram_room import Room


async def test_a_broadcast_comes_after_everything_else(room: Room, mail: Mail) -> None:
    phones = await mail.meet(3)
    await mail.broadcast(phones)
    while await room.mailing.fill():
        pass
    await mail.put(phones[0])
    assert await deliver(room) == 1
    assert [phone.heard for phone in phones] == [["公示"], [], []]
    assert await deliver(room) == 3
    assert [phone.heard[-1] for phone in phones] == ["通知"] * 3
    assert await deliver(room) == 0


async def test_a_stopped_broadcast_stops_within_its_batch(room: Room, mail: Mail) -> None:
    phones = await mail.meet(60)
    number = await mail.broadcast(phones)
    while await room.mailing.fill():
        pass
    sent = await deliver(room)
    async with room.office.unit() as unit:
        await unit.broadcasts.stop(number)
    assert await deliver(room) == 0
    assert sent == sum(len(phone.heard) for phone in phones) <= BATCH


async def test_the_loop_sends_fills_and_stops(room: Room, mail: Mail) -> None:
    phones = await mail.meet(2)
    await mail.put(phones[0])
    await mail.broadcast(phones)
    stop = asyncio.Event()
    loop = asyncio.create_task(room.postman.run(stop))
    await asyncio.wait_for(asyncio.gather(*(phone.hears("通知") for phone in phones)), 10)
    assert phones[0].heard == ["公示", "通知"]
    stop.set()
    await asyncio.wait_for(loop, 2)


async def test_a_loop_whose_telegram_hangs_stops_all_the_same(room: Room, mail: Mail) -> None:
    (phone,) = await mail.meet()
    await mail.put(phone)
    hanging = room.telegram.hang()
    stop = asyncio.Event()
    loop = asyncio.create_task(room.postman.run(stop))
    await asyncio.wait_for(hanging.reached.wait(), 10)
    stop.set()
    await asyncio.wait_for(loop, 2)
    hanging.go_on.set()
    assert await mail.rows() == [("sending", 1)]
