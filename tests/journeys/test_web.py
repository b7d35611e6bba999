"""The same life in a real Chromium: a worker's phone, an officer's phone, the console."""

from pathlib import Path

from playwright.async_api import Browser, Page, expect

from handlers import access
from tests.browser import a_phone, real_browser, watch  # noqa: F401  (the fixture)
from tests.browser_hand import BrowserHand
from tests.clock import Clock
from tests.house import a_house
from tests.journeys.steps import applies, member
from tests.office_day import ACCOUNT, OfficeDay
from tests.served import served


async def test_a_technician_is_paid_through_the_chat_page(
    browser: Browser, database_url: str, tmp_path: Path, clock: Clock
) -> None:
    async with a_house(database_url, tmp_path, clock) as house, served(house) as url:
        person, day = member(), OfficeDay(house, clock)
        page = await a_phone(browser, reduced_motion="reduce")
        complaints = watch(page)
        hand = BrowserHand(page, f"{url}/")
        number = await applies(hand, person)
        await day.window_ends(number)

        officer = BrowserHand(await a_phone(browser), f"{url}/")
        await officer.begin()
        code = await access.chat_code(house.office, await day.officer("spring"))
        await officer.say(f"/officer {code}")
        await officer.tap("下一份")
        assert number in officer.heard
        assert person.name not in officer.heard
        assert person.identity not in officer.heard
        await officer.tap("通过")
        await officer.tap("承诺并通过")
        await expect(page.locator("#log")).to_contain_text("通过了“基层初审”")

        await day.posts("spring", number)
        await day.passes("kunming", number)
        await day.passes("tech", number)
        await day.posts("tech", number)
        await day.meets(number)
        await hand.say("进度")
        secret = await day.bank_secret(number)
        await _gives_account(await a_phone(browser), f"{url}/bank/{secret}", person.name)
        await day.pays(number)
        await expect(page.locator("#log")).to_contain_text("已经发放到")
        assert complaints == []


async def _gives_account(page: Page, url: str, holder: str) -> None:
    await page.goto(url)
    await page.get_by_role("checkbox").check()
    await page.get_by_label("户名").fill(holder)
    await page.get_by_label("银行卡号").fill(ACCOUNT)
    await page.get_by_label("开户银行").fill("中国工商银行昆明支行")
    await page.get_by_role("button", name="下一步：核对").click()
    await expect(page.locator("body")).to_contain_text(f"****{ACCOUNT[-4:]}")
    await expect(page.locator("body")).not_to_contain_text(ACCOUNT)
    await page.get_by_role("button", name="确认").click()
    await expect(page.locator("body")).to_contain_text("已")
