"""Telegram's limits on how much a bot may send."""

from collections import deque
from collections.abc import Callable

from tests.telegram_api import Refusal


class Flood:
    """Telegram's limits on messages: in a second, to one person, to one group in a minute."""

    def __init__(self, now: Callable[[], float], overall: int = 30, burst: int = 4) -> None:
        self.now, self.overall, self.burst = now, overall, burst
        self.all: deque[float] = deque()
        self.chats: dict[int, deque[float]] = {}

    def check(self, chat_id: int) -> None:
        here = self.chats.setdefault(chat_id, deque())
        span, most = (60.0, 20) if chat_id < 0 else (float(self.burst), self.burst)
        self._count(self.all, 1.0, self.overall)
        self._count(here, span, most)
        self.all.append(self.now())
        here.append(self.now())

    def _count(self, times: deque[float], span: float, most: int) -> None:
        while times and times[0] <= self.now() - span:
            times.popleft()
        if len(times) >= most:
            wait = max(1, round(times[0] + span - self.now()))
            raise Refusal(429, f"Too Many Requests: retry after {wait}", wait)
