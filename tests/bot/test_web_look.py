"""The page on a small phone, in the dark, with a keyboard, and read out loud."""

import re
from itertools import pairwise

import pytest
from playwright.async_api import Browser, expect

from tests.bot.web_phone import FIRST, opened, pressed, seen, to_the_date
from tests.bot.web_room import GREETING, Room, say, served, web_room_on_sqlite  # noqa: F401
from tests.browser import SMALL_PHONE, a_phone, contrast, real_browser, watch  # noqa: F401

READ = (
    ".name",
    ".of",
    ".quiet",
    ".when",
    ".asked",
    ".theirs .bubble",
    ".mine .bubble",
    ".answered .answer",
    ".answered .chosen",
    ".answered a",
    ".choices:not(.answered) .answer",
    ".choices:not(.answered) .primary",
    ".choices:not(.answered) .danger",
    ".tool span",
    ".state",
    "#text",
)


async def test_nothing_scrolls_sideways_on_360_pixels(small_room: Room, browser: Browser) -> None:
    long = "https://example.test/" + "a" * 300
    async with served(small_room) as address:
        page = await opened(await a_phone(browser, viewport=SMALL_PHONE), address)
        async with small_room.office.unit() as unit:
            choices = [{"label": "很长的选项" * 20}, {"label": "W" * 80, "tone": "primary"}]
            await say(unit, 1, {"text": long, "choices": choices, "card": 5, "step": 1})
        await seen(page, long)
        for language in ("English", "中文"):
            for element in ("html", "body", "#log", ".foot", ".head"):
                wide = await page.locator(element).evaluate("e => e.scrollWidth - e.clientWidth")
                assert wide <= 0, element
            assert await page.locator(".head").evaluate("e => e.offsetHeight") < 80
            async with page.expect_navigation():
                await pressed(page, language)


async def test_whatever_is_pressed_is_large_enough_for_a_thumb(
    small_room: Room, browser: Browser
) -> None:
    async with served(small_room) as address:
        page = await opened(await a_phone(browser, viewport=SMALL_PHONE), address)
        pressable = page.locator("button:visible, a:visible, textarea:visible")
        sizes = [await one.bounding_box() for one in await pressable.all()]
        choices = [await one.bounding_box() for one in await page.locator(".choices > *").all()]
        edges = [(box["y"], box["y"] + box["height"]) for box in choices if box]
    assert len(sizes) == 10
    assert all(box and box["height"] >= 48 and box["width"] >= 48 for box in sizes)
    assert all(box and box["width"] > 320 for box in choices)
    assert all(above[1] < below[0] for above, below in pairwise(edges))


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_everything_can_be_read_in_both_lights(
    small_room: Room, browser: Browser, scheme: str
) -> None:
    async with served(small_room) as address:
        calm = await a_phone(browser, color_scheme=scheme, reduced_motion="reduce")
        page = await opened(calm, address)
        await to_the_date(page)
        await pressed(page, "菜单")
        await expect(page.get_by_role("button", name=FIRST).last).to_be_enabled()
        await page.locator("#state").evaluate("e => { e.hidden = false; e.textContent = '…' }")
        for part in READ:
            assert await contrast(page, part) >= 4.5, part
        background = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    red, green, blue = map(int, re.findall(r"\d+", background)[:3])
    assert (red + green + blue < 150) == (scheme == "dark")


async def test_the_talk_can_be_led_with_a_keyboard(small_room: Room, browser: Browser) -> None:
    async with served(small_room) as address:
        desk = await a_phone(browser, has_touch=False, is_mobile=False, reduced_motion="reduce")
        page = await opened(desk, address)
        first = page.get_by_role("button", name=FIRST)
        for _ in range(6):
            await page.keyboard.press("Tab")
            if await first.evaluate("e => e === document.activeElement"):
                break
        assert await first.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
        await page.keyboard.press("Enter")
        await seen(page, "哪一级证书")
        await expect(page.locator(".theirs", has_text="哪一级证书")).to_be_focused()
        await page.keyboard.press("Tab")
        await expect(page.get_by_role("button", name="高级技师（一级）")).to_be_focused()
        field = page.get_by_label("输入您的话")
        await field.focus()
        await page.keyboard.type("技师")
        await page.keyboard.press("Shift+Enter")
        await page.keyboard.type("二级")
        await page.keyboard.press("Enter")
        await seen(page, "发证日期")
        await expect(field).to_be_focused()
    assert small_room.desk.turns[-1].text == "技师\n二级"


