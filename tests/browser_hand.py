"""The thumb and ear in a real Chromium: taps what a finger can hit, hears what is shown."""

import re
from collections.abc import Sequence

from playwright.async_api import Locator, Page, expect


class BrowserHand:
    """One person with the chat page open on a phone."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.heard = ""
        self.labels: Sequence[str] = ()

    async def begin(self) -> None:
        await self.page.goto(self.url)
        await self._answered(0)

    async def say(self, text: str) -> None:
        before = await self._count()
        await self.page.locator("#text").fill(text)
        await self.page.locator("#say button[type=submit]").click()
        await self._answered(before)

    async def tap(self, label: str) -> None:
        before = await self._count()
        button = self.page.get_by_role("button", name=label, exact=True).last
        await button.click()
        await self._answered(before)

    async def photo(self, content: bytes) -> None:
        before = await self._count()
        file = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": content}
        await self.page.locator("#files").set_input_files([file])  # type: ignore[list-item]
        await self._answered(before)

    def _replies(self) -> Locator:
        return self.page.locator("#log .message.theirs:not(.typing)")

    async def _count(self) -> int:
        return await self._replies().count()

    async def _answered(self, before: int) -> None:
        """Until the bot has said something new and offers what it offers."""
        await expect(self._replies()).not_to_have_count(before)
        await expect(self.page.locator(".typing")).to_have_count(0)
        last = self._replies().last
        self.heard = await last.inner_text()
        self.labels = [
            re.sub(r"\s+", " ", t) for t in await last.locator("button, a").all_inner_texts()
        ]
