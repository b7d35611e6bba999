"""Reads the schemes/ folder: every file, every problem of every file at once.

`facts.yaml` and the files in `facts/` hold the questions of the whole library; those in `wording/`
how people put things (`storage.wording` reads them), those in `holidays/` which days are free or
worked (`storage.holidays`); every other file, in whatever folder, is one
scheme in one version: `<id>.yaml` or `<id>@<version>.yaml`.
"""

from functools import partial
from hashlib import sha256
from pathlib import Path

import pydantic

import core
from core.catalogue import Catalogue, Page, read_facts, read_page
from core.errors import SchemeFileError
from core.library import clashes
from storage.kept import Kept

SHARED = "facts"
REMEMBERED = 4  # folders with their contents
WORDING, HOLIDAYS = "wording", "holidays"
_read_before: dict[bytes, Catalogue] = {}


def read(folder: Path, kept: Kept | None = None) -> Catalogue:
    """The catalogue of a folder and its subfolders. Raises SchemeFileError with all problems.

    The same contents are read once in a process, and with `kept` once on this machine.
    """
    contents = fingerprint(folder)
    if contents not in _read_before:
        make = partial(_read, folder)
        if len(_read_before) >= REMEMBERED:
            _read_before.pop(next(iter(_read_before)))
        _read_before[contents] = kept.get("schemes", contents, make) if kept else make()
    return _read_before[contents]


def fingerprint(folder: Path) -> bytes:
    """A digest of all scheme files, and of the program that reads them."""
    digest = sha256(pydantic.VERSION.encode())
    for root, pattern in ((folder, "*.yaml"), (Path(core.__file__).parent, "*.py")):
        for path in sorted(root.rglob(pattern)):
            digest.update(f"\0{path.relative_to(root)}\0".encode())
            digest.update(sha256(path.read_bytes()).digest())
    return digest.digest()


def _read(folder: Path) -> Catalogue:
    paths = sorted(path for path in folder.rglob("*.yaml") if not _elsewhere(folder, path))
    asking = {path for path in paths if _asks(path.relative_to(folder))}
    said = {_name(folder, path): path.read_text("utf-8") for path in paths if path in asking}
    shared = read_facts(said)
    pages: list[Page] = []
    problems: list[tuple[str, int, str, str]] = []
    for path in paths:
        if path in asking:
            continue
        name = _name(folder, path)
        try:
            page = read_page(path.read_text("utf-8"), shared, name)
        except SchemeFileError as error:
            problems += error.problems
            continue
        if page.scheme.id != path.stem.partition("@")[0]:
            wrong = f"{page.scheme.id} has to stand in {page.scheme.id}.yaml"
            problems.append((name, 1, "id", wrong))
        pages.append(page)
    problems += clashes(pages, shared)
    if problems:
        raise SchemeFileError(problems)
    return Catalogue(page.scheme for page in pages)


def _elsewhere(folder: Path, path: Path) -> bool:
    return path.relative_to(folder).parts[0] in (WORDING, HOLIDAYS)


def _asks(path: Path) -> bool:
    return path.parts[0] in (SHARED, f"{SHARED}.yaml")


def _name(folder: Path, path: Path) -> str:
    return str(path.relative_to(folder.parent))