async def test_a_screen_reader_is_told_who_speaks_and_what_can_be_chosen(
    small_room: Room, browser: Browser
) -> None:
    async with served(small_room) as address:
        page = await opened(await a_phone(browser, reduced_motion="reduce"), address)
        log = page.get_by_role("log", name="聊天记录")
        await expect(log).to_have_attribute("aria-live", "polite")
        await expect(log.get_by_role("group", name="请选一个")).to_be_visible()
        await expect(page.get_by_role("heading", level=1)).to_have_text("惠工 · 云南工会服务")
        first, second = GREETING.text.split("\n\n")
        paragraphs = page.locator(".theirs .bubble p")
        assert await paragraphs.all_text_contents() == [f"惠工说：{first}", second]
        await to_the_date(page)
        await expect(page.get_by_label("选日期")).to_be_visible()
        await page.get_by_label("选日期").fill("2026-01-15")
        await expect(page.get_by_label("输入您的话")).to_have_value("2026-01-15")
        moving = "document.getAnimations().filter(a => a.playState === 'running').length"
        assert await page.evaluate(moving) == 0


async def test_whoever_reads_further_up_is_left_in_peace(
    small_room: Room, browser: Browser
) -> None:
    async with served(small_room) as address:
        page = await opened(await a_phone(browser, reduced_motion="reduce"), address)
        async with small_room.office.unit() as unit:
            for count in range(30):
                await say(unit, 1, {"text": f"第{count}条通知"})
        await page.reload()
        await expect(page.get_by_text("第29条通知")).to_be_in_viewport()
        await page.locator("#log").evaluate("e => e.scrollTo(0, 0)")
        async with small_room.office.unit() as unit:
            await say(unit, 1, {"text": "最新通知"})
        await expect(page.get_by_role("button", name="有新消息")).to_be_visible()
        assert await page.locator("#log").evaluate("e => e.scrollTop") == 0
        await pressed(page, "↓ 有新消息")
        await expect(page.get_by_text("最新通知")).to_be_in_viewport()
        await expect(page.get_by_role("button", name="有新消息")).to_be_hidden()


async def test_a_long_answer_is_shown_from_its_head(small_room: Room, browser: Browser) -> None:
    reasons = "\n".join(f"✓ 第{count}个条件符合，见第{count}条" for count in range(40))
    async with served(small_room) as address:
        page = await opened(await a_phone(browser, reduced_motion="reduce"), address)
        async with small_room.office.unit() as unit:
            body = {"text": f"您符合条件。\n\n{reasons}", "choices": [{"label": "现在申请"}]}
            await say(unit, 1, {**body, "card": 3})
        await expect(page.get_by_text("您符合条件。")).to_be_in_viewport()
        await expect(page.get_by_role("button", name="现在申请")).not_to_be_in_viewport()
        await pressed(page, "↓ 往下看")
        await expect(page.get_by_role("button", name="现在申请")).to_be_in_viewport()
        await expect(page.get_by_role("button", name="往下看")).to_be_hidden()


async def test_several_main_choices_do_not_shout(small_room: Room, browser: Browser) -> None:
    red = "e => getComputedStyle(e).backgroundColor"
    async with served(small_room) as address:
        page = await opened(await a_phone(browser), address)
        async with small_room.office.unit() as unit:
            choices = [{"label": label, "tone": "primary"} for label in ("是", "不是")]
            await say(unit, 1, {"text": "是会员吗？", "choices": choices, "card": 3})
        alone = await page.get_by_role("button", name=FIRST).evaluate(red)
        one = page.get_by_role("button", name="是", exact=True)
        await expect(one).to_be_visible()
        assert await one.evaluate(red) != alone


async def test_what_is_said_is_text_and_never_markup(small_room: Room, browser: Browser) -> None:
    evil = "<img src=x onerror=alert(1)><b>粗</b>"
    async with served(small_room) as address:
        page = await a_phone(browser)
        complaints = watch(page)
        await opened(page, address)
        async with small_room.office.unit() as unit:
            choices = [{"label": "坏", "url": "javascript:alert(1)"}, {"label": evil}]
            await say(unit, 1, {"text": evil, "choices": choices, "card": 3})
        await seen(page, evil)
        assert await page.locator("#log b, #log img").count() == 0
        assert await page.get_by_text("坏", exact=True).get_attribute("href") is None
        assert complaints == []
