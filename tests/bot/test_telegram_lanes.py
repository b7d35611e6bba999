"""One lane for each person, from the webhook to the answer on the phone."""

import asyncio
import logging

import pytest
from sqlalchemy import select

from bot.delivery import Postman
from bot.lanes import AT_ONCE
from handlers.office import Office
from storage.inbox import InboxBook
from storage.tables import Inbox
from tests.bot.telegram_room import *  # noqa: F403
from tests.bot.telegram_room import Desk, Room, opened, served
from tests.telegram_server import TelegramServer


async def states(room: Room) -> list[str]:
    async with room.office.reading() as unit:
        rows = await unit.connection.execute(select(Inbox.state).order_by(Inbox.id))
        return list(rows.scalars())


async def test_whoever_says_something_hears_an_answer(room: Room) -> None:
    phone = room.telegram.phone()
    await phone.say("你好")
    assert phone.heard == ["听到：你好"]
    assert phone.buttons == ["好", "不好"]
    await phone.tap("不好")
    assert phone.heard[-1] == "听到：按了1"
    assert room.telegram.refused == []
    assert await states(room) == ["done", "done"]


async def test_every_tap_is_told_at_once_that_it_has_arrived(room: Room) -> None:
    phone = room.telegram.phone()
    await phone.say("你好")
    room.desk.open.clear()
    room.telegram.settle = None
    await phone.tap("好")
    assert len(room.telegram.world.answered) == 1
    assert phone.heard == ["听到：你好"]
    room.desk.open.set()
    await room.lanes.idle()
    assert phone.heard[-1] == "听到：按了0"


async def test_an_old_button_is_known_as_one(room: Room) -> None:
    phone = room.telegram.phone()
    for text in ("一", "二"):
        await phone.say(text)
    await phone.tap_old("好")
    assert phone.heard[-1] == "听到：旧按钮"
    await phone.press("forged;drop table")
    assert phone.heard[-1] == "听到：旧按钮"


async def test_an_update_brought_ten_times_has_one_effect(room: Room) -> None:
    room.telegram.courier.repeat = 10
    phone = room.telegram.phone()
    await phone.say("一")
    await phone.tap("好")
    await room.telegram.settled()
    assert phone.heard == ["听到：一", "听到：按了0"]
    assert room.telegram.refused == [
        call for call in room.telegram.refused if call.method == "answerCallbackQuery"
    ]


async def test_texts_and_taps_of_one_person_keep_their_order(room: Room) -> None:
    phone = room.telegram.phone()
    room.telegram.settle = None
    room.desk.open.clear()
    await phone.say("一")
    for number in range(20):
        await phone.say(f"话{number}")
        await phone.press(f"{number}.0.0")
    room.desk.open.set()
    await room.lanes.idle()
    assert room.desk.most_at_once == 1
    rows = [turn.inbox for turn in room.desk.turns]
    assert rows == sorted(rows)
    assert len(rows) == 41
    assert [text for text in room.desk.texts if text] == ["一", *(f"话{n}" for n in range(20))]


async def test_people_do_not_wait_for_one_another(room: Room) -> None:
    room.desk.open.clear()
    phones = [room.telegram.phone() for _ in range(100)]
    room.telegram.settle = None
    await asyncio.gather(*(phone.say("急") for phone in phones))
    async with asyncio.timeout(10):
        await room.desk.crowded.wait()
    room.desk.open.set()
    await room.lanes.idle()
    assert room.desk.most_at_once == AT_ONCE
    assert all(phone.heard == ["听到：急"] for phone in phones)


async def test_an_album_is_one_turn_with_its_pages_in_order(room: Room) -> None:
    phone = room.telegram.phone()
    pages = [b"\xff\xd8\xff" + bytes([number]) * 200 for number in range(4)]
    await phone.album(pages)
    (turn,) = room.desk.turns
    assert room.desk.contents == pages
    assert len({file.album for file in turn.files}) == 1
    assert turn.files[0].album
    assert phone.heard == ["听到：4个文件"]
    assert not any(file.path.exists() for file in turn.files)


async def test_the_largest_album_does_not_wait_for_more(room: Room) -> None:
    phone = room.telegram.phone()
    await phone.album([b"%PDF" + bytes([number]) for number in range(10)], kind="document")
    await phone.say("好了")
    assert phone.heard == ["听到：10个文件", "听到：好了"]


async def test_what_follows_an_album_ends_it(room: Room) -> None:
    phone = room.telegram.phone()
    room.telegram.settle = None
    room.desk.open.clear()
    await phone.say("看")
    await phone.album([b"1" * 200, b"2" * 200])
    await phone.say("完")
    await phone.album([b"3" * 200])
    room.desk.open.set()
    await room.lanes.idle()
    assert phone.heard == ["听到：看", "听到：2个文件", "听到：完", "听到：1个文件"]


