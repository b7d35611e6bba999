"""Short-lived secrets that work once: device codes, officers' chat codes, bank links.

The archive holds a keyed hash of each; the secret itself is told to one person.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, select, update

from storage.book import Book
from storage.tables import Code

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that looks like something else


@dataclass(frozen=True, slots=True)
class Slip:
    """What a code stands for."""

    ref: int
    conversation_id: int | None
    expires_at: datetime


class Codes(Book):
    """`kind` is device, officer or bank; `ref` the worker, officer or application."""

    async def make(
        self,
        kind: str,
        ref: int,
        ttl: timedelta,
        conversation_id: int | None = None,
        typed: int = 0,
    ) -> str:
        """A new secret: for a link, or of `typed` characters for a person to type."""
        while True:
            secret = written(typed) if typed else secrets.token_urlsafe(24)
            row = {
                "kind": kind,
                "secret_hash": self._hash(kind, secret),
                "ref": ref,
                "conversation_id": conversation_id,
                "expires_at": self.now + ttl,
            }
            made = self.insert(Code).values(row).on_conflict_do_nothing().returning(Code.id)
            if await self.connection.scalar(made) is not None:
                return secret

    async def peek(self, kind: str, secret: str) -> Slip | None:
        """What the code stands for, without using it; None once used or too late."""
        slips = select(Code.ref, Code.conversation_id, Code.expires_at)
        row = (await self.connection.execute(slips.where(self._good(kind, secret)))).first()
        return None if row is None else Slip(*row)

    async def use(self, kind: str, secret: str) -> int | None:
        """Uses the code up; its `ref`, or None if it is wrong, used or too late.

        Of several at once, one gets the `ref`: it is one conditional UPDATE.
        """
        used = update(Code).where(self._good(kind, secret)).values(used_at=self.now)
        return await self.connection.scalar(used.returning(Code.ref))

    async def revoke(self, kind: str, ref: int) -> None:
        """Codes made before for the same thing stop working."""
        open_codes = update(Code).where(Code.kind == kind, Code.ref == ref, Code.used_at.is_(None))
        await self.connection.execute(open_codes.values(used_at=self.now))

    def _good(self, kind: str, secret: str) -> ColumnElement[bool]:
        hashes = {self._hash(kind, secret), self._hash(kind, folded(secret))}
        return and_(
            Code.secret_hash.in_(hashes), Code.used_at.is_(None), Code.expires_at > self.now
        )

    def _hash(self, kind: str, secret: str) -> str:
        return self.work.vault.token_hash(f"{kind}|{secret}")


def written(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def folded(typed: str) -> str:
    """As a person types it: small letters, blanks and hyphens do not matter."""
    return "".join(typed.split()).replace("-", "").upper()
