"""What every process of a test run shares: a folder in memory, and what takes long to make."""

import atexit
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from core.catalogue import Catalogue
from storage import schemes, wording
from storage.kept import Kept
from storage.wording import LateFinder

FOLDER = "HUIGONG_TEST_FOLDER"  # made by the first process, inherited by the others
MEMORY = Path("/dev/shm")
SECRET = "no secret: this one is for the tests only"
ROOT = Path(__file__).resolve().parents[1]
SCHEMES = ROOT / "schemes"
KEPT = ROOT / ".pytest_cache" / "kept"  # from one run to the next; sealed, and renewed by contents


def folder() -> Path:
    """In memory where there is some (SQLite waits for the disk to write); gone with who made it."""
    if FOLDER not in os.environ:
        where = MEMORY if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) else None
        os.environ[FOLDER] = tempfile.mkdtemp(prefix="huigong-tests-", dir=where)
        atexit.register(shutil.rmtree, os.environ[FOLDER], ignore_errors=True)
    return Path(os.environ[FOLDER])


@cache
def catalogue() -> Catalogue:
    """The library as it stands in `schemes/`, read by the first process that needs it."""
    with _alone():
        return schemes.read(SCHEMES, Kept(KEPT, SECRET))


@cache
def finder() -> LateFinder:
    library = catalogue()
    with _alone():
        found = wording.finder(SCHEMES, library, Kept(KEPT, SECRET))
        found.knows("")  # made here, not when it is first asked
        return found


def give_kept(to: Path) -> None:
    """So that a house in this folder finds what is kept."""
    finder()
    KEPT.mkdir(parents=True, exist_ok=True)
    if not (to / "kept").exists():
        (to / "kept").symlink_to(KEPT)


@contextmanager
def _alone() -> Iterator[None]:
    """What one process makes, the others wait for and read."""
    with (folder() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
