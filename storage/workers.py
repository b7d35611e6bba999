"""The roster. A name or number is opened one at a time, where it is needed.

Identity and phone numbers come in normalised form: the index finds equal texts only.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select, update

from storage.book import Book
from storage.known import KnownFacts
from storage.tables import Conversation, Worker


class Workers(Book):
    """Give `worker.facts` a new dict to change it: what is put into the old one is not seen."""

    async def by_id(self, worker_id: int) -> Worker | None:
        return await self.session.get(Worker, worker_id)

    async def by_identity(self, number: str) -> Worker | None:
        return await self.by_index(self.work.vault.index(number, "identity"))

    async def by_index(self, identity_index: str) -> Worker | None:
        workers = select(Worker).where(Worker.identity_index == identity_index)
        return await self.session.scalar(workers)

    async def names(self, identities: Collection[str]) -> set[str]:
        """Of those of the roster with these identity indexes."""
        found = select(Worker).where(Worker.identity_index.in_(set(identities)))
        return {self.name(each) for each in await self.session.scalars(found)}

    async def by_phone(self, number: str) -> Sequence[Worker]:
        """Several, if a family shares the number."""
        index = self.work.vault.index(number, "phone")
        workers = select(Worker).where(Worker.phone_index == index).order_by(Worker.id)
        return (await self.session.scalars(workers)).all()

    async def add(
        self,
        union_id: int,
        name: str,
        identity: str | None = None,
        phone: str | None = None,
        facts: Mapping[str, Any] | None = None,
    ) -> Worker:
        """A new person of the roster; the identity number must not be there yet."""
        worker = Worker(union_id=union_id, facts=dict(facts or {}), active=True)
        self.enter(worker, name, identity, phone)
        self.session.add(worker)
        await self.write(worker)
        return worker

    async def receive(self, union_id: int, name: str, identity: str, phone: str) -> Worker | None:
        """Somebody on no roster, who has told us this. None where the number is another name's.

        Of two at once, both get the same row.
        """
        said = Worker(union_id=union_id, facts={}, active=False, guest=True)
        self.enter(said, name, identity, phone)
        columns = [c.key for c in Worker.__table__.columns if c.key != "id"]
        row = {column: getattr(said, column) for column in columns}
        new = (
            self.insert(Worker)
            .values(row)
            .on_conflict_do_nothing(index_elements=[Worker.identity_index])
        )
        await self.connection.execute(new)
        there = await self.by_identity(identity)
        if there is None or self.name(there) != name:
            return None
        if not there.active:  # known from before, or one who has left the roster
            there.guest, there.union_id = True, union_id
            self.enter(there, phone=phone)
            await self.session.flush()
        return there

    async def write(self, worker: Worker) -> None:
        """Writes a changed row, and what an audience is chosen by."""
        await self.session.flush()
        await KnownFacts(self.work).of_roster(worker)

    def enter(
        self,
        worker: Worker,
        name: str | None = None,
        identity: str | None = None,
        phone: str | None = None,
    ) -> None:
        """Seals what is given and leaves the rest as it is."""
        vault = self.work.vault
        if name is not None:
            worker.name_sealed = vault.seal(name, "workers.name")
        if identity is not None:
            worker.identity_sealed = vault.seal(identity, "workers.identity")
            worker.identity_index = vault.index(identity, "identity")
        if phone is not None:
            worker.phone_sealed = vault.seal(phone, "workers.phone")
            worker.phone_index = vault.index(phone, "phone")

    def name(self, worker: Worker) -> str:
        return self.work.vault.open(worker.name_sealed, "workers.name")

    def identity(self, worker: Worker) -> str | None:
        return self._opened(worker.identity_sealed, "workers.identity")

    def phone(self, worker: Worker) -> str | None:
        return self._opened(worker.phone_sealed, "workers.phone")

    async def unbind(self, worker_id: int) -> bool:
        """No chat speaks for this worker any more; its dialogue begins anew, its facts are gone.

        Not for the conversation whose turn is at hand: that one is changed through its `Talk`.
        """
        blank: dict[str, Any] = {"worker_id": None, "facts": {}, "state": {}, "reply": {}}
        conversation = update(Conversation).where(Conversation.worker_id == worker_id)
        fresh = conversation.values(topic="menu", step=Conversation.step + 1, **blank)
        await KnownFacts(self.work).said(worker_id, {})
        return (await self.connection.execute(fresh)).rowcount > 0

    def _opened(self, blob: bytes | None, place: str) -> str | None:
        return None if blob is None else self.work.vault.open(blob, place)
