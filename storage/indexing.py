"""Makes the index of all schemes in a process of its own.

Whoever makes it keeps some eighty megabytes that only the making needed, in pieces too small to be
given back; and a chat that answers meanwhile need not share its thread with it.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache

from core.finding.finder import library
from core.finding.library import Library
from core.finding.wording import Wording
from core.scheme import Scheme

PATIENCE = 300.0  # seconds
COMMON = range(0x4E00, 0x9FA6)


def made(schemes: Sequence[Scheme], asked: Wording) -> Library:
    """The index of these schemes. Raises CalledProcessError, TimeoutExpired, OSError."""
    done = subprocess.run(
        [sys.executable, "-m", "storage.indexing"],
        input=pickle.dumps((schemes, asked), pickle.HIGHEST_PROTOCOL),
        stdout=subprocess.PIPE,
        timeout=PATIENCE,
        check=True,
    )
    found = pickle.loads(done.stdout)
    assert isinstance(found, Library)
    return found


def main() -> None:
    schemes, asked = pickle.load(sys.stdin.buffer)
    pickle.dump(library(schemes, asked, syllables()), sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)


@cache
def syllables() -> Mapping[str, str]:
    """The commonest reading of each character, without its tone."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # 45 MB of words we do not need
    from pypinyin import Style, pinyin
    from pypinyin.constants import PINYIN_DICT

    signs = [chr(code) for code in COMMON if code in PINYIN_DICT]
    return {sign: pinyin(sign, style=Style.NORMAL)[0][0] for sign in signs}


if __name__ == "__main__":
    main()
