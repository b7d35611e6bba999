"""What a log may tell of an error: its kind and its place, never its words.

The text of an error often quotes what a person wrote or what was to be stored.
"""

import traceback
from pathlib import PurePath

DEPTH = 4  # places, the innermost first


def trace(error: BaseException) -> str:
    """`KeyError at handlers/menu.py:31 < handlers/desk.py:80`."""
    frames = traceback.extract_tb(error.__traceback__)[: -DEPTH - 1 : -1]
    places = " < ".join(f"{_short(frame.filename)}:{frame.lineno}" for frame in frames)
    kind = type(error).__name__
    return f"{kind} at {places}" if places else kind


def _short(filename: str) -> str:
    return "/".join(PurePath(filename).parts[-2:])
