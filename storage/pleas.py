"""Pleas: the charge and the answer are sealed; that there is one is not."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from core.errors import NotFound
from storage.book import Book
from storage.files import Stored
from storage.tables import Plea, PleaPaper

CHARGE, ANSWER = "pleas.charge", "pleas.answer"


class Pleas(Book):
    """One for each matter, answered once."""

    async def open(self, plea: Plea, charge: str) -> Plea:
        plea.charge_sealed = self.work.vault.seal(charge, CHARGE)
        self.session.add(plea)
        await self.session.flush()
        return plea

    async def take_answer(self, plea: Plea, text: str, papers: Iterable[Stored]) -> None:
        plea.answer_sealed = self.work.vault.seal(text, ANSWER)
        plea.answered_at = self.now
        for each in papers:
            row = PleaPaper(
                plea_id=plea.id,
                digest=each.digest,
                media_type=each.media_type,
                size=each.size,
                pages=each.pages,
            )
            self.session.add(row)
        await self.session.flush()

    def charge(self, plea: Plea) -> str:
        return self.work.vault.open(plea.charge_sealed, CHARGE)

    def answer(self, plea: Plea) -> str:
        sealed = plea.answer_sealed
        return "" if sealed is None else self.work.vault.open(sealed, ANSWER)

    async def of(self, application_id: int) -> Plea | None:
        found = select(Plea).where(Plea.application_id == application_id)
        return await self.session.scalar(found)

    async def by_id(self, plea_id: int) -> Plea:
        """Raises NotFound."""
        found = await self.session.get(Plea, plea_id)
        if found is None:
            raise NotFound
        return found

    async def of_worker(self, worker_id: int) -> Sequence[Plea]:
        """Those put to this holder, newest first."""
        found = select(Plea).where(Plea.worker_id == worker_id).order_by(Plea.id.desc())
        return (await self.session.scalars(found)).all()

    async def papers(self, plea_id: int) -> Sequence[PleaPaper]:
        """In the order they came."""
        found = select(PleaPaper).where(PleaPaper.plea_id == plea_id).order_by(PleaPaper.id)
        return (await self.session.scalars(found)).all()
