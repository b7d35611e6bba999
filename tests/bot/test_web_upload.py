"""Photographs and secrets in a real browser: shown where they belong, and kept nowhere else."""

import asyncio
from pathlib import Path

from playwright.async_api import Browser, Route, expect

from tests.bot.web_phone import (
    IDENTITY,
    a_photo,  # noqa: F401
    opened,
    pressed,
    seen,
    to_the_identity,
    to_the_papers,
    written,
)
from tests.bot.web_room import Room, served, web_room_on_sqlite  # noqa: F401
from tests.browser import a_phone, real_browser, watch  # noqa: F401


async def test_a_whole_talk_and_the_same_log_after_a_reload(
    small_room: Room, browser: Browser, photo: Path
) -> None:
    async with served(small_room) as address:
        page = await a_phone(browser)
        complaints = watch(page)
        await opened(page, address)
        await to_the_papers(page)
        await expect(page.get_by_role("button", name="拍照或选照片")).to_be_visible()
        await page.locator("#files").set_input_files([photo, photo])
        await seen(page, "都齐了")
        await expect(page.locator(".mine .pictures img")).to_have_count(2)
        before = await page.locator(".message .bubble").all_inner_texts()
        await page.reload()
        await seen(page, "都齐了")
        assert await page.locator(".message .bubble").all_inner_texts() == before
        assert IDENTITY not in await page.content()
        assert "530****0019" in await page.content()
        assert complaints == []
    assert [turn.command for turn in small_room.desk.turns].count("start") == 1


async def test_a_secret_is_never_kept_in_the_browser(small_room: Room, browser: Browser) -> None:
    async with served(small_room) as address:
        page = await opened(await a_phone(browser), address)
        await to_the_identity(page)
        small_room.desk.paused.clear()
        await written(page, IDENTITY)
        await expect(page.locator(".mine.waiting .bubble")).to_contain_text("••••••")
        kept = await page.evaluate("JSON.stringify([localStorage, sessionStorage])")
        assert IDENTITY not in kept
        assert IDENTITY not in await page.content()
        small_room.desk.paused.set()
        await seen(page, "证书拍照")


async def test_an_upload_can_be_cancelled(small_room: Room, browser: Browser, photo: Path) -> None:
    arrived = asyncio.Event()

    async def never_answered(route: Route) -> None:
        arrived.set()

    async with served(small_room) as address:
        page = await opened(await a_phone(browser), address)
        await to_the_papers(page)
        await page.route("**/chat/files*", never_answered)
        await page.locator("#files").set_input_files(photo)
        await arrived.wait()
        await expect(page.get_by_role("progressbar")).to_be_visible()
        await pressed(page, "取消")
        await expect(page.get_by_role("status")).to_contain_text("已取消")
        await expect(page.locator(".pictures")).to_have_count(0)
        await page.unroute("**/chat/files*")
        await page.locator("#files").set_input_files(photo)
        await seen(page, "都齐了")


async def test_what_cannot_be_taken_is_said_before_it_is_uploaded(
    small_room: Room, browser: Browser, tmp_path: Path
) -> None:
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.truncate(20 * 1024 * 1024 + 1)
    small = tmp_path / "small.pdf"
    small.write_bytes(b"%PDF")
    async with served(small_room) as address:
        page = await opened(await a_phone(browser), address)
        await page.locator("#files").set_input_files(large)
        await expect(page.get_by_role("status")).to_contain_text("超过 20 MB")
        await page.locator("#files").set_input_files([small] * 11)
        await expect(page.get_by_role("status")).to_contain_text("最多发 10 个")
    assert [turn.files for turn in small_room.desk.turns] == [()]
