"""A clock that tests move; nothing in the tests sleeps for time."""

from datetime import datetime, timedelta
from typing import Any

from storage.tables import SHANGHAI


class Clock:
    """Starts on Tuesday, 10 March 2026, at ten in the morning, in Shanghai."""

    def __init__(self) -> None:
        self._now = datetime(2026, 3, 10, 10, tzinfo=SHANGHAI)

    def now(self) -> datetime:
        return self._now

    def move(self, **by: Any) -> None:
        """Forward by `days=5`, `minutes=30`, …"""
        self._now += timedelta(**by)

    def set(self, to: datetime) -> None:
        self._now = to
