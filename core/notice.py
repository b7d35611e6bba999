"""What a public notice says: masked names, unit, sum, dates; and the proof of what was shown."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256


@dataclass(frozen=True)
class Entry:
    """One line of a notice. `name` is masked (张*华); `amount_fen` the sum applied for,
    None where there is none or nobody has set it yet.
    """

    number: str
    name: str
    unit: str
    level: str
    amount_fen: int | None


def digest(scheme: str, union: str, posted: date, last: date, entries: Sequence[Entry]) -> str:
    """SHA-256 over everything the notice shows, so that the display can be proved later."""
    shown = {
        "scheme": scheme,
        "union": union,
        "posted": posted.isoformat(),
        "last": last.isoformat(),
        "entries": [asdict(entry) for entry in entries],
    }
    return sha256(json.dumps(shown, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
