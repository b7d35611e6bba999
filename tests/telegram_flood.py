"""Telegram's limits on how much a bot may send."""

import math
from collections import deque
from collections.abc import Callable

from tests.telegram_api import Refusal


class Flood:
    """`overall` in a second; to a person one a second, `burst` at once; to a group 20 a minute."""

    def __init__(self, now: Callable[[], float], overall: int = 30, burst: int = 4) -> None:
        self.now, self.overall, self.burst = now, overall, burst
        self.all: deque[float] = deque()
        self.groups: dict[int, deque[float]] = {}
        self.people: dict[int, tuple[float, float]] = {}  # how full, and when that was

    def check(self, chat_id: int) -> None:
        """Counts one message. Raises Refusal for one too many."""
        count(self.all, self.now(), 1.0, self.overall)
        if chat_id < 0:
            here = self.groups.setdefault(chat_id, deque())
            count(here, self.now(), 60.0, 20)
            here.append(self.now())
        else:
            full = self._full(chat_id)
            if full > self.burst - 1:
                raise too_many(full - self.burst + 1)
            self.people[chat_id] = full + 1, self.now()
        self.all.append(self.now())

    def _full(self, chat_id: int) -> float:
        full, at = self.people.get(chat_id, (0.0, self.now()))
        return max(0.0, full - (self.now() - at))


def count(times: deque[float], now: float, span: float, most: int) -> None:
    while times and times[0] <= now - span:
        times.popleft()
    if len(times) >= most:
        raise too_many(times[0] + span - now)


def too_many(seconds: float) -> Refusal:
    wait = max(1, math.ceil(seconds))
    return Refusal(429, f"Too Many Requests: retry after {wait}", wait)
