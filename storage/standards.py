"""Yearly standard lines: appended, the newest of a year counts."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from storage.book import Book
from storage.tables import Officer, Standard


class Standards(Book):
    """What a line was before stays, with who set it and when."""

    async def set(self, fact: str, year: int, value: str, officer_id: int) -> Standard:
        line = Standard(fact=fact, year=year, value=value, officer_id=officer_id, at=self.now)
        self.session.add(line)
        await self.session.flush()
        return line

    async def of(self, year: int) -> dict[str, Standard]:
        """Fact -> the line that counts."""
        found = select(Standard).where(Standard.year == year).order_by(Standard.id)
        return {line.fact: line for line in await self.session.scalars(found)}

    async def history(self, limit: int = 60) -> Sequence[tuple[Standard, str]]:
        """With the name of who set it, newest first."""
        rows: Any = (
            select(Standard, Officer.name)
            .join(Officer, Officer.id == Standard.officer_id)
            .order_by(Standard.id.desc())
            .limit(limit)
        )
        return [(line, name) for line, name in await self.session.execute(rows)]
