"""Reads the bubbles of a web chat, always by way of the address that leads to them."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, or_, select

from storage.tables import Line
from storage.unit import Unit

MOST = 200  # bubbles in one answer
BUBBLES = select(Line.id, Line.mine, Line.body, Line.at)


@dataclass(frozen=True)
class Log:
    """What the page needs to show where the conversation stands.

    `talk` is the conversation (0: none yet), `step` its present question. `afresh`: what the
    page shows has been forgotten, and these lines are all there is.
    """

    talk: int = 0
    step: int = 0
    language: str = ""
    lines: tuple[dict[str, Any], ...] = ()
    afresh: bool = False

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


async def log(unit: Unit, address: str, after: int = 0, since: datetime | None = None) -> Log:
    """The bubbles after the one with id `after`, or not older than `since`; with 0 the newest."""
    talk = await unit.conversations.find("web", address)
    if talk is None:
        return Log()
    theirs = BUBBLES.where(Line.conversation_id == talk.id)
    known = bool(after) and await _is_there(unit, theirs, after)
    if known:
        new = Line.id > after
        theirs = theirs.where(new if since is None else or_(new, Line.at >= since))
        rows = [*await unit.connection.execute(theirs.order_by(Line.id).limit(MOST))]
    else:
        last = await unit.connection.execute(theirs.order_by(Line.id.desc()).limit(MOST))
        rows = [*last][::-1]
    bubbles = tuple(bubble(row) for row in rows)
    return Log(talk.id, talk.step, talk.language, bubbles, afresh=bool(after) and not known)


async def _is_there(unit: Unit, theirs: Select[Any], line: int) -> bool:
    return (await unit.connection.execute(theirs.where(Line.id == line))).first() is not None


def bubble(row: Row[Any]) -> dict[str, Any]:
    moment = row.at.isoformat(timespec="seconds")
    return {"id": row.id, "mine": row.mine, "body": row.body, "at": moment}


async def newest(unit: Unit) -> int:
    """The id of the newest bubble of all chats, 0 before the first."""
    return await unit.connection.scalar(select(func.max(Line.id))) or 0


async def written_since(unit: Unit, after: int) -> dict[int, int]:
    """Of the bubbles after `after`, in all chats: id -> conversation."""
    rows = select(Line.id, Line.conversation_id).where(Line.id > after)
    return {row.id: row.conversation_id for row in await unit.connection.execute(rows)}
