"""The delivery loop, from rows in the archive to the phones of the stand-in."""

import logging
from typing import Any

import pytest

from bot.delivery import MOST_TRIES
from bot.telegram.limiter import Limiter
from handlers.chat import Choice, Reply
from handlers.office import Office
from tests.bot.telegram_mail import *  # noqa: F403
from tests.bot.telegram_mail import Mail, deliver
from tests.bot.telegram_room import *  # noqa: F403
from tests.bot.telegram_room import Room, opened
from tests.clock import Clock
from tests.telegram_server import TelegramServer


async def test_what_was_written_is_sent_once(room: Room, mail: Mail) -> None:
    (phone,) = await mail.meet()
    await mail.put(phone, "第一条")
    await mail.put(phone, "第二条", choices=[{"label": "好"}], step=1)
    assert await deliver(room) == 2
    assert phone.heard == ["第一条", "第二条"]
    assert phone.buttons == ["好"]
    assert await deliver(room) == 0
    assert [state for state, _ in await mail.rows()] == ["sent", "sent"]


async def test_messages_to_one_person_keep_their_order(room: Room, mail: Mail) -> None:
    phones = await mail.meet(3)
    for number in range(5):
        for phone in phones:
            await mail.put(phone, f"第{number}条")
    assert await deliver(room) == 15
    assert all(phone.heard == [f"第{number}条" for number in range(5)] for phone in phones)


async def test_a_blocked_bot_is_told_so_once(room: Room, mail: Mail) -> None:
    gone, here = await mail.meet(2)
    gone.chat.blocked = True
    for phone in (gone, here, gone):
        await mail.put(phone)
    await deliver(room)
    await deliver(room)
    assert len([call for call in room.telegram.calls if call.status == 403]) <= 2
    assert {state for state, _ in await mail.rows()} == {"closed", "sent"}
    assert (await mail.reachable(gone), await mail.reachable(here)) == (False, True)
    await mail.put(gone)
    assert await deliver(room) == 0


@pytest.mark.parametrize("fault", ["chat not found", "deactivated"])
async def test_a_chat_that_is_gone_is_closed_too(room: Room, mail: Mail, fault: str) -> None:
    (phone,) = await mail.meet()
    await mail.put(phone)
    if fault == "deactivated":
        phone.chat.deactivated = True
    else:
        del room.telegram.world.chats[phone.id]
    await deliver(room)
    assert await mail.rows() == [("closed", 1)]
    assert not await mail.reachable(phone)


async def test_a_429_silences_the_bot_and_loses_nothing(
    telegram: TelegramServer, office: Office, clock: Clock
) -> None:
    def now() -> float:
        return clock.now().timestamp()

    async with opened(telegram, office, limiter=Limiter(now=now)) as room:
        mail = Mail(room)
        first, second = await mail.meet(2)
        await mail.put(first)
        telegram.fail("sendMessage", 429, retry_after=35)
        assert await deliver(room) == 1
        await mail.put(second)
        calls = len(telegram.calls)
        assert await deliver(room) == 0
        clock.move(seconds=34)
        assert await deliver(room) == 0
        assert len(telegram.calls) == calls
        clock.move(seconds=2)
        assert await deliver(room) == 2
        assert (first.heard, second.heard) == (["公示"], ["公示"])


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_an_outage_of_telegram_is_waited_for(
    room: Room, mail: Mail, clock: Clock, status: int
) -> None:
    (phone,) = await mail.meet()
    await mail.put(phone)
    room.telegram.fail("*", status, times=3)
    for _ in range(3):
        assert await deliver(room) == 1
        assert await deliver(room) == 0
        clock.move(seconds=31)
    assert await deliver(room) == 1
    assert phone.heard == ["公示"]


async def test_an_unreachable_network_is_waited_for(
    telegram: TelegramServer, office: Office, clock: Clock
) -> None:
    async with opened(telegram, office) as room:
        mail = Mail(room)
        (phone,) = await mail.meet()
        await mail.put(phone)
        await telegram.runner.cleanup()
        assert await deliver(room) == 1
        assert await mail.rows() == [("waiting", 1)]


async def test_an_answer_lost_on_the_way_costs_one_repetition(
    room: Room, mail: Mail, clock: Clock
) -> None:
    (phone,) = await mail.meet()
    await mail.put(phone)
    room.telegram.fail("sendMessage", 504, after=True)
    await deliver(room)
    clock.move(seconds=31)
    await deliver(room)
    assert phone.heard == ["公示", "公示"]
    assert await mail.rows() == [("sent", 2)]


@pytest.mark.parametrize("body", [{"text": 5}, {"choices": [{"colour": 1}]}, {"step": -4}])
async def test_a_body_nobody_can_send_is_parked_and_holds_nobody_up(
    room: Room, mail: Mail, clock: Clock, body: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    poisoned, well = await mail.meet(2)
    await mail.put(poisoned, **{"text": "张三的公示", "choices": [{"label": "好"}]} | body)
    for _ in range(MOST_TRIES):
        await deliver(room)
        clock.move(seconds=31)
    await mail.put(well)
    assert await deliver(room) == 1
    assert await mail.rows() == [("closed", MOST_TRIES), ("sent", 1)]
    assert well.heard == ["公示"]
    assert await mail.reachable(poisoned)
    assert "张三" not in caplog.text
    errors = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert len(errors) == MOST_TRIES


async def test_a_message_telegram_refuses_is_parked(room: Room, mail: Mail, clock: Clock) -> None:
    (phone,) = await mail.meet()
    await mail.put(phone)
    room.telegram.fail("sendMessage", 400, "Bad Request: no luck today", times=99)
    for _ in range(MOST_TRIES):
        assert await deliver(room) == 1
        clock.move(seconds=31)
    assert await deliver(room) == 0
    assert await mail.rows() == [("closed", MOST_TRIES)]


async def test_cards_are_changed_where_they_stand(room: Room, mail: Mail) -> None:
    (phone,) = await mail.meet()
    async with room.office.unit() as unit:
        card = await unit.outbox.card("application", 7)
    await mail.put(phone, "请审核", choices=[{"label": "通过"}], card=card)
    await deliver(room)
    async with room.office.unit() as unit:
        await unit.outbox.close_card(card, {"zh_CN": Reply("已经办结").as_json()})
    assert await deliver(room) == 1
    assert [bubble.text for bubble in phone.shown] == ["已经办结"]
    assert phone.buttons == []


@pytest.mark.parametrize("already", ["changed", "deleted"])
async def test_a_change_that_is_needless_or_too_late_counts_as_done(
    room: Room, mail: Mail, already: str
) -> None:
    (phone,) = await mail.meet()
    async with room.office.unit() as unit:
        card = await unit.outbox.card("application", 7)
    await mail.put(phone, "请审核", card=card)
    await deliver(room)
    if already == "deleted":
        phone.chat.bubbles.clear()
    text = "请审核" if already == "changed" else "已经办结"
    async with room.office.unit() as unit:
        await unit.outbox.close_card(card, {"zh_CN": Reply(text).as_json()})
    assert await deliver(room) == 1
    assert room.telegram.refused
    assert {state for state, _ in await mail.rows()} == {"sent"}


async def test_long_notices_arrive_in_pieces(room: Room, mail: Mail) -> None:
    (phone,) = await mail.meet()
    await mail.put(phone, "条" * 5000, choices=[{**vars(Choice("好"))}])
    await deliver(room)
    assert [len(text) for text in phone.heard] == [4096, 904]
    assert phone.buttons == ["好"]