async def test_a_failing_update_is_tried_three_times_then_the_person_is_told(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    phone = room.telegram.phone()
    room.desk.failing = {"坏": 99}
    room.telegram.settle = None
    room.desk.open.clear()
    await phone.say("坏")
    await phone.say("好")
    room.desk.open.set()
    await room.lanes.idle()
    assert room.desk.attempts["坏"] == 3
    trouble = room.office.speak("zh_CN")("door.trouble")
    assert phone.heard == [trouble, "听到：好"]
    assert await states(room) == ["parked", "done"]
    lines = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert [line.split(" at ")[0] for line in lines] == ["inbox row 1 failed: KeyError"] * 3
    assert "530102199001011234" not in caplog.text
    assert "坏" not in caplog.text


async def test_an_update_that_fails_once_is_answered_once(room: Room) -> None:
    phone = room.telegram.phone(language="en")
    room.desk.failing = {"hm": 2}
    await phone.say("hm")
    assert phone.heard == ["听到：hm"]
    assert await states(room) == ["done"]


async def test_garbage_from_a_person_does_not_hold_up_the_next_words(room: Room) -> None:
    phone = room.telegram.phone()
    body = {"message": {"from": {"id": phone.id, "language_code": "en"}, "text": "x"}}
    await room.telegram.push(body, f"chat:{phone.id}")
    await phone.say("好")
    assert phone.heard == [room.office.speak("en")("door.trouble"), "听到：好"]


async def test_a_process_that_died_before_handling_leaves_it_to_the_next(
    telegram: TelegramServer, office: Office
) -> None:
    phone = telegram.phone()
    async with opened(telegram, office) as first, served(first):
        telegram.settle = None
        first.desk.open.clear()
        await phone.say("一")
        await phone.say("二")
    assert phone.heard == []
    async with opened(telegram, office) as second:
        await second.lanes.sweep()
        await second.lanes.idle()
        assert phone.heard == ["听到：一", "听到：二"]


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("moment", ["before done", "before sending", "before writing down"])
async def test_a_process_that_dies_after_the_commit_repeats_no_effect(
    telegram: TelegramServer, office: Office, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = telegram.phone()
    died = asyncio.Event()

    async def die(*_: object, **__: object) -> None:
        died.set()
        await asyncio.Event().wait()

    async with opened(telegram, office) as first:
        place = {
            "before done": (InboxBook, "done"),
            "before sending": (Postman, "answer"),
            "before writing down": (type(first.post), "sent"),
        }[moment]
        async with served(first):
            with monkeypatch.context() as dying:
                dying.setattr(*place, die)
                telegram.settle = died.wait
                await phone.say("一")
                await first.lanes.close()
    telegram.settle = None
    async with opened(telegram, office, Desk()) as second:
        await second.lanes.sweep()
        await second.lanes.idle()
        assert second.desk.turns == []
        assert await states(second) == ["done"]
        office.database.clock.__self__.move(seconds=61)  # type: ignore[attr-defined]
        await second.postman.deliver_once()
        repeated = 2 if moment == "before writing down" else 1
        assert phone.heard == ["听到：一"] * repeated
        assert await second.postman.deliver_once() == 0


async def test_parts_of_an_album_left_by_a_dead_process_are_told_one_by_one(
    telegram: TelegramServer, office: Office
) -> None:
    phone = telegram.phone()
    async with opened(telegram, office) as first, served(first):
        telegram.settle = None
        first.desk.open.clear()
        await phone.album([b"1" * 200, b"2" * 200])
    office.database.clock.__self__.move(seconds=3)  # type: ignore[attr-defined]
    async with opened(telegram, office) as second:
        await second.lanes.sweep()
        await second.lanes.idle()
        assert second.desk.contents == [b"1" * 200, b"2" * 200]
        assert len({file.album for turn in second.desk.turns for file in turn.files}) == 1
        assert phone.heard == ["听到：1个文件"] * 2


async def test_a_group_is_shown_the_way_once(room: Room) -> None:
    group = room.telegram.group()
    phones = [room.telegram.phone(), room.telegram.phone()]
    for phone in phones:
        await phone.say("/start", chat=group)
        await phone.say("大家好", chat=group)
        await room.postman.deliver_once()
    assert group.heard == [room.office.speak("zh_CN")("door.private")]
    assert room.desk.turns == []


async def test_whoever_blocks_the_bot_is_not_written_to_until_coming_back(room: Room) -> None:
    phone = room.telegram.phone()
    await phone.say("一")
    await phone.block()
    async with room.office.reading() as unit:
        talk = await unit.conversations.find("telegram", str(phone.id))
        assert talk is not None
    async with room.office.unit() as unit:
        await unit.outbox.say(talk.id, {"text": "公示"}, "notice:1")
    assert await room.postman.deliver_once() == 0
    await phone.unblock()
    await phone.say("二")
    async with room.office.unit() as unit:
        await unit.outbox.say(talk.id, {"text": "公示"}, "notice:2")
    assert await room.postman.deliver_once() == 1
    assert phone.heard == ["听到：一", "听到：二", "公示"]


async def test_the_own_number_comes_from_the_key_below(room: Room) -> None:
    phone = room.telegram.phone()
    await phone.say("电话")
    assert phone.keyboard == ["📱 发送本机号码 · 📱 Share my number"]
    await phone.contact()
    assert phone.heard[-1] == f"听到：{phone.number}"
    await phone.contact(own=False)
    assert phone.heard[-1] == "听到：收不了：contact"
