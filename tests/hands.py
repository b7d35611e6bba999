"""A thumb and an ear for each door: the same journey runs over all of them."""

import tempfile
from collections.abc import Sequence
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Protocol

from PIL import Image, ImageDraw

from bot.terminal import Terminal
from handlers import desk
from handlers.chat import File, Reply, Tap, Turn
from handlers.office import Office


class Hand(Protocol):
    """One person at one door."""

    async def begin(self) -> None: ...
    async def say(self, text: str) -> None: ...
    async def tap(self, label: str) -> None: ...
    async def photo(self, content: bytes) -> None: ...
    @property
    def heard(self) -> str:
        """The last thing the bot has said."""
        ...

    @property
    def labels(self) -> Sequence[str]:
        """The buttons below it."""
        ...


class DeskHand:
    """No door at all: turns go straight to the desk."""

    def __init__(self, office: Office, address: str = "desk", channel: str = "web") -> None:
        self.office, self.address, self.channel = office, address, channel
        self.reply = Reply("")
        self._numbers = count(1)

    async def begin(self) -> None:
        await self.turn(command="start")

    async def say(self, text: str) -> None:
        await self.turn(text=text)

    async def tap(self, label: str) -> None:
        assert label in self.labels, f"no button {label} among {self.labels}: {self.heard}"
        await self.turn(tap=Tap(self.reply.step, self.labels.index(label), self.reply.card))

    async def photo(self, content: bytes) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "photo"
            path.write_bytes(content)
            await self.turn(files=(File(path, len(content)),))

    async def turn(self, **did: object) -> Reply:
        """Anything at all, also what no door would send."""
        id_ = f"{self.address}:{next(self._numbers)}"
        given = {"channel": self.channel, "address": self.address, "id": id_, **did}
        answer = await desk.receive(self.office, Turn(**given))  # type: ignore[arg-type]
        self.reply = answer.reply
        return self.reply

    @property
    def heard(self) -> str:
        return self.reply.text

    @property
    def labels(self) -> list[str]:
        return [choice.label for choice in self.reply.choices]


class TerminalHand:
    """`huigong talk`, without the process around it."""

    def __init__(self, office: Office) -> None:
        self.said: list[str] = []
        self.terminal = Terminal(office, self.said.append, "journey")

    async def begin(self) -> None:
        await self.terminal.begin()

    async def say(self, text: str) -> None:
        await self.terminal.hear(text)

    async def tap(self, label: str) -> None:
        assert label in self.labels, f"no button {label} among {self.labels}: {self.heard}"
        await self.terminal.hear(f"#{self.labels.index(label) + 1}")

    async def photo(self, content: bytes) -> None:
        with tempfile.NamedTemporaryFile(suffix=".jpg") as file:
            file.write(content)
            file.flush()
            await self.terminal.hear(file.name)

    @property
    def heard(self) -> str:
        return self.said[-1]

    @property
    def labels(self) -> list[str]:
        return [choice.label for choice in self.terminal.reply.choices]


def a_photo(text: str = "技能等级证书", size: tuple[int, int] = (900, 600)) -> bytes:
    """A JPEG of a certificate nobody has issued; another text is another photo."""
    picture = Image.new("RGB", size, "white")
    ImageDraw.Draw(picture).text((60, 60), ascii(text), fill="black")
    content = BytesIO()
    picture.save(content, "JPEG")
    return content.getvalue()
