"""The product as `huigong run` starts it, but for Telegram's limits, which would be all we see.

`python -m bench.product`, settings as always from the environment. With `asleep` updates are
taken in and acknowledged, and nobody works them off.
"""

import sys
import time
from functools import partial

from bot.lanes import Lanes
from bot.serve import run
from bot.settings import load
from bot.telegram import door
from bot.telegram.limiter import Limiter

HASTE = 1000  # the limiter's clock runs so much faster: 30,000 messages a second, 1,000 to a chat


def hasty() -> float:
    return HASTE * time.monotonic()


def ignore(lanes: Lanes, lane: str) -> None:
    """In place of `Lanes.wake`."""


if __name__ == "__main__":
    if "asleep" in sys.argv:
        setattr(Lanes, "wake", ignore)  # noqa: B010
    setattr(door, "Limiter", partial(Limiter, now=hasty))  # noqa: B010
    sys.exit(run(load()))
