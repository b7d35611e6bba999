"""Whom an award is about: sealed, and found again by a keyed hash."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select

from core.reading import clean
from core.subjects import Claim
from storage.book import Book
from storage.tables import Application, Subject, Title

NAME, IDENTITY, UNIT = "subjects.name", "subjects.identity", "subjects.unit"


@dataclass(frozen=True)
class Person:
    """As it was told; `identity` and `unit` are empty where nobody has told them."""

    name: str
    identity: str = ""
    unit: str = ""


class Subjects(Book):
    """One row for each folder; an officer may complete or mend it before approval."""

    async def of(self, draft_id: int) -> Subject | None:
        return await self.session.get(Subject, draft_id)

    async def some(self, draft_ids: Collection[int]) -> dict[int, Subject]:
        """By folder."""
        rows = select(Subject).where(Subject.draft_id.in_(set(draft_ids)))
        return {row.draft_id: row for row in await self.session.scalars(rows)}

    def person(self, row: Subject) -> Person:
        vault = self.work.vault
        identity = vault.open(row.identity_sealed, IDENTITY) if row.identity_sealed else ""
        unit = vault.open(row.unit_sealed, UNIT) if row.unit_sealed else ""
        return Person(vault.open(row.name_sealed, NAME), identity, unit)

    async def tell(
        self,
        draft_id: int,
        name: str | None = None,
        identity: str | None = None,
        unit: str | None = None,
        officer_id: int | None = None,
    ) -> Subject:
        """Writes what is told down, and leaves the rest; the name comes first."""
        vault, row = self.work.vault, await self.of(draft_id)
        if row is None:
            row = Subject(draft_id=draft_id, name_sealed=vault.seal(name or "", NAME), at=self.now)
            self.session.add(row)
        elif name is not None:
            row.name_sealed = vault.seal(name, NAME)
        if identity is not None:
            row.identity_sealed = vault.seal(identity, IDENTITY)
            row.identity_index = vault.index(identity, "identity") if identity else None
        if unit is not None:
            row.unit_sealed = vault.seal(unit, UNIT)
        told = self.person(row)
        known = f"{told.name}|{clean(told.unit).replace(' ', '').casefold()}"
        row.name_index = vault.index(known, "subject") if told.unit else None
        row.officer_id, row.at = officer_id or row.officer_id, self.now
        await self.session.flush()
        return row

    async def forget(self, draft_id: int) -> None:
        """Before it is sent: to be told anew."""
        row = await self.of(draft_id)
        if row is not None:
            await self.session.delete(row)
            await self.session.flush()

    async def hold(self, draft_ids: Collection[int]) -> None:
        """Nobody else decides about the same persons until the end of the unit."""
        mine = list((await self.some(draft_ids)).values())
        if mine:
            rows = select(Subject.draft_id).where(or_(*(_same(each) for each in mine)))
            held = rows.order_by(Subject.draft_id).with_for_update()
            await self.session.execute(held)

    async def claims(self, row: Subject, scheme_id: str) -> Sequence[Claim]:
        """The live applications of this scheme about the same person, its own included."""
        union = func.coalesce(Application.union_id, Application.base_union_id)
        found = (
            select(Application.id, Application.decided_at, union)
            .join(Subject, Subject.draft_id == Application.draft_id)
            .where(Application.live, Application.scheme_id == scheme_id, _same(row))
            .order_by(Application.id)
        )
        return [Claim(*each) for each in (await self.session.execute(found)).all()]

    async def titles(self, row: Subject) -> Sequence[Title]:
        """What the register of titles says of this person."""
        if row.identity_index is None:
            return ()
        found = select(Title).where(Title.holder_index == row.identity_index).order_by(Title.id)
        return (await self.session.scalars(found)).all()

    async def given(self, row: Subject, schemes: Collection[str], year: int) -> int:
        """The fen this person's own live applications of these schemes have in this year."""
        rows = select(func.coalesce(func.sum(Application.amount_fen), 0)).where(
            Application.live,
            Application.identity_index == (row.identity_index or ""),
            Application.scheme_id.in_(schemes),
            Application.year == year,
        )
        return int(await self.session.scalar(rows) or 0)


def _same(row: Subject) -> ColumnElement[bool]:
    """The same identity; where one of the two is not known, the same name and unit."""
    named = Subject.name_index == row.name_index
    if row.identity_index is None:
        return named
    unknown = and_(Subject.identity_index.is_(None), named)
    return or_(Subject.identity_index == row.identity_index, unknown)
