"""Takes the files of a multipart form from the wire to temporary files, within limits.

Starlette's own parser would put any number of gigabytes on the disk before we could say no.
"""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header
from starlette.requests import Request

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

FORM = "multipart/form-data"
MOST = 10  # files
LARGEST = 20 * 1024 * 1024  # bytes of one file
LONGEST, MOST_FIELDS = 4_000, 20  # bytes of what is sent beside the files
AT_ONCE = 48  # forms received by this process
SECONDS = 600.0  # for the whole form
ALL = MOST * LARGEST + 1024 * 1024  # bytes of the form; more is not even read


class NotTaken(Exception):
    """No form, too slow or too large: `why` is form, slow or large."""

    def __init__(self, status: int, why: str) -> None:
        self.status, self.why = status, why
        super().__init__(why)


@dataclass
class Upload:
    """What has arrived: the files, and why some could not be taken (`too_big`, `many`, or "").

    `fields` is what was sent beside them: short, or the form is none of ours.
    """

    folder: Path
    paths: list[Path] = field(default_factory=list)
    trouble: str = ""
    fields: dict[str, list[str]] = field(default_factory=dict)
    whole: bool = False  # the form has ended as a form ends
    _open: IO[bytes] | None = None
    _size: int = 0
    _disposition: bytes = b""
    _name: bytes = b""
    _said: bytearray = field(default_factory=bytearray)
    _about: str = ""

    def header_name(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def header_value(self, data: bytes, start: int, end: int) -> None:
        if self._name.lower() == b"content-disposition":
            self._disposition += data[start:end]

    def header_end(self) -> None:
        self._name = b""

    def part_begins(self) -> None:
        self._disposition, self._size, self._about = b"", 0, ""
        self._said.clear()

    def body_begins(self) -> None:
        options = parse_options_header(self._disposition)[1]
        if b"filename" not in options:
            self._about = options.get(b"name", b"").decode("ascii", "replace")
            return
        if len(self.paths) == MOST:
            self.trouble = self.trouble or "many"
            return
        # The name the sender gave is never used: ours is the position.
        path = self.folder / str(len(self.paths))
        self._open = path.open("wb")
        self.paths.append(path)

    def part_data(self, data: bytes, start: int, end: int) -> None:
        self._size += end - start
        if self._about:
            self._said += data[start : min(end, start + LONGEST)]
        elif self._size > LARGEST:
            self.trouble = "too_big"
        elif self._open is not None:
            self._open.write(data[start:end])

    def form_ends(self) -> None:
        self.whole = True

    def part_ends(self) -> None:
        if self._about and len(self.fields) < MOST_FIELDS:
            said = bytes(self._said[:LONGEST]).decode("utf-8", "replace")
            self.fields.setdefault(self._about, []).append(said)
        if self._open is not None:
            self._open.close()
            self._open = None


@asynccontextmanager
async def received(request: Request) -> AsyncIterator[Upload]:
    """The files of the request, gone when the block ends. Raises NotTaken."""
    upload = Upload(Path(await asyncio.to_thread(tempfile.mkdtemp, prefix="huigong-")))
    try:
        await _receive(request, upload)
        yield upload
    finally:
        await asyncio.to_thread(shutil.rmtree, upload.folder, ignore_errors=True)


async def _receive(request: Request, upload: Upload) -> None:
    try:
        async with asyncio.timeout(SECONDS):
            await _read(request, upload)
    except FormParserError:
        raise NotTaken(422, "form") from None
    except TimeoutError:
        raise NotTaken(408, "slow") from None
    finally:
        upload.part_ends()
    if not upload.whole:
        raise NotTaken(422, "form")


async def _read(request: Request, upload: Upload) -> None:
    parser = MultipartParser(_boundary(request), _callbacks(upload))
    length = 0
    async for chunk in request.stream():
        length += len(chunk)
        if length > ALL:
            raise NotTaken(413, "large")
        parser.write(chunk)
    parser.finalize()


def _boundary(request: Request) -> bytes:
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind != FORM.encode() or not options.get(b"boundary"):
        raise NotTaken(422, "form")
    return options[b"boundary"]


def _callbacks(upload: Upload) -> "MultipartCallbacks":
    return {
        "on_part_begin": upload.part_begins,
        "on_header_field": upload.header_name,
        "on_header_value": upload.header_value,
        "on_header_end": upload.header_end,
        "on_headers_finished": upload.body_begins,
        "on_part_data": upload.part_data,
        "on_part_end": upload.part_ends,
        "on_end": upload.form_ends,
    }
