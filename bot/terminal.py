"""`huigong talk`: the same chat in a terminal. A number picks a button, a path sends a file.

Where the answer itself is a number or a date, buttons are picked with #1, #2 …
"""

import getpass
import shutil
import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path
from uuid import uuid4

from handlers import desk
from handlers.chat import File, Reply, Tap, Turn, written
from handlers.office import Office
from handlers.visit import FREE

Say = Callable[[str], None]


class Terminal:
    """One person at one terminal."""

    def __init__(self, office: Office, say: Say, address: str = "") -> None:
        self.office = office
        self.say = say
        self.address = address or getpass.getuser()[:80]
        self.reply = Reply("")
        self._session = uuid4().hex
        self._numbers = count(1)

    async def begin(self) -> None:
        await self._turn(command="start")

    async def hear(self, typed: str) -> None:
        """One line, as it was typed."""
        typed = typed.strip()
        choice = self._choice(typed)
        if choice is not None:
            await self._turn(tap=Tap(self.reply.step, choice, self.reply.card))
        elif command := written(typed):
            await self._turn(command=command[0], argument=command[1])
        elif self.reply.expects == "photo" and (path := _file(typed)):
            await self._send(path)
        else:
            await self._turn(text=typed)

    def _choice(self, typed: str) -> int | None:
        picked = typed.removeprefix("#")
        if not picked.isascii() or not picked.isdigit():
            return None
        if self.reply.expects in FREE and not typed.startswith("#"):
            return None
        number = int(picked) - 1
        return number if 0 <= number < len(self.reply.choices) else None

    async def _send(self, path: Path) -> None:
        """A copy goes in: whoever hands a file over may change it afterwards."""
        with tempfile.TemporaryDirectory() as folder:
            copy, size = _copied(path, folder)
            await self._turn(files=(File(copy, size),))

    async def _turn(
        self,
        *,
        text: str = "",
        tap: Tap | None = None,
        command: str = "",
        argument: str = "",
        files: tuple[File, ...] = (),
    ) -> None:
        turn = Turn(
            channel="terminal",
            address=self.address,
            id=f"{self._session}:{next(self._numbers)}",
            text=text,
            tap=tap,
            command=command,
            argument=argument,
            files=files,
        )
        answer = await desk.receive(self.office, turn)
        self.reply = answer.reply
        self.say(shown(self.reply))


def _file(typed: str) -> Path | None:
    path = Path(typed).expanduser()
    return path if path.is_file() else None


def _copied(path: Path, folder: str) -> tuple[Path, int]:
    copy = Path(shutil.copy(path, folder))
    return copy, copy.stat().st_size


def shown(reply: Reply) -> str:
    """The reply as lines of a terminal."""
    mark = "#" if reply.expects in FREE else ""
    buttons = [
        f"  [{mark}{number}] {choice.label}" + (f"  {choice.url}" if choice.url else "")
        for number, choice in enumerate(reply.choices, 1)
    ]
    return "\n".join(["", reply.text, "", *buttons])
