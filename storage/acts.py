"""The book of acts: who did what, when, to what. Appended to, never changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from storage.book import Book
from storage.tables import Act


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the book."""

    id: int
    at: datetime
    who: str
    what: str
    on: str
    detail: dict[str, Any]


APPEND = insert(Act)
ENTRIES = select(Act.id, Act.at, Act.who, Act.what, Act.on, Act.detail)


class Acts(Book):
    """`who` is worker:7, officer:3 or calendar; `on` is application:12; no personal data.

    What an officer does here who acts for another (`Work.instead`) is kept with that other, as
    `instead_of`.
    """

    async def append(self, who: str, what: str, on: str, /, **detail: Any) -> None:
        if who in self.work.instead:
            detail["instead_of"] = self.work.instead[who]
        row = {"at": self.now, "who": who, "what": what, "on_whom": on, "detail": detail}
        await self.connection.execute(APPEND, row)

    async def of(self, on: str) -> Sequence[Entry]:
        """Everything that was done to this, oldest first."""
        rows = await self.connection.execute(ENTRIES.where(Act.on == on).order_by(Act.id))
        return [Entry(*row) for row in rows]
