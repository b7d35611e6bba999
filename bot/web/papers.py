"""Small pictures of the papers a worker has handed in, for that worker alone."""

from sqlalchemy import select

from bot.web.faults import Fault
from core.errors import FileRefused, NotFound
from handlers.office import Office
from storage.tables import Draft, Paper
from storage.unit import Unit


async def thumbnail(office: Office, address: str, paper: int) -> bytes:
    """A JPEG. Raises Fault where there is none, and alike where it is somebody else's."""
    async with office.reading() as unit:
        digest = await _theirs(unit, address, paper)
    if digest is None:
        raise Fault(404, "web.error.not_found")
    try:
        return await office.files.thumbnail(digest)
    except NotFound:  # a PDF
        raise Fault(404, "web.error.not_found") from None
    except FileRefused:  # too many at once
        raise Fault(503, "web.error.busy", retry_after=3) from None


async def _theirs(unit: Unit, address: str, paper: int) -> str | None:
    """The digest of the paper, if this address leads to the worker who handed it in."""
    talk = await unit.conversations.find("web", address)
    if talk is None or talk.worker_id is None:
        return None
    one = select(Paper.digest).join(Draft, Draft.id == Paper.draft_id)
    one = one.where(Paper.id == paper, Paper.removed_at.is_(None))
    digest: str | None = await unit.connection.scalar(one.where(Draft.worker_id == talk.worker_id))
    return digest
