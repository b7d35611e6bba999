"""Photographs and documents in an order for machines: base64 in the JSON, cleaned as all are."""

import asyncio
import binascii
import tempfile
from base64 import b64decode
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from pydantic import Field

from admin.api.orders import Order
from admin.uploads import LARGEST, MOST
from core.errors import FileRefused
from handlers.office import Office
from storage.files import Stored

BODY = 48 * 1024 * 1024  # bytes of an order with papers; base64 makes three bytes four


class PaperOrder(Order):
    """A photograph (JPEG, PNG, WebP, HEIC) or a PDF; at most 20 MB, and 48 MB in one order."""

    content: Annotated[
        str,
        Field(
            min_length=1,
            max_length=LARGEST * 4 // 3 + 4,
            json_schema_extra={"contentEncoding": "base64"},
        ),
    ]


Papers = Annotated[list[PaperOrder], Field(max_length=MOST)]


async def kept(office: Office, papers: Sequence[PaperOrder]) -> tuple[Stored, ...]:
    """Cleaned and sealed. Raises FileRefused."""
    return tuple([await _kept(office, each) for each in papers])


async def _kept(office: Office, paper: PaperOrder) -> Stored:
    try:
        content = b64decode(paper.content, validate=True)
    except binascii.Error:
        raise FileRefused("damaged") from None
    if not content:
        raise FileRefused("empty")
    if len(content) > LARGEST:
        raise FileRefused("too_big")
    with tempfile.TemporaryDirectory(prefix="huigong-") as folder:
        path = Path(folder) / "paper"
        await asyncio.to_thread(path.write_bytes, content)
        return await office.files.put(path)
