"""Papers as people hand them in: cleaned by another process, sealed, kept under a keyed digest.

The name of a file is never looked at; what it is follows from its first bytes. Equal content
is stored once, so a digest may belong to several papers: remove it when the last one goes.
"""

import asyncio
import hashlib
import logging
import os
import re
import secrets
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from core.errors import FileRefused, NotFound
from storage import cleaning
from storage.vault import Vault

LARGEST = 20 * 1024 * 1024  # bytes; also what Telegram lets a bot download
LONGEST_SIDE = 2400  # pixels
AT_ONCE = 2  # cleaning processes, each up to `cleaning.MEMORY`
PATIENCE = 20  # seconds for a free process, and then for its answer
DIGEST = re.compile(r"[0-9a-f]{64}")
HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Stored:
    """A clean file in the store: `digest` is its name there, `size` its bytes before sealing."""

    digest: str
    media_type: str  # image/jpeg or application/pdf
    size: int
    pages: int


class FileStore:
    """Keeps sealed files under `root`; every call may come from many tasks at once."""

    def __init__(self, root: Path, vault: Vault) -> None:
        self._root = root
        self._vault = vault
        self._free = asyncio.Semaphore(AT_ONCE)

    async def put(self, path: Path) -> Stored:
        """Cleans and stores the file at `path`, which stays where it is.

        Raises `core.errors.FileRefused`: empty, too_big, type, pixels, damaged, active, pages;
        or busy, when trying again later will help.
        """
        async with _patiently(self._free):
            content = await asyncio.to_thread(_read, path)
            kind = _kind(content)
            pages, clean = await _clean(content, kind, LONGEST_SIDE)
        clean = clean or content
        digest = self._vault.index(hashlib.sha256(clean).hexdigest(), "file")
        await asyncio.to_thread(self._write, digest, "", clean)
        media_type = "application/pdf" if kind == "PDF" else "image/jpeg"
        return Stored(digest, media_type, len(clean), pages)

    async def get(self, digest: str) -> bytes:
        """The clean content. Raises NotFound, or VaultError if the file on disk was altered."""
        return await asyncio.to_thread(self._open, digest, "")

    async def thumbnail(self, digest: str, side: int = 320) -> bytes:
        """A JPEG at most `side` pixels long (32 to 1200), kept once made.

        Raises NotFound for a PDF too: it has no thumbnail. FileRefused("busy") as in `put`.
        """
        if not 32 <= side <= 1200:
            raise ValueError("a thumbnail is 32 to 1200 pixels long")
        with suppress(NotFound):
            return await asyncio.to_thread(self._open, digest, f".{side}")
        content = await self.get(digest)
        if _kind(content) == "PDF":
            raise NotFound
        async with _patiently(self._free):
            _, small = await _clean(content, "JPEG", side)
        await asyncio.to_thread(self._write, digest, f".{side}", small)
        return small

    async def remove(self, digest: str) -> None:
        """The file and its thumbnails go; a digest that is not there is fine."""
        await asyncio.to_thread(self._remove, digest)

    def _remove(self, digest: str) -> None:
        path = self._path(digest)
        for each in path.parent.glob(f"{path.name}*"):
            each.unlink(missing_ok=True)

    def _path(self, digest: str, ending: str = "") -> Path:
        if not DIGEST.fullmatch(digest):
            raise NotFound
        return self._root / digest[:2] / f"{digest[2:]}{ending}"

    def _open(self, digest: str, ending: str) -> bytes:
        try:
            blob = self._path(digest, ending).read_bytes()
        except FileNotFoundError:
            raise NotFound from None
        return self._vault.open_bytes(blob, f"file:{digest}{ending}")

    def _write(self, digest: str, ending: str, content: bytes) -> None:
        path = self._path(digest, ending)
        self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        _replace(path, self._vault.seal_bytes(content, f"file:{digest}{ending}"))


@asynccontextmanager
async def _patiently(free: asyncio.Semaphore) -> AsyncIterator[None]:
    try:
        await asyncio.wait_for(free.acquire(), PATIENCE)
    except TimeoutError:
        raise FileRefused("busy") from None
    try:
        yield
    finally:
        free.release()


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if not content:
        raise FileRefused("empty")
    if len(content) > LARGEST:
        raise FileRefused("too_big")
    return content


def _kind(content: bytes) -> str:
    """The one decoder that is let near this content, from its first bytes."""
    if content.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "WEBP"
    if content[4:8] == b"ftyp" and content[8:12] in HEIF_BRANDS:
        return "HEIF"
    if content.startswith(b"%PDF-"):
        return "PDF"
    raise FileRefused("type")


async def _clean(content: bytes, kind: str, side: int) -> tuple[int, bytes]:
    """Pages, and the clean content, from a new process that lives for this one file.

    It starts in a twentieth of a second, and is given neither the environment nor a path.
    """
    script = [sys.executable, "-I", cleaning.__file__, kind, str(side)]
    process = await asyncio.create_subprocess_exec(
        *script, stdin=PIPE, stdout=PIPE, stderr=PIPE, env={}
    )
    try:
        answer, complaint = await asyncio.wait_for(process.communicate(content), PATIENCE)
    except TimeoutError:
        raise FileRefused("busy") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        _log_failure(kind, process.returncode, complaint)
        raise FileRefused("busy" if process.returncode == -signal.SIGKILL else "damaged")
    line, _, clean = answer.partition(b"\n")
    verdict, word = line.decode().split()
    if verdict == "refused":
        raise FileRefused(word)
    return int(word), clean


def _log_failure(kind: str, code: int, complaint: bytes) -> None:
    """The error's class only: its message may quote the file."""
    last = complaint.strip().rsplit(b"\n", 1)[-1].split(b":")[0]
    name = last.decode() if re.fullmatch(rb"[A-Za-z_.]{1,80}", last) else "-"
    log.warning("a %s file could not be read: exit %d, %s", kind, code, name)


def _replace(path: Path, blob: bytes) -> None:
    """All of it or nothing, also when the power goes."""
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(blob)
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)
    _sync(path.parent)


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
