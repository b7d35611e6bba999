"""A worker's folder for one scheme: when it was begun, and the papers in their order."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select

from core.errors import NotFound
from storage.book import Book
from storage.files import Stored
from storage.tables import Attachment, Draft, ObjectionPaper, Paper, PleaPaper


class Drafts(Book):
    """Drafts and their papers; a removed paper keeps its row, its content may be forgotten."""

    async def open_of(self, worker_id: int, scheme_id: str) -> Draft | None:
        """The folder this worker has not sent yet."""
        found = select(Draft).where(
            Draft.worker_id == worker_id, Draft.scheme_id == scheme_id, Draft.state == "open"
        )
        return (await self.session.scalars(found.order_by(Draft.id.desc()))).first()

    async def begin(self, worker_id: int, scheme_id: str) -> Draft:
        """The open folder of this worker, a new one if there is none."""
        draft = await self.open_of(worker_id, scheme_id)
        if draft is None:
            draft = Draft(worker_id=worker_id, scheme_id=scheme_id, state="open", began_at=self.now)
            self.session.add(draft)
            await self.session.flush()
        return draft

    async def schemes_of(self, worker_id: int) -> set[str]:
        """For which this worker has, or somebody has for him, begun a folder."""
        found = select(Draft.scheme_id).where(Draft.worker_id == worker_id)
        return set((await self.session.scalars(found)).all())

    async def own(self, worker_id: int, draft_id: int) -> Draft:
        """This worker's own, sent or not. Raises NotFound for anybody else's."""
        draft = await self.session.get(Draft, draft_id)
        if draft is None or draft.worker_id != worker_id:
            raise NotFound(draft=draft_id)
        return draft

    async def some(self, ids: Collection[int]) -> dict[int, Draft]:
        """By id."""
        found = await self.session.scalars(select(Draft).where(Draft.id.in_(set(ids))))
        return {draft.id: draft for draft in found}

    async def papers(self, draft_id: int, slot: int | None = None) -> Sequence[Paper]:
        """What lies in the folder, by slot and position."""
        found = select(Paper).where(Paper.draft_id == draft_id, Paper.removed_at.is_(None))
        if slot is not None:
            found = found.where(Paper.slot == slot)
        return (await self.session.scalars(found.order_by(Paper.slot, Paper.position))).all()

    async def paper(self, paper_id: int) -> tuple[Paper, Draft]:
        """A paper with the folder it lies in. Raises NotFound."""
        found = select(Paper, Draft).join(Draft, Draft.id == Paper.draft_id)
        row = (await self.session.execute(found.where(Paper.id == paper_id))).one_or_none()
        if row is None:
            raise NotFound(paper=paper_id)
        return row[0], row[1]

    async def add(self, draft_id: int, slot: int, stored: Stored, album: str = "") -> Paper:
        """Puts a page behind those already in the slot."""
        last = await self.session.scalar(
            select(func.max(Paper.position)).where(Paper.draft_id == draft_id, Paper.slot == slot)
        )
        paper = Paper(
            draft_id=draft_id,
            slot=slot,
            position=0 if last is None else last + 1,
            digest=stored.digest,
            media_type=stored.media_type,
            size=stored.size,
            pages=stored.pages,
            album=album,
            at=self.now,
        )
        self.session.add(paper)
        await self.session.flush()
        return paper

    async def remove(self, paper: Paper) -> None:
        paper.removed_at = self.now
        await self.session.flush()

    async def clear(self, draft_id: int, slot: int) -> None:
        """Empties a slot, to photograph it again."""
        for paper in await self.papers(draft_id, slot):
            paper.removed_at = self.now
        await self.session.flush()

    async def forward(self, draft_id: int, slot: int, index: int) -> None:
        """Moves the page at `index` (from 0) one place to the front."""
        pages = await self.papers(draft_id, slot)
        if 0 < index < len(pages):
            before, page = pages[index - 1], pages[index]
            before.position, page.position = page.position, before.position
            await self.session.flush()

    async def used(self, digest: str) -> bool:
        """Whether any folder still holds a paper with this content, or it lies somewhere else."""
        found = select(Paper.id).where(Paper.digest == digest, Paper.removed_at.is_(None))
        put = select(Attachment.id).where(Attachment.digest == digest)
        proof = select(ObjectionPaper.id).where(ObjectionPaper.digest == digest)
        plea = select(PleaPaper.id).where(PleaPaper.digest == digest)
        every = (found, put, proof, plea)
        rows = [await self.session.scalar(each.limit(1)) for each in every]
        return any(row is not None for row in rows)

    async def begun(self, scheme_id: str) -> Sequence[int]:
        """Workers with a folder for this scheme that they have not sent."""
        found = select(Draft.worker_id).where(Draft.scheme_id == scheme_id, Draft.state == "open")
        return (await self.session.scalars(found.distinct().order_by(Draft.worker_id))).all()

    async def unsent(self, worker_id: int) -> Sequence[Draft]:
        """Folders that were never sent."""
        found = select(Draft).where(Draft.worker_id == worker_id, Draft.state == "open")
        return (await self.session.scalars(found)).all()
