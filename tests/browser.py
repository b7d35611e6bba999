"""A real Chromium, for what only a browser can show: import `real_browser`, ask for `browser`."""

import shutil
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, async_playwright

ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE = {"width": 390, "height": 844}
SMALL_PHONE = {"width": 360, "height": 640}


@pytest.fixture(name="browser")
async def real_browser() -> AsyncIterator[Browser]:
    """With a new profile; skips where there is no chromium."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium on the PATH: install the chromium package to run browser tests")
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(
            executable_path=chromium, args=list(ARGUMENTS), chromium_sandbox=False
        )
        yield launched
        await launched.close()


async def a_phone(browser: Browser, **settings: object) -> Page:
    """A page of its own cookies, on a phone; `settings` as for `Browser.new_context`."""
    phone = {"viewport": PHONE, "has_touch": True, "is_mobile": True, "locale": "zh-CN"}
    context = await browser.new_context(**{**phone, **settings})  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    return await context.new_page()


def watch(page: Page) -> list[str]:
    """Everything the page complains about: script errors, and what its policy has blocked."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda said: complaints.append(said.text) if said.type == "error" else None,
    )
    return complaints


async def contrast(page: Page, selector: str) -> float:
    """The WCAG contrast of the first such element's text against what lies behind it."""
    ratio: float = await page.locator(selector).first.evaluate(CONTRAST)
    return ratio


CONTRAST = """(element) => {
  const channels = (colour) => (colour.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
  const light = (colour) => {
    const [r, g, b] = channels(colour).slice(0, 3).map((value) => {
      const share = value / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  let behind = element;
  const solid = (node) => {
    const [, , , alpha = 1] = channels(getComputedStyle(node).backgroundColor);
    return alpha > 0.99;
  };
  while (behind.parentElement && !solid(behind)) behind = behind.parentElement;
  const one = light(getComputedStyle(element).color);
  const two = light(getComputedStyle(behind).backgroundColor);
  return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
}"""
