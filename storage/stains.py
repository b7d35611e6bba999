"""The record of integrity: entered after a finding, found by keyed hash, struck out, never gone."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from core.errors import NotFound
from storage.book import Book
from storage.tables import Stain


def unit_key(union_id: int) -> str:
    """Under which the record of a unit stands."""
    return f"unit:{union_id}"


class Stains(Book):
    """An entry struck out stays to be read, and is not found any more by those who apply."""

    async def enter(self, stain: Stain) -> Stain:
        self.session.add(stain)
        await self.session.flush()
        return stain

    async def by_id(self, stain_id: int) -> Stain:
        """Raises NotFound."""
        found = await self.session.get(Stain, stain_id)
        if found is None:
            raise NotFound(stain=stain_id)
        return found

    async def held(self, stain_id: int) -> Stain:
        """Raises NotFound."""
        rows = select(Stain).where(Stain.id == stain_id).with_for_update(key_share=True)
        found = await self.session.scalar(rows.execution_options(populate_existing=True))
        if found is None:
            raise NotFound(stain=stain_id)
        return found

    async def standing(self, whose: Collection[str]) -> Sequence[Stain]:
        """Those of these persons and units that have not been struck out, oldest first."""
        rows = select(Stain).where(Stain.whose.in_(set(whose)), Stain.struck_at.is_(None))
        return (await self.session.scalars(rows.order_by(Stain.id))).all()

    async def of_claw_back(self, claw_back_id: int) -> Stain | None:
        found = select(Stain).where(Stain.claw_back_id == claw_back_id)
        return await self.session.scalar(found)
