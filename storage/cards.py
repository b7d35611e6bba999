"""Finds the cards about a thing, whatever version of it they showed."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from storage.book import Book
from storage.tables import Card


class Cards(Book):
    """Cards are made, copied and closed by `storage.outbox`."""

    async def open_about(self, kinds: Collection[str], ref: int) -> Sequence[int]:
        """Ids of the cards of these kinds that can still be answered."""
        rows = select(Card.id).where(Card.kind.in_(kinds), Card.ref == ref, Card.closed.is_(False))
        return (await self.connection.execute(rows.order_by(Card.id))).scalars().all()
