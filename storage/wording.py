"""Reads `schemes/wording/` and how characters sound: all that makes a catalogue one can ask."""

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from core.catalogue import Catalogue
from core.finding.finder import Finder, library
from core.finding.library import Library
from core.finding.wording import Wording, read_wording
from storage.kept import Kept
from storage.schemes import WORDING, fingerprint

COMMON = range(0x4E00, 0x9FA6)
_made_before: dict[bytes, Finder] = {}  # the same files are searched by many


def finder(folder: Path, catalogue: Catalogue, kept: Kept | None = None) -> Finder:
    """Over the newest version of every scheme. Raises SchemeFileError with all problems."""
    schemes = [catalogue.versions(scheme_id)[-1] for scheme_id in catalogue.every_id]

    def make() -> Library:
        return library(schemes, read(folder), syllables())

    contents = fingerprint(folder)
    if contents not in _made_before:
        _made_before.clear()
        found_in = kept.get("library", contents, make) if kept else make()
        _made_before[contents] = Finder(schemes, found_in)
    return _made_before[contents]


def read(folder: Path) -> Wording:
    """The wording of a folder of schemes; an empty one where there is none."""
    paths = sorted((folder / WORDING).glob("*.yaml"))
    names = {path: str(path.relative_to(folder.parent)) for path in paths}
    return read_wording({names[path]: path.read_text("utf-8") for path in paths})


@cache
def syllables() -> Mapping[str, str]:
    """The commonest reading of each character, without its tone."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # 45 MB of words we do not need
    from pypinyin import Style, pinyin
    from pypinyin.constants import PINYIN_DICT

    signs = [chr(code) for code in COMMON if code in PINYIN_DICT]
    return {sign: pinyin(sign, style=Style.NORMAL)[0][0] for sign in signs}
