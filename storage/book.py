"""What every repository of the archive stands on: the unit's connection, session and hour."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from storage.tables import SHANGHAI
from storage.vault import Vault


class Work:
    """One transaction. `now` is taken once, so that everything in it happens at one instant."""

    def __init__(
        self,
        connection: AsyncConnection,
        now: datetime,
        vault: Vault | None = None,
        writing: bool = True,
    ) -> None:
        self.connection = connection
        self.now = now.astimezone(SHANGHAI)
        self.writing = writing
        self.instead: dict[str, str] = {}  # officer:3 -> officer:5, for whom officer 3 acts here
        self._vault = vault
        self._session: AsyncSession | None = None

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def postgres(self) -> bool:
        return self.connection.dialect.name == "postgresql"

    @property
    def vault(self) -> Vault:
        if self._vault is None:
            raise RuntimeError("this database was opened without a vault")
        return self._vault

    @property
    def session(self) -> AsyncSession:
        """Made when first asked for: a turn that needs no objects does not pay for one."""
        if self._session is None:
            self._session = AsyncSession(self.connection, expire_on_commit=False)
        return self._session

    async def flush(self) -> None:
        if self._session is not None:
            await self._session.flush()

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


class Book:
    """Base of the repositories. Books keep nothing of their own; one may open another."""

    def __init__(self, work: Work) -> None:
        self.work = work

    @property
    def connection(self) -> AsyncConnection:
        return self.work.connection

    @property
    def session(self) -> AsyncSession:
        return self.work.session

    @property
    def now(self) -> datetime:
        return self.work.now

    def insert(self, table: Any) -> "sqlite.Insert | postgresql.Insert":
        """An insert that can say what to do on conflict, in the words of this database."""
        return postgresql.insert(table) if self.work.postgres else sqlite.insert(table)
