"""The thumb and ear over Telegram, against the strict stand-in."""

from collections.abc import Sequence

from tests.telegram_phone import Phone


class TelegramHand:
    """One person's private chat with the bot."""

    def __init__(self, phone: Phone) -> None:
        self.phone = phone

    async def begin(self) -> None:
        await self.phone.say("/start")

    async def say(self, text: str) -> None:
        await self.phone.say(text)

    async def tap(self, label: str) -> None:
        assert label in self.labels, f"no button {label} among {self.labels}: {self.heard}"
        await self.phone.tap(label)

    async def photo(self, content: bytes) -> None:
        await self.phone.photo(content)

    @property
    def heard(self) -> str:
        return self.phone.heard[-1]

    @property
    def labels(self) -> Sequence[str]:
        return self.phone.buttons
