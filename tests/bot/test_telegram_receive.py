"""Updates as Telegram sends them, read into turns."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.telegram.receive import (
    Heard,
    Unparsable,
    album_of,
    lane_of,
    language_in,
    query_of,
    read,
    together,
    understand,
)
from bot.telegram.render import OLD
from handlers.chat import Tap
from tests.telegram_phone import Phone
from tests.telegram_server import TelegramServer

JPEG = b"\xff\xd8\xff" + b"0" * 5000


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server


@pytest.fixture
def phone(telegram: TelegramServer) -> Phone:
    return telegram.phone(7)


def updates(telegram: TelegramServer) -> list[dict[str, Any]]:
    return [parcel.update for parcel in telegram.courier.parcels.values()]


def heard(telegram: TelegramServer, **changed: Any) -> Heard:
    """What the last update means; `changed` fields of its message or tap."""
    update = json.loads(json.dumps(updates(telegram)[-1]))
    for kind in ("message", "callback_query"):
        if kind in update:
            update[kind].update(changed)
    return understand(json.dumps(update).encode(), 12)


async def test_words_become_a_turn_of_this_person(telegram: TelegramServer, phone: Phone) -> None:
    await phone.say("我 2020年 转的正")
    turn = heard(telegram).turn
    assert turn is not None
    assert (turn.channel, turn.address, turn.text) == ("telegram", "7", "我 2020年 转的正")
    assert (turn.inbox, turn.language, turn.id) == (
        12,
        "zh_CN",
        str(updates(telegram)[0]["update_id"]),
    )


@pytest.mark.parametrize(
    ("text", "command", "argument"),
    [
        ("/start", "start", ""),
        ("/start n-12_A", "start", "n-12_A"),
        ("/START@HuigongBot  x ", "start", "x"),
        ("/status", "status", ""),
        ("/officer\nABC-123", "officer", "ABC-123"),
        ("/start " + "x" * 500, "start", "x" * 64),
    ],
)
async def test_commands_are_told_from_words(
    telegram: TelegramServer, phone: Phone, text: str, command: str, argument: str
) -> None:
    await phone.say(text)
    turn = heard(telegram).turn
    assert turn is not None
    assert (turn.command, turn.argument, turn.text) == (command, argument, "")


@pytest.mark.parametrize("text", ["/unknown", "/", "/start/now", "a /start", "/开始"])
async def test_what_is_no_command_of_ours_stays_words(
    telegram: TelegramServer, phone: Phone, text: str
) -> None:
    await phone.say(text)
    turn = heard(telegram).turn
    assert turn is not None
    assert (turn.text, turn.command) == (text, "")


async def test_a_tap_carries_its_numbers(telegram: TelegramServer, phone: Phone) -> None:
    await phone.press("4.1.0")
    turn = heard(telegram).turn
    assert turn is not None
    assert (turn.tap, turn.address) == (Tap(4, 1, 0), "7")
    forged = heard(telegram, data="b:4:1").turn
    assert forged is not None
    assert forged.tap == OLD
    inline = heard(telegram, data=None, message=None).turn
    assert inline is not None
    assert inline.tap == OLD


async def test_of_a_photo_the_largest_size_is_taken(telegram: TelegramServer, phone: Phone) -> None:
    await phone.photo(JPEG, caption="我的证书")
    said = heard(telegram)
    assert said.turn is not None
    assert said.turn.text == ""
    (paper,) = said.papers
    assert paper.size == len(JPEG)
    assert telegram.world.files[paper.id].content == JPEG


async def test_a_document_is_a_paper_too(telegram: TelegramServer, phone: Phone) -> None:
    await phone.document(b"%PDF-1.4", "证书.pdf")
    assert [paper.size for paper in heard(telegram).papers] == [8]


async def test_the_parts_of_an_album_are_put_in_the_order_they_were_sent(
    telegram: TelegramServer, phone: Phone
) -> None:
    await phone.album([JPEG, JPEG + b"1", JPEG + b"2"])
    raws = [json.dumps(update).encode() for update in reversed(updates(telegram))]
    assert len({album_of(read(raw)) for raw in raws}) == 1
    whole = together([understand(raw, 20 + number) for number, raw in enumerate(raws)])
    assert [paper.size - len(JPEG) for paper in whole.papers] == [0, 1, 1]
    assert [paper.message for paper in whole.papers] == sorted(
        paper.message for paper in whole.papers
    )
    assert whole.turn is not None
    assert whole.turn.inbox == 22
    assert whole.album == album_of(read(raws[0]))


async def test_voice_and_stickers_are_answered_with_what_can_be_taken(
    telegram: TelegramServer, phone: Phone
) -> None:
    for send in (phone.voice, phone.sticker):
        await send()
        turn = heard(telegram).turn
        assert turn is not None
        assert turn.trouble == "type"
    animation = {"file_id": "a", "file_unique_id": "a", "width": 1, "height": 1, "duration": 1}
    await phone.document(b"GIF89a", "a.gif", animation=animation)
    said = heard(telegram)
    assert said.papers == ()
    assert said.turn is not None
    assert said.turn.trouble == "type"


async def test_a_strange_part_of_an_album_is_not_passed_over(
    telegram: TelegramServer, phone: Phone
) -> None:
    await phone.photo(JPEG)
    photo = heard(telegram)
    await phone.voice()
    whole = together([heard(telegram), photo])
    assert whole.turn is not None
    assert whole.turn.trouble == "type"


async def test_only_the_persons_own_number_counts(telegram: TelegramServer, phone: Phone) -> None:
    await phone.contact()
    turn = heard(telegram).turn
    assert turn is not None
    assert turn.phone == phone.number
    await phone.contact(own=False)
    turn = heard(telegram).turn
    assert turn is not None
    assert (turn.phone, turn.trouble) == ("", "contact")


async def test_edits_and_service_messages_do_not_concern_us(
    telegram: TelegramServer, phone: Phone
) -> None:
    await phone.say("一")
    await phone.edit("二")
    assert heard(telegram) == Heard()
    await phone.say("三")
    nothing = heard(telegram, text=None, entities=None, new_chat_title="新群")
    assert nothing == Heard()
    assert heard(telegram, **{"from": None}) == Heard()


async def test_a_group_is_recognised_and_no_turn_comes_of_it(
    telegram: TelegramServer, phone: Phone
) -> None:
    await phone.say("/start", chat=telegram.group(-5))
    assert heard(telegram) == Heard(group=-5, language="zh_CN")
    assert heard(telegram, text=None, sticker=None) == Heard(language="zh_CN")


async def test_whoever_blocks_the_bot_has_left(telegram: TelegramServer, phone: Phone) -> None:
    await phone.block()
    assert heard(telegram) == Heard(left="7")
    await phone.unblock()
    assert heard(telegram) == Heard()


async def test_texts_and_taps_of_a_person_share_a_lane(
    telegram: TelegramServer, phone: Phone
) -> None:
    await phone.say("一")
    await phone.press("1.1.0")
    await phone.block()
    await phone.say("二", chat=telegram.group(-5))
    assert {lane_of(update) for update in updates(telegram)} == {"telegram:7"}
    assert [bool(query_of(update)) for update in updates(telegram)] == [False, True, False, False]
    assert {language_in(update) for update in updates(telegram)} == {"zh_CN"}


@pytest.mark.parametrize(
    ("update", "lane"),
    [
        ({}, "telegram:0"),
        ({"message": 5}, "telegram:0"),
        ({"message": {"from": {"id": "7"}}}, "telegram:0"),
        ({"message": {"from": {"id": True}}}, "telegram:0"),
        ({"message": {"from": {"id": 2**63}, "chat": {"id": 9}}}, "telegram:9"),
        ({"callback_query": {"from": {"id": 52 * 10**14}}}, "telegram:5200000000000000"),
    ],
)
def test_a_lane_is_found_for_every_update(update: dict[str, Any], lane: str) -> None:
    assert lane_of(update) == lane


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'{"update_id": "1"}',
        b'{"update_id": true}',
        b'{"update_id": -1}',
        b'{"update_id": 1.0}',
        b'{"update_id": ' + b"9" * 30 + b"}",
        b'{"update_id": ' + b"9" * 5000 + b"}",
        b"[" * 100_000,
        b'{"update_id": 1, "a": ',
        b"\xff\xfe",
    ],
)
def test_what_is_no_update_is_said_to_be_none(raw: bytes) -> None:
    with pytest.raises(Unparsable):
        read(raw)


@pytest.mark.parametrize(
    "message",
    [
        {"text": "a"},
        {"message_id": "x", "date": 0, "chat": {"id": 7, "type": "private"}},
        {"message_id": 1, "date": 10**30, "chat": {"id": 7, "type": "private"}, "text": "a"},
        {"message_id": 1, "date": 0, "chat": {"id": 7, "type": "private"}, "text": {"a": 1}},
    ],
)
def test_an_update_of_the_wrong_shape_is_unparsable(message: dict[str, Any]) -> None:
    with pytest.raises(Unparsable):
        understand(json.dumps({"update_id": 1, "message": message}).encode(), 1)


async def test_half_characters_and_nul_are_taken_out(
    telegram: TelegramServer, phone: Phone
) -> None:
    await phone.say("好")
    turn = heard(telegram, text="a\ud800b\x00c😀").turn
    assert turn is not None
    assert turn.text == "a?bc😀"
    long = heard(telegram, text="长" * 100_000).turn
    assert long is not None
    assert len(long.text) == 4096
