"""What a killed process left in the temporary folder goes; what is in use stays."""

import os
from pathlib import Path

from bot.leftovers import OLD, PREFIX, sweep


def test_only_our_old_folders_are_removed(tmp_path: Path) -> None:
    for name in (f"{PREFIX}old", f"{PREFIX}new", "theirs"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "photo").write_bytes(b"a worker's paper")
    long_ago = (tmp_path / f"{PREFIX}new").stat().st_mtime - OLD - 1
    for name in (f"{PREFIX}old", "theirs"):
        os.utime(tmp_path / name, (long_ago, long_ago))
    assert sweep(tmp_path) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{PREFIX}new", "theirs"]
