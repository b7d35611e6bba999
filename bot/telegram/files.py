"""Fetches the files of a turn from Telegram to a folder that is gone after it.

The address of a file holds the bot's token: it is neither logged nor kept, and no error that
quotes it leaves this file.
"""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from aiohttp import ClientError, ClientTimeout
from telegram.error import BadRequest, TelegramError

from bot.telegram.receive import Paper
from bot.telegram.sender import Sender
from core.errors import FileRefused
from handlers.chat import File
from storage.files import LARGEST

PAUSES = (0.5, 2.0)  # seconds before the second and the third try
TIMEOUT = ClientTimeout(total=120, connect=10, sock_read=20)
CHUNK = 256 * 1024  # bytes


@dataclass
class Fetched:
    """The files that came, and why one did not (a FileRefused.why, or "")."""

    files: list[File] = field(default_factory=list)
    trouble: str = ""


class Files:
    """`pause` waits between two tries."""

    def __init__(
        self, sender: Sender, pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._sender, self._pause = sender, pause

    @asynccontextmanager
    async def fetched(self, papers: Sequence[Paper], album: str) -> AsyncIterator[Fetched]:
        """All files, or those before the first that could not be fetched."""
        folder = Path(await asyncio.to_thread(tempfile.mkdtemp, prefix="huigong-"))
        fetched = Fetched()
        try:
            for number, paper in enumerate(papers):
                fetched.files.append(await self._fetch(paper, folder / str(number), album))
        except FileRefused as refused:
            fetched.trouble = refused.why
        try:
            yield fetched
        finally:
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)

    async def _fetch(self, paper: Paper, path: Path, album: str) -> File:
        """Raises FileRefused: too_big, or busy where trying again later will help."""
        if paper.size > LARGEST:
            raise FileRefused("too_big")
        for pause in (*PAUSES, None):
            try:
                size = await self._download(await self._address(paper.id), path)
                return File(path, size, album)
            except (ClientError, OSError, TimeoutError, TelegramError):
                if pause is not None:
                    await self._pause(pause)
        raise FileRefused("busy")

    async def _address(self, file_id: str) -> str:
        try:
            file = await self._sender.bot.get_file(file_id)
        except BadRequest as error:
            if "too big" in error.message.lower():
                raise FileRefused("too_big") from None
            raise
        return file.file_path or ""

    async def _download(self, address: str, path: Path) -> int:
        """Writes what comes, up to the limit: what Telegram said of the size is only a promise."""
        session = self._sender.wire.session
        async with session.get(address, timeout=TIMEOUT, allow_redirects=False) as answer:
            if answer.status != 200:
                raise ClientError
            with await asyncio.to_thread(path.open, "wb") as file:
                return await _take(answer.content.iter_chunked(CHUNK), file)


async def _take(chunks: AsyncIterator[bytes], file: IO[bytes]) -> int:
    size = 0
    async for chunk in chunks:
        size += len(chunk)
        if size > LARGEST:
            raise FileRefused("too_big")
        await asyncio.to_thread(file.write, chunk)
    return size
