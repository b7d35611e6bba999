"""Officers: whom they decide for, whom they may not decide about, and their console sessions.

Passwords are checked by the clerks; here lies only their hash.
"""

import secrets
from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, or_, select, update

from storage.book import Book
from storage.tables import Officer, Relative, SignIn

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
TOUCH = timedelta(minutes=1)  # a session in use is noted once a minute, not at every request


class Officers(Book):
    """By login, token or session only active officers are found; by id also former ones."""

    async def by_id(self, officer_id: int) -> Officer | None:
        return await self.session.get(Officer, officer_id)

    async def some(self, *officer_ids: int | None) -> Sequence[Officer]:
        """Those of these that are not None, former ones too."""
        rows = select(Officer).where(Officer.id.in_({each for each in officer_ids if each}))
        return (await self.session.scalars(rows.order_by(Officer.id))).all()

    async def by_login(self, login: str) -> Officer | None:
        return await self._active(Officer.login == login)

    async def by_token(self, token: str) -> Officer | None:
        """The officer whose API token this is."""
        return await self._active(Officer.token_hash == self.work.vault.token_hash(token))

    async def of_union(self, union_id: int, *roles: str) -> Sequence[Officer]:
        """The active officers of a union, in these roles or in any."""
        officers = select(Officer).where(Officer.union_id == union_id, Officer.active)
        if roles:
            officers = officers.where(Officer.role.in_(roles))
        return (await self.session.scalars(officers.order_by(Officer.id))).all()

    async def give_token(self, officer: Officer) -> str:
        """A new API token; the one before stops working."""
        token = secrets.token_urlsafe(32)
        officer.token_hash = self.work.vault.token_hash(token)
        await self.session.flush()
        return token

    async def declare(self, officer_id: int, identity_index: str, relation: str) -> None:
        """A relative whose file this officer may not decide. Declared again: the new relation."""
        row = {"officer_id": officer_id, "identity_index": identity_index, "relation": relation}
        declared = self.insert(Relative).values(row)
        keys = [Relative.officer_id, Relative.identity_index]
        again = declared.on_conflict_do_update(index_elements=keys, set_={"relation": relation})
        await self.connection.execute(again)

    async def kin(self, persons: Collection[str], relatives: Collection[str]) -> set[str]:
        """The names of officers who are these relatives, or have declared one of these persons."""
        declared = select(Relative.officer_id).where(Relative.identity_index.in_(set(persons)))
        either = or_(Officer.identity_index.in_(set(relatives)), Officer.id.in_(declared))
        return set((await self.session.scalars(select(Officer.name).where(either))).all())

    async def relatives(self, officer_id: int) -> dict[str, str]:
        """Identity index -> relation."""
        declared = select(Relative.identity_index, Relative.relation)
        rows = await self.connection.execute(declared.where(Relative.officer_id == officer_id))
        return dict(rows.all())

    async def sign_in(self, officer: Officer) -> tuple[str, SignIn]:
        """A new session and the secret for its cookie."""
        secret = secrets.token_urlsafe(32)
        session = SignIn(
            officer_id=officer.id,
            secret_hash=self.work.vault.token_hash(secret),
            csrf=secrets.token_urlsafe(32),
            began_at=self.now,
            seen_at=self.now,
        )
        self.session.add(session)
        await self.session.flush()
        return secret, session

    async def signed_in(self, secret: str) -> tuple[Officer, SignIn] | None:
        """Who holds this cookie: neither idle for 30 minutes, nor 12 hours old, nor ended."""
        sessions = select(Officer, SignIn).join(SignIn, SignIn.officer_id == Officer.id)
        mine = SignIn.secret_hash == self.work.vault.token_hash(secret)
        row = (await self.session.execute(sessions.where(mine, self._running()))).one_or_none()
        if row is None:
            return None
        officer, session = row
        if self.work.writing and self.now - session.seen_at >= TOUCH:
            session.seen_at = self.now
        return officer, session

    async def sign_out(self, secret: str) -> None:
        await self._end(SignIn.secret_hash == self.work.vault.token_hash(secret))

    async def sign_out_everywhere(self, officer_id: int) -> None:
        """After a changed password, or when an officer leaves."""
        await self._end(SignIn.officer_id == officer_id)

    async def _active(self, found: ColumnElement[bool]) -> Officer | None:
        return await self.session.scalar(select(Officer).where(found, Officer.active))

    def _running(self) -> ColumnElement[bool]:
        return and_(
            Officer.active,
            SignIn.ended_at.is_(None),
            SignIn.seen_at > self.now - IDLE,
            SignIn.began_at > self.now - LONGEST,
        )

    async def _end(self, which: ColumnElement[bool]) -> None:
        sessions = update(SignIn).where(which, SignIn.ended_at.is_(None))
        await self.session.execute(sessions.values(ended_at=self.now))
