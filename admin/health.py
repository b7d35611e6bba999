"""For whoever watches over the service: is the archive there, and how far behind are the loops."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from starlette.responses import JSONResponse, Response

from admin.seats import Visiting
from storage.chain import head_of
from storage.tables import Act, Inbox, Seal
from storage.unit import Unit

HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


@dataclass(frozen=True)
class Lag:
    """Seconds since the oldest that waits came; 0 where nothing waits."""

    seal: int
    inbox: int


async def health(guest: Visiting) -> Response:
    """503 where the archive cannot be reached (see `admin.app`)."""
    async with guest.office.reading() as unit:
        behind = Lag(seal=await _unsealed(unit), inbox=await _unanswered(unit))
    told = {"archive": "reachable", "seal_lag": behind.seal, "inbox_lag": behind.inbox}
    return JSONResponse(told, headers=HEADERS)


async def heads(guest: Visiting) -> Response:
    """The end of the chain over the acts, to be written down elsewhere every day."""
    async with guest.office.reading() as unit:
        head = await head_of(unit)
        sealed = select(Seal.at).where(Seal.seq == head.seq)
        at: datetime | None = await unit.session.scalar(sealed)
    told = {
        "seq": head.seq,
        "digest": head.digest,
        "at": at.isoformat(timespec="seconds") if at else None,
    }
    return JSONResponse(told, headers=HEADERS)


async def _unsealed(unit: Unit) -> int:
    """By the first act after the last one sealed: nothing is counted."""
    last = select(Seal.act_id).order_by(Seal.seq.desc()).limit(1)
    sealed = await unit.session.scalar(last) or 0
    waiting = select(Act.at).where(Act.id > sealed).order_by(Act.id).limit(1)
    return _age(unit, await unit.session.scalar(waiting))


async def _unanswered(unit: Unit) -> int:
    waiting = select(Inbox.at).where(Inbox.state == "new").order_by(Inbox.id).limit(1)
    return _age(unit, await unit.session.scalar(waiting))


def _age(unit: Unit, at: datetime | None) -> int:
    return max(0, int((unit.now - at).total_seconds())) if at else 0
