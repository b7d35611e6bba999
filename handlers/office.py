"""Everything a clerk may use. Built once in `bot.app`, passed in by name."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime

from core.catalogue import Catalogue
from core.days import Calendar
from locales import Speaker, speaker
from storage.admission import Admission
from storage.database import Database
from storage.files import FileStore
from storage.tables import SHANGHAI
from storage.unit import Unit
from storage.vault import Vault
from storage.wording import LateFinder


@dataclass(frozen=True)
class Office:
    """`public_url` is where the pages are reached from a phone, without a slash at the end."""

    schemes: Catalogue
    finder: LateFinder
    database: Database
    vault: Vault
    files: FileStore
    admission: Admission
    calendar: Calendar
    clock: Callable[[], datetime]
    public_url: str

    def unit(self) -> AbstractAsyncContextManager[Unit]:
        """One transaction; never open one inside another."""
        return self.database.unit()

    def reading(self) -> AbstractAsyncContextManager[Unit]:
        """A transaction that only reads."""
        return self.database.reading()

    def now(self) -> datetime:
        return self.clock().astimezone(SHANGHAI)

    def today(self) -> date:
        return self.now().date()

    def speak(self, language: str) -> Speaker:
        return speaker(language)
