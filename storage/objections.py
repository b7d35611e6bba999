"""Objections: who objects and why is sealed; that there is one is not."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from core.errors import NotFound
from storage.book import Book
from storage.files import Stored
from storage.tables import Objection, ObjectionPaper


@dataclass(frozen=True)
class Objector:
    """What the person who objects has said, in clear: only for those who investigate.

    Where anybody may object, all but the text may be empty. `papers` lie in the store already.
    """

    name: str
    identity: str
    contact: str
    text: str
    papers: tuple[Stored, ...] = ()


# How it reached the union: on our own pages and chats, or by what an officer wrote down.
HERE = "here"
CHANNELS = ("telephone", "mail", "visit")


class Objections(Book):
    """An objection is open until it is upheld or dismissed."""

    async def add(self, objection: Objection, objector: Objector) -> Objection:
        """Seals what was said; numbers come in normalised."""
        vault = self.work.vault
        objection.name_sealed = vault.seal(objector.name, "objections.name")
        objection.identity_sealed = vault.seal(objector.identity, "objections.identity")
        identity = objector.identity
        objection.identity_index = vault.index(identity, "identity") if identity else ""
        objection.contact_sealed = vault.seal(objector.contact, "objections.contact")
        objection.text_sealed = vault.seal(objector.text, "objections.text")
        self.session.add(objection)
        await self.session.flush()
        for each in objector.papers:
            row = ObjectionPaper(
                objection_id=objection.id,
                digest=each.digest,
                media_type=each.media_type,
                size=each.size,
                pages=each.pages,
            )
            self.session.add(row)
        await self.session.flush()
        return objection

    async def papers(self, objection_id: int) -> Sequence[ObjectionPaper]:
        """What was brought to prove it, in the order it came."""
        found = select(ObjectionPaper).where(ObjectionPaper.objection_id == objection_id)
        return (await self.session.scalars(found.order_by(ObjectionPaper.id))).all()

    def objector(self, objection: Objection) -> Objector:
        vault = self.work.vault
        return Objector(
            vault.open(objection.name_sealed, "objections.name"),
            vault.open(objection.identity_sealed, "objections.identity"),
            vault.open(objection.contact_sealed, "objections.contact"),
            vault.open(objection.text_sealed, "objections.text"),
        )

    async def by_id(self, objection_id: int) -> Objection:
        """Raises NotFound."""
        objection = await self.session.get(Objection, objection_id)
        if objection is None:
            raise NotFound(objection=objection_id)
        return objection

    async def held(self, objection_id: int) -> Objection:
        """Nobody else decides it until the end of the unit. Raises NotFound."""
        rows = select(Objection).where(Objection.id == objection_id).with_for_update(key_share=True)
        objection = await self.session.scalar(rows.execution_options(populate_existing=True))
        if objection is None:
            raise NotFound(objection=objection_id)
        return objection

    async def open_on(self, application_ids: Collection[int]) -> set[int]:
        """Those of these applications to which an objection is open."""
        rows = select(Objection.application_id).where(
            Objection.application_id.in_(set(application_ids)), Objection.state == "open"
        )
        return set(await self.session.scalars(rows))

    async def of_union(self, union_id: int, state: str = "open") -> Sequence[Objection]:
        """What this union has to investigate, oldest first."""
        found = select(Objection).where(Objection.union_id == union_id, Objection.state == state)
        return (await self.session.scalars(found.order_by(Objection.id))).all()

    async def of_application(self, application_id: int) -> Sequence[Objection]:
        """All there ever were, oldest first."""
        found = select(Objection).where(Objection.application_id == application_id)
        return (await self.session.scalars(found.order_by(Objection.id))).all()

    async def made_in(self, conversation_id: int) -> bool:
        """Whether one was ever said in this chat."""
        found = select(Objection.id).where(Objection.conversation_id == conversation_id)
        return await self.session.scalar(found.limit(1)) is not None

    async def open_by(self, application_id: int, identity_index: str) -> Objection | None:
        """The one this person has open against this application."""
        found = select(Objection).where(
            Objection.application_id == application_id,
            Objection.identity_index == identity_index,
            Objection.state == "open",
        )
        return (await self.session.scalars(found)).first()

    async def open_from(self, application_id: int, conversation_id: int) -> Objection | None:
        """The one that is open against this application out of this chat."""
        found = select(Objection).where(
            Objection.application_id == application_id,
            Objection.conversation_id == conversation_id,
            Objection.state == "open",
        )
        return (await self.session.scalars(found)).first()
