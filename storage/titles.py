"""The register of titles: who holds which, since when, and whose union looks after them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, select

from core.errors import NotFound
from core.workflow import State
from storage.book import Book
from storage.tables import Application, Title, Worker

PLACE = "titles.name"


@dataclass(frozen=True)
class Holder:
    """Who is entered: a person of the roster, or a team or unit by its name."""

    name: str
    union_id: int
    worker: Worker | None = None


class Titles(Book):
    """Entries are added and ended, never removed; a title ended may be given again."""

    async def enter(
        self,
        holder: Holder,
        title: str,
        since: date | None,
        *,
        proof: str = "",
        officer_id: int | None = None,
        application_id: int | None = None,
    ) -> Title | None:
        """The new entry; None where this holder has the title already."""
        index = self.index_of(holder)
        row = self.insert(Title).values(
            title=title,
            worker_id=holder.worker.id if holder.worker else None,
            holder_index=index,
            name_sealed=self.work.vault.seal(holder.name, PLACE),
            union_id=holder.union_id,
            since=since,
            state="held",
            proof=proof,
            application_id=application_id,
            officer_id=officer_id,
            at=self.now,
            ended_why="",
        )
        new = await self.connection.execute(row.on_conflict_do_nothing().returning(Title.id))
        made = new.scalar_one_or_none()
        return None if made is None else await self.by_id(made)

    def index_of(self, holder: Holder) -> str:
        """The person's identity, the row of one without, or the name and union of a team."""
        if holder.worker is not None:
            return holder.worker.identity_index or f"worker:{holder.worker.id}"
        return self.work.vault.index(f"{holder.union_id}:{holder.name}", "title")

    def name(self, entry: Title) -> str:
        return self.work.vault.open(entry.name_sealed, PLACE)

    async def by_id(self, title_id: int) -> Title:
        """Raises NotFound."""
        return self._there(await self.session.get(Title, title_id))

    async def held(self, title_id: int) -> Title:
        """As it is now, and nobody ends it until the end of the unit. Raises NotFound."""
        rows = select(Title).where(Title.id == title_id).with_for_update(key_share=True)
        found = await self.session.scalar(rows.execution_options(populate_existing=True))
        return self._there(found)

    async def conferred_by(self, application_id: int) -> Sequence[Title]:
        """Those held that came with this award, held against changes."""
        rows = select(Title).where(Title.application_id == application_id, Title.state == "held")
        found = rows.with_for_update(key_share=True).execution_options(populate_existing=True)
        return (await self.session.scalars(found)).all()

    async def of_worker(self, worker_id: int) -> Sequence[Title]:
        rows = select(Title).where(Title.worker_id == worker_id).order_by(Title.id)
        return (await self.session.scalars(rows)).all()

    async def titled(self, titles: Collection[str]) -> Sequence[Title]:
        """Every person entered with one of these titles, whatever became of it."""
        rows = select(Title).where(Title.title.in_(set(titles)), Title.worker_id.is_not(None))
        return (await self.session.scalars(rows.order_by(Title.id))).all()

    async def below(
        self,
        unions: Collection[int],
        titles: Collection[str] | None = None,
        title: str = "",
        state: str = "",
        after: int = 0,
        most: int | None = None,
    ) -> Sequence[Title]:
        """Those these unions look after, in the order they were entered; of these `titles`, or
        of all."""
        rows = select(Title).where(_here(unions, titles), Title.id > after)
        rows = rows.where(Title.title == title) if title else rows
        rows = rows.where(Title.state == state) if state else rows
        rows = rows.order_by(Title.id)
        return (await self.session.scalars(rows.limit(most) if most else rows)).all()

    async def counts(
        self, unions: Collection[int], titles: Collection[str] | None = None
    ) -> dict[tuple[str, str], int]:
        """(title, state) -> how many."""
        rows = (
            select(Title.title, Title.state, func.count())
            .where(_here(unions, titles))
            .group_by(Title.title, Title.state)
        )
        return {(title, state): n for title, state, n in await self.connection.execute(rows)}

    async def unmatched(self, scheme_ids: Collection[str]) -> Sequence[Application]:
        """Revocations that are decided, and that no entry has been ended by yet."""
        used = select(Title.ended_by).where(Title.ended_by.is_not(None))
        rows = select(Application).where(
            Application.scheme_id.in_(set(scheme_ids)),
            Application.state == State.COMPLETED.value,
            Application.id.not_in(used),
        )
        return (await self.session.scalars(rows.order_by(Application.id))).all()

    async def ended_by(self, application_id: int) -> bool:
        """Whether this revocation has ended an entry already."""
        rows = select(Title.id).where(Title.ended_by == application_id)
        return await self.session.scalar(rows.limit(1)) is not None

    async def standing(self, titles: Collection[str]) -> Sequence[Title]:
        """Every entry of these titles that has not been revoked; where somebody writes, held until
        the unit ends."""
        rows = select(Title).where(Title.title.in_(set(titles)), Title.state != "revoked")
        rows = rows.order_by(Title.id)
        if self.work.writing:
            rows = rows.with_for_update(key_share=True)
        return (await self.session.scalars(rows)).all()

    async def given_with(self, entry: Title, title: str) -> bool:
        """Whether this holder was given that other title on the same day."""
        rows = select(Title.id).where(
            Title.holder_index == entry.holder_index,
            Title.title == title,
            Title.since == entry.since,
        )
        return await self.session.scalar(rows.limit(1)) is not None

    def _there(self, entry: Title | None) -> Title:
        if entry is None:
            raise NotFound
        return entry


def _here(unions: Collection[int], titles: Collection[str] | None) -> ColumnElement[bool]:
    here = Title.union_id.in_(set(unions))
    return here if titles is None else and_(here, Title.title.in_(set(titles)))
