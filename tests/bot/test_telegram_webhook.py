"""Who may bring updates, and what becomes of those that cannot be one."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from bot.telegram.webhook import LARGEST, webhook_router
from storage.inbox import InboxBook
from storage.tables import Inbox
from tests.bot.telegram_room import *  # noqa: F403
from tests.bot.telegram_room import PATH, SECRET, Room

HEADER = b"X-Telegram-Bot-Api-Secret-Token"
GOOD = json.dumps({"update_id": 1, "message": {"from": {"id": 7}}}).encode()


@pytest.fixture
async def client(room: Room) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=room.url) as client:
        yield client


async def stored(room: Room) -> int:
    async with room.office.reading() as unit:
        rows = await unit.connection.execute(select(func.count()).select_from(Inbox))
        return int(rows.scalar_one())


def forged() -> list[list[tuple[bytes, bytes]]]:
    """Headers that are not ours."""
    right = SECRET.encode()
    wrong = [
        b"",
        b"0",
        b"x",
        right[:-1],
        right + b"1",
        right.upper(),
        right.swapcase(),
        right + b"\t.",
        b'"' + right + b'"',
        "密码".encode(),
        "ſecret".encode(),
        b"\xff\xfe\xfd",
        b"\xe4\xb8",
        b"a" * 5000,
        b"null",
        b"*",
        b"%00",
        right.replace(b"_", b"%5F"),
    ]
    headers = [[(HEADER, value)] for value in wrong]
    headers += [
        [],
        [(b"Authorization", b"Bearer " + right)],
        [(b"X-Telegram-Bot-Api-Secret", right)],
        [(b"X-Telegram-Bot-Api-Secret_Token", right)],
        [(b"Cookie", HEADER + b"=" + right)],
        [(HEADER, b"x"), (HEADER, right)],
        [(HEADER, right), (HEADER, right)],
        [(HEADER, right + b", " + right)],
        [(b"X-Forwarded-For", b"149.154.160.1")],
        [(b"X-Forwarded-For", b"149.154.160.1"), (HEADER, b"x")],
        [(b"X-Real-IP", b"149.154.160.1"), (b"Host", b"api.telegram.org")],
        [(b"Forwarded", b"for=149.154.160.1"), (HEADER, right[::-1])],
    ]
    return headers


async def test_nobody_but_telegram_is_believed(room: Room, client: httpx.AsyncClient) -> None:
    assert len(forged()) == 30
    for headers in forged():
        answer = await client.post(PATH, content=GOOD, headers=headers)
        assert (answer.status_code, answer.content) == (401, b""), headers
    assert await stored(room) == 0


async def bring(client: httpx.AsyncClient, body: bytes | Any) -> httpx.Response:
    return await client.post(PATH, content=body, headers={HEADER.decode(): SECRET})


NO_UPDATES = (
    *(b"", b"{", b"null", b"[1]", b'"a"', b'{"message": {}}', b'{"update_id": "7"}'),
    *(b'{"update_id": 1e3}', b'{"update_id": -5}', b'{"update_id": 99999999999999999999}'),
    *(b"[" * 200_000, b"\xff\xfe{}", b'{"update_id": ' + b"7" * 5000 + b"}"),
)


async def test_what_is_no_update_is_refused(room: Room, client: httpx.AsyncClient) -> None:
    for body in NO_UPDATES:
        assert (await bring(client, body)).status_code == 400, body[:80]
    assert await stored(room) == 0


async def test_more_than_a_megabyte_is_not_even_read(room: Room, client: httpx.AsyncClient) -> None:
    padded = GOOD + b" " * (LARGEST - len(GOOD))
    assert (await bring(client, padded)).status_code == 200
    assert (await bring(client, padded + b" ")).status_code == 413

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(64):
            yield b" " * 65536

    with suppress(httpx.WriteError):  # the door was closed while we were still talking
        assert (await bring(client, endless())).status_code == 413
    assert await stored(room) == 1


async def test_the_same_update_is_stored_once(room: Room, client: httpx.AsyncClient) -> None:
    answers = [await bring(client, GOOD) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 5
    assert await stored(room) == 1


async def test_other_methods_are_not_known(room: Room, client: httpx.AsyncClient) -> None:
    answer = await client.get(PATH, headers={HEADER.decode(): SECRET})
    assert answer.status_code == 405


async def test_an_update_that_could_not_be_stored_is_asked_for_again(
    room: Room, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = room.telegram.phone()

    async def away(*_: object) -> int:
        raise OperationalError("INSERT 530102199001011234", {}, OSError())

    with monkeypatch.context() as broken:
        broken.setattr(InboxBook, "store", away)
        answer = await bring(client, GOOD)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
        room.telegram.settle = None
        parcel = room.telegram.courier.push(
            {"message": {"from": {"id": phone.id}}}, f"chat:{phone.id}"
        )
        async with asyncio.timeout(10), room.telegram.courier.changed:
            await room.telegram.courier.changed.wait_for(lambda: len(parcel.tried) > 1)
    await room.telegram.settled(parcel)
    assert set(parcel.tried[:-1]) == {503}
    assert parcel.tried[-1] == 200


async def test_what_was_said_lies_sealed_and_goes_when_it_is_handled(room: Room) -> None:
    phone = room.telegram.phone()
    room.desk.open.clear()
    room.telegram.settle = None
    await phone.say("530102199001011234")
    async with room.office.reading() as unit:
        raw = (await unit.connection.execute(select(Inbox.raw_sealed))).scalar_one()
    assert raw
    assert b"530102199001011234" not in raw
    room.desk.open.set()
    await room.lanes.idle()
    async with room.office.reading() as unit:
        assert (await unit.connection.execute(select(Inbox.raw_sealed))).scalar_one() is None


async def test_a_webhook_needs_a_secret(room: Room) -> None:
    with pytest.raises(ValueError, match="secret"):
        webhook_router(room.inbox, room.lanes, secret="")
