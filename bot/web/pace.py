"""How fast one chat, and one network, may speak: token buckets in memory."""

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
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


def network_of(host: str) -> str:
    """The address itself, or the /64 an IPv6 host may choose its addresses from."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return address.exploded[:19] if isinstance(address, IPv6Address) else host
