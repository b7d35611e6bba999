"""The web chat and the real desk: what one promises, the other keeps."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image
from playwright.async_api import Browser, expect

from core.days import Calendar
from handlers import desk
from storage.admission import Admission
from storage.database import Database
from storage.vault import Vault
from tests import run
from tests.bot.web_phone import pressed, seen, written
from tests.bot.web_room import Room, a_room, an_office, served
from tests.browser import a_phone, real_browser, watch  # noqa: F401
from tests.clock import Clock

SCHEME = "技能等级晋升补助"


@pytest.fixture
async def open_room(
    sqlite_url: str, clock: Clock, vault: Vault, tmp_path: Path
) -> AsyncIterator[Room]:
    """The web chat of an office with its schemes, and nobody in its roster."""
    archive = Database(sqlite_url, clock=clock.now, vault=vault)
    admission = Admission(archive, clock.now)
    bare = an_office(archive, vault, tmp_path / "files")
    office = replace(bare, schemes=run.catalogue(), admission=admission, calendar=Calendar())
    room = a_room(office, receive=desk.receive)
    yield room
    await room.news.close()
    await admission.close()
    await archive.close()


async def said(client: httpx.AsyncClient, turn: object) -> Any:
    answer = await client.post("/chat/turn", json=turn)
    assert answer.status_code == 200
    return answer.json()


async def test_the_answer_to_each_turn_is_what_the_desk_has_written(open_room: Room) -> None:
    async with open_room.visitor() as client:
        greeting = await said(client, {"id": "a", "command": "start"})
        [choice] = [
            number
            for number, choice in enumerate(greeting["lines"][0]["body"]["choices"])
            if choice["label"] == SCHEME
        ]
        tap = {"step": greeting["step"], "choice": choice}
        turn = {"id": "b", "after": greeting["lines"][-1]["id"], "tap": tap}
        question = await said(client, turn)
        again = await said(client, turn)
        old = await said(client, {**turn, "id": "c"})
    assert [line["body"].get("text") for line in question["lines"][:1]] == [SCHEME]
    assert question["lines"][-1]["body"]["progress"][0] == 1
    assert question == again
    asked = question["lines"][-1]["body"]
    assert old["lines"][-1]["body"]["choices"] == asked["choices"]
    assert old["step"] == question["step"] + 1


async def test_an_interview_in_a_browser_survives_reload_and_language(
    open_room: Room, browser: Browser, tmp_path: Path
) -> None:
    photo = tmp_path / "photo.jpg"
    Image.new("RGB", (400, 300), "beige").save(photo)
    async with served(open_room) as address:
        page = await a_phone(browser)
        complaints = watch(page)
        await page.goto(address)
        await seen(page, "您好，我是惠工")
        await pressed(page, SCHEME)
        await seen(page, "哪一级证书")
        await pressed(page, "技师")
        await seen(page, "发证日期")
        await page.get_by_label("选日期").fill("2026-01-15")
        await pressed(page, "发送")
        await seen(page, "工会会员吗")
        await page.locator("#files").set_input_files(photo)  # nobody has asked for it
        await expect(page.locator(".mine .pictures img")).to_have_count(1)
        await written(page, "是")
        await seen(page, "哪类单位")
        before = await page.locator(".bubble").all_text_contents()
        await page.reload()
        await seen(page, "哪类单位")
        assert await page.locator(".bubble").all_text_contents() == before
        await pressed(page, "English")
        await expect(page.locator("html")).to_have_attribute("lang", "en")
        await expect(page.locator(".choices:not(.answered) button").first).to_be_enabled()
        assert complaints == []
