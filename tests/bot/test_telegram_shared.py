"""Two processes of one bot: they share the archive and Redis, and each person keeps one lane."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from handlers.office import Office
from storage.redis_lanes import RedisLanes
from tests.bot.telegram_room import *  # noqa: F403
from tests.bot.telegram_room import PATH, SECRET, Desk, Room, opened
from tests.telegram_phone import Phone
from tests.telegram_server import TelegramServer


@pytest.fixture
async def rooms(
    telegram: TelegramServer, office: Office, redis_url: str
) -> AsyncIterator[tuple[Room, Room]]:
    """Both with the same desk, so that it sees whatever happens at once."""
    desk, holding = Desk(), (RedisLanes(redis_url), RedisLanes(redis_url))
    async with (
        opened(telegram, office, desk, holding=holding[0]) as first,
        opened(telegram, office, desk, holding=holding[1]) as second,
    ):
        yield first, second
    for lanes in holding:
        await lanes.close()


async def bring(room: Room, update: dict[str, Any]) -> None:
    transport = httpx.ASGITransport(room.app)
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
        answer = await client.post(PATH, json=update, headers=headers)
    assert answer.status_code == 200


def message(phone: Phone, number: int, **body: Any) -> dict[str, Any]:
    person = {"id": phone.id, "is_bot": False, "first_name": "甲"}
    chat = {"id": phone.id, "type": "private"}
    told = {"message_id": number, "date": 1, "from": person, "chat": chat}
    return {"update_id": number, "message": told | body}


async def idle(rooms: tuple[Room, Room]) -> None:
    for room in (*rooms, *rooms):
        await room.lanes.idle()


async def test_updates_taken_in_by_two_processes_keep_their_order(
    telegram: TelegramServer, rooms: tuple[Room, Room]
) -> None:
    phone = telegram.phone()
    words = [f"话{number}" for number in range(30)]
    for number, word in enumerate(words):
        await bring(rooms[number % 2], message(phone, number, text=word))
    await idle(rooms)
    assert rooms[0].desk.texts == words
    assert rooms[0].desk.most_at_once == 1
    assert phone.heard == [f"听到：{word}" for word in words]


async def test_an_update_brought_to_both_has_one_effect(
    telegram: TelegramServer, rooms: tuple[Room, Room]
) -> None:
    phone = telegram.phone()
    for room in (*rooms, *rooms):
        await bring(room, message(phone, 5, text="一次"))
    await idle(rooms)
    assert phone.heard == ["听到：一次"]


async def test_an_album_in_two_hands_is_one_turn(
    telegram: TelegramServer, rooms: tuple[Room, Room]
) -> None:
    phone = telegram.phone()
    rooms[0].desk.open.clear()
    await bring(rooms[0], message(phone, 1, text="先说一句"))
    for number in range(2, 6):
        photo = phone._picture(bytes([number]) * 200)
        await bring(rooms[number % 2], message(phone, number, media_group_id="9", **photo))
    rooms[0].desk.open.set()
    await idle(rooms)
    assert phone.heard == ["听到：先说一句", "听到：4个文件"]
    assert rooms[0].desk.contents == [bytes([number]) * 200 for number in range(2, 6)]


async def test_what_one_process_left_the_other_finds(
    telegram: TelegramServer, office: Office, rooms: tuple[Room, Room]
) -> None:
    phone = telegram.phone()
    rooms[0].desk.open.clear()
    await bring(rooms[0], message(phone, 1, text="一"))
    await rooms[0].lanes.close()
    rooms[0].desk.open.set()
    await rooms[1].lanes.sweep()
    await idle(rooms)
    assert phone.heard == ["听到：一"]
