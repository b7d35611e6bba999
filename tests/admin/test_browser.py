"""The console and the public pages in a real browser, on a phone and at a desk, without script."""

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.async_api import Browser, Page, expect

from admin.app import console as console_app
from bot.web import pages
from storage.tables import Application
from tests.admin.desk import Console
from tests.admin.files import a_paper
from tests.browser import a_phone, contrast, real_browser, watch

__all__ = ["real_browser"]

DESK = {"viewport": {"width": 1280, "height": 800}, "has_touch": False, "is_mobile": False}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough to look at."""
    return sqlite_url


@pytest.fixture
async def here(console: Console) -> AsyncIterator[str]:
    """The console and the look it borrows, behind a real server on a free port."""
    app = FastAPI()
    app.add_api_route("/chat/static/{version}/{name}", pages.static)
    app.mount("/", console_app(console.office, f"/chat/static/{pages.VERSION}"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        free.listen(64)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
        task = asyncio.create_task(server.serve([free]))
        yield f"http://127.0.0.1:{free.getsockname()[1]}"
        server.should_exit = True
        await task


@pytest.fixture
async def waiting(console: Console, tmp_path: Path) -> Application:
    running = await console.day.opens_round(stage_days=10)
    application = await console.day.applies(running)
    await a_paper(console.day, application, tmp_path)
    await console.day.goes_to(0, running, application)
    return await console.day.now(application)


async def seated(console: Console, here: str, page: Page, login: str) -> None:
    """The officer's cookie, as signing in gives it."""
    async with console.office.unit() as unit:
        secret, _ = await unit.officers.sign_in(console.day.province[login])
    await page.context.add_cookies(
        [
            {
                "name": "console",
                "value": secret,
                "url": f"{here}/console",
                "httpOnly": True,
                "sameSite": "Strict",
            }
        ]
    )


async def fits(page: Page) -> bool:
    """Nothing sticks out to the right."""
    return bool(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize("size", ["phone", "desk"])
async def test_an_officer_decides(
    browser: Browser, console: Console, here: str, waiting: Application, size: str
) -> None:
    page = await a_phone(browser, java_script_enabled=True, **(DESK if size == "desk" else {}))
    complaints = watch(page)
    await seated(console, here, page, "base")
    await page.goto(f"{here}/console/queue")
    assert await fits(page)
    await page.get_by_text(waiting.number).click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text(waiting.number)
    assert await fits(page)
    await page.locator(".thumbs img").scroll_into_view_if_needed()
    await expect(page.locator(".thumbs img")).to_have_js_property("complete", True)
    await page.get_by_role("button", name="通过").click()
    await expect(page).to_have_url(f"{here}/console/applications/{waiting.id}")  # box not ticked
    await page.get_by_label("本单位已核实申报材料").check()
    await page.get_by_role("button", name="通过").click()
    await expect(page.get_by_role("status")).to_contain_text("已办理")
    assert (await console.day.now(waiting)).stage == 1
    assert complaints == []


async def test_a_paper_is_looked_at_and_the_look_is_noted(
    browser: Browser, console: Console, here: str, waiting: Application
) -> None:
    page = await a_phone(browser)
    await seated(console, here, page, "base")
    await page.goto(f"{here}/console/applications/{waiting.id}#papers")
    await page.locator(".thumbs a").first.click()
    image = page.locator(".picture img")
    await expect(image).to_have_js_property("complete", True)
    assert await image.evaluate("image => image.naturalWidth") == 640
    assert await fits(page)
    assert (await console.acts(f"application:{waiting.id}")).count("read_paper") == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_what_is_read_stands_out_and_what_is_pressed_is_big_enough(
    browser: Browser, console: Console, here: str, waiting: Application, scheme: str
) -> None:
    page = await a_phone(browser, color_scheme=scheme)
    await seated(console, here, page, "base")
    await page.goto(f"{here}/console/queue")
    for selector in (".person", ".number", ".of", ".due", ".menu a", "h1", ".filter .button"):
        assert await contrast(page, selector) >= 4.5, selector
    await page.goto(f"{here}/console/applications/{waiting.id}")
    for selector in (".cite", ".sign", ".answers dt", ".hint", ".primary", ".decide summary"):
        assert await contrast(page, selector) >= 4.5, selector
    for each in await page.locator("button, .button, summary, .menu a, .tick").all():
        box = await each.bounding_box()
        assert box is None or box["height"] >= 44


async def test_anybody_objects_without_script(
    browser: Browser, console: Console, here: str, waiting: Application
) -> None:
    await console.day.passes("base", waiting)
    notice = await console.day.posts("base", waiting)
    page = await a_phone(browser, java_script_enabled=False)
    await page.goto(f"{here}/notices")
    await page.get_by_role("heading", name="技能等级晋升补助").click()
    await page.get_by_label("对哪一份有异议").select_option(waiting.number)
    await page.get_by_label("哪里不实").fill("证书不是今年拿到的")
    await page.get_by_label("您的姓名").fill("李小明")
    await page.get_by_label("您的身份证号").fill("530102199001010771")
    await page.get_by_label("怎么联系您").fill("13812345678")
    await page.locator("input[name=consent]").check()
    await page.get_by_role("button", name="提交异议").click()
    await expect(page.get_by_role("alert")).to_contain_text("校验位")
    await expect(page.get_by_label("哪里不实")).to_have_value("证书不是今年拿到的")
    await page.get_by_label("您的身份证号").fill("530102199001010773")
    await page.locator("input[name=consent]").check()
    await page.get_by_role("button", name="提交异议").click()
    await expect(page.get_by_role("status")).to_contain_text("已经收到您的异议")
    async with console.office.reading() as unit:
        assert len(await unit.objections.of_union(notice.union_id)) == 1


async def test_a_worker_gives_the_account_on_a_phone(
    browser: Browser, console: Console, here: str, waiting: Application
) -> None:
    async with console.office.reading() as unit:
        running = await unit.rounds.by_id(waiting.round_id)
    await console.day.goes_to(6, running, waiting)
    link = (await console.day.links(waiting))[-1].removeprefix(console.office.public_url)
    page = await a_phone(browser)
    complaints = watch(page)
    await page.goto(here + link)
    assert await fits(page)
    assert not await page.locator("input[name=consent]").is_checked()
    await page.locator("input[name=consent]").check()
    await page.get_by_label("户名").fill(await console.day.name(waiting))
    await page.get_by_label("银行卡号").fill("6222 0212 3456 7890 128")
    await page.get_by_label("开户银行").fill("中国工商银行")
    await page.get_by_role("button", name="下一步").click()
    await expect(page.locator("dl")).to_contain_text("****0128")
    await page.get_by_role("button", name="都对，确认").click()
    await expect(page.get_by_role("status")).to_contain_text("账户已经收到")
    assert complaints == []


async def test_a_link_in_a_chat_on_the_web_opens_the_page_of_a_signed_in_officer(
    browser: Browser, console: Console, here: str, waiting: Application
) -> None:
    page = await a_phone(browser)
    await seated(console, here, page, "base")
    elsewhere = here.replace("127.0.0.1", "localhost")
    await page.route(
        f"{elsewhere}/chat",
        lambda route: route.fulfill(
            content_type="text/html",
            body=f'<a href="{here}/console/applications/{waiting.id}">open</a>',
        ),
    )
    await page.goto(f"{elsewhere}/chat")
    await page.get_by_text("open").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text(waiting.number)
