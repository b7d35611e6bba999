"""Rows to be delivered, for phones that have said something once."""

from typing import Any

import pytest
from sqlalchemy import select

from handlers.chat import Reply
from storage.tables import Address, Outbox
from tests.bot.telegram_room import Room
from tests.telegram_phone import Phone


class Mail:
    """Puts rows into the archive for phones that have said something once."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.said = 0

    async def meet(self, number: int = 1) -> list[Phone]:
        phones = [self.room.telegram.phone() for _ in range(number)]
        async with self.room.office.unit() as unit:
            for phone in phones:
                await unit.conversations.of("telegram", str(phone.id), "zh_CN")
        return phones

    async def talk_of(self, phone: Phone) -> int:
        async with self.room.office.reading() as unit:
            talk = await unit.conversations.find("telegram", str(phone.id))
            assert talk is not None
            return talk.id

    async def put(self, phone: Phone, text: str = "公示", **body: Any) -> None:
        self.said += 1
        talk = await self.talk_of(phone)
        full = Reply(text).as_json() | body
        async with self.room.office.unit() as unit:
            await unit.outbox.say(talk, full, f"note:{self.said}")

    async def broadcast(self, phones: list[Phone], text: str = "通知") -> int:
        talks = [await self.talk_of(phone) for phone in phones]
        async with self.room.office.unit() as unit:
            body = Reply(text).as_json()
            return await unit.broadcasts.start(f"b:{text}", {"zh_CN": body}, conversations=talks)

    async def rows(self) -> list[tuple[str, int]]:
        async with self.room.office.reading() as unit:
            found = select(Outbox.state, Outbox.tried).order_by(Outbox.id)
            return [(state, tried) for state, tried in await unit.connection.execute(found)]

    async def reachable(self, phone: Phone) -> bool:
        async with self.room.office.reading() as unit:
            found = select(Address.reachable).where(Address.address == str(phone.id))
            return bool((await unit.connection.execute(found)).scalar_one())


@pytest.fixture
def mail(room: Room) -> Mail:
    return Mail(room)


async def deliver(room: Room) -> int:
    return await room.postman.deliver_once()
