"""A thousand updates nobody should ever send, and good words between them that are all answered."""

import asyncio
import copy
import json
import logging
import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from storage.tables import Inbox
from tests.bot.telegram_room import *  # noqa: F403
from tests.bot.telegram_room import PATH, SECRET, Room
from tests.telegram_phone import Phone

HOSTILE: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1.5, float("nan"), float("inf"), 2**31, 2**53, 2**63, -(2**70)),
    *(10**40, "", " ", "\x00", "\ud800", "a\udfffb", "\x1b[31m", "\u202e\u200b\ufeff", "😀" * 3000),
    *(
        "长" * 200_000,
        "'; DROP TABLE inbox; --",
        "{0.__class__}",
        "%s%n",
        "<b>",
        "/start " + "x" * 9999,
    ),
    *([], {}, [[]], {"id": {}}, [None] * 1000, {"a": {"b": {"c": [1, {"d": None}]}}}),
    *("530102199001011234", "＝1+1", "١٢٣", "../../etc/passwd", "1.1.1", "zzzzzzzzzzzz.0.0"),
)
NAMES = ("text", "photo", "document", "from", "chat", "date", "media_group_id", "contact", "voice")


def paths(value: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place inside the update."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    for name, part in inside:
        yield (*here, name)
        if isinstance(part, dict | list):
            yield from paths(part, (*here, name))


def spoiled(update: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    """The update with one to three things wrong."""
    wrong = copy.deepcopy(update)
    for _ in range(dice.randint(1, 3)):
        *way, last = dice.choice(list(paths(wrong)) or [("message",)])
        place: Any = wrong
        for name in way:
            place = place[name]
        match dice.randrange(4):
            case 0 if isinstance(place, dict):
                place.pop(last, None)
            case 1 if isinstance(place, dict):
                place[dice.choice(NAMES)] = copy.deepcopy(dice.choice(HOSTILE))
            case _:
                place[last] = copy.deepcopy(dice.choice(HOSTILE))
    return wrong


async def kinds(room: Room, phone: Phone) -> list[dict[str, Any]]:
    """One update of every kind, as Telegram sends it."""
    room.telegram.settle = None
    room.telegram.world.call("deleteWebhook", {})
    await phone.say("一")
    await phone.say("/start x")
    await phone.press("1.0.0")
    await phone.photo(b"\xff\xd8\xff", media_group_id="5")
    await phone.document(b"%PDF")
    await phone.contact()
    await phone.voice()
    await phone.edit("二")
    await phone.say("三", chat=room.telegram.group())
    phone.chat.blocked = False
    samples = [parcel.update for parcel in room.telegram.courier.parcels.values()]
    room.telegram.courier.parcels.clear()
    return samples


def good(phone: Phone, number: int, word: str) -> dict[str, Any]:
    message = {"message_id": number, "date": 1, "text": word}
    person = {"id": phone.id, "is_bot": False, "first_name": "甲", "language_code": "zh"}
    chat = {"id": phone.id, "type": "private"}
    return {"update_id": number, "message": message | {"from": person, "chat": chat}}


async def bring(room: Room, updates: list[dict[str, Any]]) -> list[int]:
    """Brings them ten at once; the statuses."""
    statuses = []
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    async with httpx.AsyncClient(base_url=room.url, headers=headers, timeout=60) as client:
        for start in range(0, len(updates), 10):
            bodies = [json.dumps(update).encode() for update in updates[start : start + 10]]
            answers = [client.post(PATH, content=body) for body in bodies]
            statuses += [answer.status_code for answer in await asyncio.gather(*answers)]
    return statuses


@pytest.mark.parametrize("seed", [20260310])
async def test_a_thousand_hostile_updates_break_nothing(
    room: Room, seed: int, caplog: pytest.LogCaptureFixture
) -> None:
    dice = random.Random(seed)
    phones = [room.telegram.phone() for _ in range(5)]
    samples = [update for phone in phones for update in await kinds(room, phone)]
    updates, words = [], Counter[str]()
    thousand = 1000 if room.office.database.postgres else 250
    for number in range(1, thousand + 1):
        wrong = spoiled(dice.choice(samples), dice)
        if "update_id" in wrong and dice.random() < 0.9:
            wrong["update_id"] = number if dice.random() < 0.9 else dice.randint(1, number)
        updates.append(wrong)
        if number % 10 == 0:
            word = f"好话{number}"
            words[word] += 1
            updates.append(good(phones[number // 10 % 5], 1_000_000 + number, word))
    statuses = await bring(room, updates)
    await room.lanes.idle()

    assert set(statuses) <= {200, 400, 413}
    assert statuses.count(200) > 0.8 * thousand
    heard = Counter(text for phone in phones for text in phone.heard)
    assert {word: heard[f"听到：{word}"] for word in words} == words
    assert [record for record in caplog.records if record.exc_info] == []
    assert {record.name for record in caplog.records if record.levelno >= logging.ERROR} <= {
        "bot.lanes"
    }
    assert "530102199001011234" not in caplog.text
    async with room.office.reading() as unit:
        states = select(Inbox.state, func.count()).group_by(Inbox.state)
        found = await unit.connection.execute(states)
        assert {state for state, _ in found} == {"done", "parked"}
    refused = {call.description for call in room.telegram.refused if call.method != "getFile"}
    assert refused <= {"Bad Request: chat not found"}  # of people who do not exist
