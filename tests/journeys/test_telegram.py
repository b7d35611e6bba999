"""The same life over Telegram, and a talk that goes from one door to the other."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

import pytest

from bot.app import House
from handlers import access, desk
from tests.bot.telegram_room import Room, opened, served
from tests.clock import Clock
from tests.hands import DeskHand, a_photo
from tests.house import a_house
from tests.journeys.steps import (
    applies,
    asks_and_qualifies,
    fills_in,
    identifies,
    member,
    sends,
    shown_code,
)
from tests.office_day import OfficeDay
from tests.telegram_hand import TelegramHand
from tests.telegram_server import TelegramServer


class RealDesk:
    """The desk itself, where the room expects one."""

    receive = staticmethod(desk.receive)


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server


@asynccontextmanager
async def at_telegram(telegram: TelegramServer, house: House) -> AsyncIterator[Room]:
    real = cast(Any, RealDesk())
    async with opened(telegram, house.office, real) as room, served(room) as here:
        yield here


async def test_a_technician_is_paid_over_telegram(
    telegram: TelegramServer, database_url: str, tmp_path: Path, clock: Clock
) -> None:
    async with (
        a_house(database_url, tmp_path, clock) as house,
        at_telegram(telegram, house) as room,
    ):
        person, day = member(), OfficeDay(house, clock)
        phone, officer = telegram.phone(), telegram.phone()
        hand, thumb = TelegramHand(phone), TelegramHand(officer)
        code = await access.chat_code(house.office, await day.officer("spring"))
        await officer.say(f"/officer {code}")
        number = await applies(hand, person)
        await day.window_ends(number)
        await room.postman.deliver_once()
        assert "开始办理" in hand.heard
        card = next(bubble for bubble in reversed(officer.shown) if number in bubble.text)
        assert person.name not in card.text
        await thumb.tap("通过")
        await thumb.tap("承诺并通过")
        await room.postman.deliver_once()
        assert "通过了“基层初审”" in hand.heard
        await day.posts("spring", number)
        await day.passes("kunming", number)
        await day.passes("tech", number)
        await day.posts("tech", number)
        await day.meets(number)
        await room.postman.deliver_once()
        assert "填写收款账户" in hand.labels
        url = await phone.tap("填写收款账户")
        await day.gives_account(url.rpartition("/")[2], person.name)
        await day.pays(number)
        await room.postman.deliver_once()
        assert "已经发放到" in hand.heard
        assert telegram.refused == []


async def test_all_copies_of_a_card_close_and_say_who_decided(
    telegram: TelegramServer, database_url: str, tmp_path: Path, clock: Clock
) -> None:
    async with (
        a_house(database_url, tmp_path, clock) as house,
        at_telegram(telegram, house) as room,
    ):
        day, phones = OfficeDay(house, clock), [telegram.phone(), telegram.phone()]
        for phone, login in zip(phones, ("spring", "spring2"), strict=True):
            code = await access.chat_code(house.office, await day.officer(login))
            await phone.say(f"/officer {code}")
        number = await applies(DeskHand(house.office), member())
        await day.window_ends(number)
        await room.postman.deliver_once()
        await phones[0].tap("通过")
        await phones[0].tap("承诺并通过")
        await room.postman.deliver_once()
        for phone in phones:
            closed = [bubble for bubble in phone.shown if "何秀兰" in bubble.text]
            assert closed, "the copy does not say who decided"
            assert not any("通过" in b["text"] for bubble in closed for b in bubble.buttons)
        assert telegram.refused == []


async def test_a_talk_begun_on_the_page_goes_on_in_telegram(
    telegram: TelegramServer, database_url: str, tmp_path: Path, clock: Clock
) -> None:
    async with (
        a_house(database_url, tmp_path, clock) as house,
        at_telegram(telegram, house) as room,
    ):
        person, page = member(3), DeskHand(house.office, "page")
        await asks_and_qualifies(page)
        await page.tap("现在申请")
        await identifies(page, person)
        phone = telegram.phone()
        hand = TelegramHand(phone)
        await asks_and_qualifies(hand)
        await hand.tap("现在申请")
        await hand.tap("同意")
        await hand.tap("同意")
        await hand.say(person.name)
        await hand.say(person.identity)
        assert "验证码" in hand.heard
        await hand.say(await shown_code(house))
        assert "证书上写的职业" in hand.heard
        await fills_in(hand)
        number = await sends(hand)
        await page.turn(command="resume")
        await page.say("进度")
        assert number in page.heard
        await room.postman.deliver_once()
        assert telegram.refused == []


async def test_an_album_is_one_paper_with_pages(
    telegram: TelegramServer, database_url: str, tmp_path: Path, clock: Clock
) -> None:
    async with a_house(database_url, tmp_path, clock) as house, at_telegram(telegram, house):
        phone = telegram.phone()
        hand = TelegramHand(phone)
        await asks_and_qualifies(hand)
        await hand.tap("现在申请")
        await identifies(hand, member())
        await hand.say("焊工")
        await hand.say("S000053000000000009")
        await phone.album([a_photo("one"), a_photo("two"), a_photo("three")])
        assert "3 页" in hand.heard
        assert telegram.refused == []
