"""Reads the schemes/ folder: every file, every problem of every file at once.

`facts.yaml` and the files in `facts/` hold the questions of the whole library; every other file,
in whatever folder, is one scheme in one version: `<id>.yaml` or `<id>@<version>.yaml`.
"""

from pathlib import Path

from core.catalogue import Catalogue, Page, read_facts, read_page
from core.errors import SchemeFileError
from core.library import clashes

SHARED = "facts"


def read(folder: Path) -> Catalogue:
    """The catalogue of a folder and its subfolders. Raises SchemeFileError with all problems."""
    paths = sorted(folder.rglob("*.yaml"))
    asking = [path for path in paths if _asks(path.relative_to(folder))]
    shared = read_facts({_name(folder, path): path.read_text("utf-8") for path in asking})
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


def _asks(path: Path) -> bool:
    return path.parts[0] in (SHARED, f"{SHARED}.yaml")


def _name(folder: Path, path: Path) -> str:
    return str(path.relative_to(folder.parent))
