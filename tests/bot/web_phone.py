"""What a worker does with a thumb, on the page of the web chat."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import Page, expect

FIRST = "看看我能领什么"
CERTIFICATE = "技师（二级）"
IDENTITY = "530102199001010019"


async def pressed(page: Page, label: str) -> None:
    await page.get_by_role("button", name=label, exact=True).click()


async def written(page: Page, text: str) -> None:
    await page.get_by_label("输入您的话").fill(text)
    await pressed(page, "发送")


async def seen(page: Page, text: str) -> None:
    await expect(page.locator(".theirs .bubble", has_text=text).last).to_be_visible()


async def opened(page: Page, address: str) -> Page:
    """Up to the greeting."""
    await page.goto(address)
    await seen(page, "您好，我是惠工")
    return page


async def to_the_date(page: Page) -> None:
    await pressed(page, FIRST)
    await pressed(page, CERTIFICATE)
    await seen(page, "发证日期")


async def to_the_identity(page: Page) -> None:
    await to_the_date(page)
    await written(page, "2026年1月15日")
    await seen(page, "身份证号码")


async def to_the_papers(page: Page) -> None:
    await to_the_identity(page)
    await written(page, IDENTITY)
    await seen(page, "证书拍照")


@pytest.fixture(name="photo")
def a_photo(tmp_path: Path) -> Path:
    path = tmp_path / "certificate.jpg"
    Image.new("RGB", (800, 600), "beige").save(path)
    return path
