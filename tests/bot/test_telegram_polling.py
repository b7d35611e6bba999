"""Updates by long polling: confirmed when they are stored, and not before."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy.exc import OperationalError

from bot.telegram.polling import LONGEST, Polling, polling_bot
from handlers.office import Office
from storage.inbox import InboxBook
from tests.bot.telegram_room import *  # noqa: F403
from tests.bot.telegram_room import Room, opened
from tests.telegram_server import TOKEN, TelegramServer


class Pauses:
    """Instead of waiting, notes for how long."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float, stop: asyncio.Event) -> None:
        self.seconds.append(seconds)
        await asyncio.sleep(0)


@asynccontextmanager
async def polled(room: Room, pauses: Pauses | None = None) -> AsyncIterator[Polling]:
    bot = polling_bot(TOKEN, room.telegram.url)
    polling = Polling(bot, room.inbox, room.lanes, room.sender, pauses or Pauses())
    stop = asyncio.Event()
    loop = asyncio.create_task(polling.run(stop))
    try:
        yield polling
    finally:
        stop.set()
        await asyncio.wait_for(loop, 5)
        await bot.session.close()


@pytest.fixture
async def quiet_room(telegram: TelegramServer, office: Office) -> AsyncIterator[Room]:
    """Without a webhook."""
    async with opened(telegram, office) as here:
        telegram.settle = here.lanes.idle
        yield here


async def test_whoever_says_something_hears_an_answer(quiet_room: Room) -> None:
    phone = quiet_room.telegram.phone()
    async with polled(quiet_room):
        await phone.say("你好")
        await phone.hears("听到：你好")
        await phone.tap("不好")
        await phone.hears("听到：按了1")
        await phone.album([b"1" * 200, b"2" * 200])
        await phone.hears("听到：2个文件")
    assert len(quiet_room.telegram.world.answered) == 1
    assert quiet_room.telegram.refused == []


async def test_an_update_is_confirmed_only_when_it_is_stored(
    quiet_room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    telegram, tried = quiet_room.telegram, asyncio.Event()
    phone, pauses = telegram.phone(), Pauses()

    async def away(*_: object) -> int:
        tried.set()
        raise OperationalError("INSERT", {}, OSError())

    telegram.settle = None
    with monkeypatch.context() as broken:
        broken.setattr(InboxBook, "store", away)
        async with polled(quiet_room, pauses):
            telegram.courier.push(message(phone.id, "一"), f"chat:{phone.id}")
            await tried.wait()
        assert len(telegram.courier.parcels) == 1
    async with polled(quiet_room):
        await phone.hears("听到：一")
    assert pauses.seconds[0] == 1


async def test_outages_are_waited_for_ever_longer(quiet_room: Room) -> None:
    telegram, pauses = quiet_room.telegram, Pauses()
    telegram.fail("getUpdates", 502, times=8)
    phone = telegram.phone()
    async with polled(quiet_room, pauses):
        await phone.say("一")
        await phone.hears("听到：一")
    assert pauses.seconds == [1, 2, 4, 8, 16, 32, LONGEST, LONGEST]


async def test_a_429_is_waited_for_as_long_as_it_says(quiet_room: Room) -> None:
    telegram, pauses = quiet_room.telegram, Pauses()
    telegram.fail("getUpdates", 429, retry_after=17)
    phone = telegram.phone()
    async with polled(quiet_room, pauses):
        await phone.say("一")
        await phone.hears("听到：一")
    assert pauses.seconds == [17]


async def test_a_webhook_left_from_before_is_taken_away(quiet_room: Room) -> None:
    telegram = quiet_room.telegram
    telegram.world.call("setWebhook", {"url": "https://old.example.cn/a"})
    phone = telegram.phone()
    async with polled(quiet_room):
        async with asyncio.timeout(10), telegram.spoken:
            await telegram.spoken.wait_for(lambda: not telegram.world.webhook)
        await phone.say("一")
        await phone.hears("听到：一")


async def test_an_update_nobody_understands_holds_up_no_other(quiet_room: Room) -> None:
    telegram = quiet_room.telegram
    phone = telegram.phone()
    async with polled(quiet_room):
        telegram.courier.push({"message": {"date": "never"}}, "chat:0")
        telegram.courier.push({"message": message(1, "a"), "poll_answer": [[]]}, "chat:0")
        await phone.say("一")
        await phone.hears("听到：一")


def message(person: int, text: str) -> dict[str, object]:
    someone = {"id": person, "is_bot": False, "first_name": "甲"}
    chat = {"id": person, "type": "private"}
    return {"message": {"message_id": 1, "date": 0, "chat": chat, "from": someone, "text": text}}
