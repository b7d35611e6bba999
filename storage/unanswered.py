"""Questions nobody could answer, for the officers who write the answers."""

from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import select, update

from storage.book import Book
from storage.tables import Unanswered


class UnansweredBook(Book):
    """What is noted here tells nobody who asked."""

    async def note(self, said: str) -> None:
        """Once more, or for the first time; a settled one that comes back is open again."""
        key = sha256("".join(said.split()).casefold().encode()).hexdigest()
        again = update(Unanswered).where(Unanswered.key == key)
        changed = {"times": Unanswered.times + 1, "settled": False, "at": self.now}
        if (await self.connection.execute(again.values(changed))).rowcount:
            return
        row = {"key": key, "said": said, "at": self.now}
        await self.connection.execute(self.insert(Unanswered).values(row).on_conflict_do_nothing())

    async def waiting(self, limit: int, below: int = 0) -> Sequence[Unanswered]:
        """The open ones, newest first; `below` is the id of the last one of the page before."""
        found = select(Unanswered).where(Unanswered.settled.is_(False))
        if below:
            found = found.where(Unanswered.id < below)
        return (await self.session.scalars(found.order_by(Unanswered.id.desc()).limit(limit))).all()

    async def settle(self, unanswered_id: int) -> bool:
        """The wording now stands in a file, or is none of ours. Whether it was still open."""
        done = update(Unanswered).where(
            Unanswered.id == unanswered_id, Unanswered.settled.is_(False)
        )
        return (await self.connection.execute(done.values(settled=True))).rowcount > 0
