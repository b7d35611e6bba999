"""Folders of a turn that a killed process has left behind: they hold what workers sent."""

import shutil
import tempfile
import time
from pathlib import Path

PREFIX = "huigong-"
OLD = 3600.0  # seconds; no turn takes so long


def sweep(folder: Path | None = None) -> int:
    """Removes what is old; how many folders went."""
    place = folder or Path(tempfile.gettempdir())
    before = time.time() - OLD
    old = [path for path in place.glob(f"{PREFIX}*") if path.is_dir() and _touched(path) < before]
    for path in old:
        shutil.rmtree(path, ignore_errors=True)
    return len(old)


def _touched(path: Path) -> float:
    """Somebody else may have just removed it: then it is not old."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return time.time()
