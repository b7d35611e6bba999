"""How fast one chat, and one network, may speak: token buckets in memory."""

import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from math import ceil


@dataclass(frozen=True)
class Allowance:
    """`burst` at once, then `per_second`."""

    burst: float
    per_second: float


# One network may be a whole factory behind one address, so it gets far more than one chat.
USUAL = {
    "turn": (Allowance(30, 1), Allowance(600, 60)),
    "files": (Allowance(12, 0.2), Allowance(120, 5)),
    "read": (Allowance(120, 4), Allowance(2400, 240)),
}
STREAMS = {"chat": 6, "network": 2000}  # open at the same time
REMEMBERED = 50_000  # buckets; the longest unused is forgotten first


class Pace:
    """Counts what chats and networks ask for. `clock` gives seconds."""

    def __init__(
        self,
        allowances: Mapping[str, tuple[Allowance, Allowance]] = USUAL,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._allowances, self._clock = allowances, clock
        self._buckets: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()
        self._streams: Counter[tuple[str, str]] = Counter()

    def wait(self, kind: str, address: str, host: str) -> int:
        """Take one; 0 if it was there, else after how many whole seconds it will be."""
        chat, network = self._allowances[kind]
        asked = [((kind, network_of(host)), network)]
        if address:
            asked.append(((kind, address), chat))
        missing = max(self._missing(key, allowance) for key, allowance in asked)
        if missing > 0:
            return ceil(missing)
        for key, allowance in asked:
            self._take(key, allowance)
        return 0

    def crowded(self, address: str, host: str) -> bool:
        """Whether this chat or network has as many streams open as it may."""
        return any(self._streams[key] >= STREAMS[key[0]] for key in _holders(address, host))

    @contextmanager
    def streaming(self, address: str, host: str) -> Iterator[None]:
        """Counts one open stream while the block lasts."""
        holders = _holders(address, host)
        self._streams.update(holders)
        try:
            yield
        finally:
            self._streams.subtract(holders)
            self._streams += Counter()  # forgets those that hold none

    def _level(self, key: tuple[str, str], allowance: Allowance) -> float:
        level, at = self._buckets.get(key, (allowance.burst, self._clock()))
        return min(allowance.burst, level + (self._clock() - at) * allowance.per_second)

    def _missing(self, key: tuple[str, str], allowance: Allowance) -> float:
        return (1 - self._level(key, allowance)) / allowance.per_second

    def _take(self, key: tuple[str, str], allowance: Allowance) -> None:
        self._buckets[key] = (self._level(key, allowance) - 1, self._clock())
        self._buckets.move_to_end(key)
        while len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)


def _holders(address: str, host: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("chat", address), ("network", network_of(host))


def network_of(host: str) -> str:
    """The address itself, or the /64 an IPv6 host may choose its addresses from."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return address.exploded[:19] if isinstance(address, IPv6Address) else host
