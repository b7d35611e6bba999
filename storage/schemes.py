"""Reads the schemes/ folder: every file, every problem of every file at once."""

from pathlib import Path

from core.catalogue import Catalogue, read_scheme
from core.errors import SchemeFileError
from core.scheme import Scheme

SHARED = "facts.yaml"


def read(folder: Path) -> Catalogue:
    """The catalogue of a folder and its subfolders. Raises SchemeFileError with all problems."""
    shared = (folder / SHARED).read_text("utf-8")
    schemes: list[Scheme] = []
    problems: list[tuple[str, int, str, str]] = []
    for path in sorted(folder.rglob("*.yaml")):
        if path.name == SHARED:
            continue
        name = str(path.relative_to(folder.parent))
        try:
            scheme = read_scheme(path.read_text("utf-8"), shared, name)
        except SchemeFileError as error:
            problems += error.problems
            continue
        if scheme.id != path.stem.partition("@")[0]:
            problems.append((name, 1, "id", f"{scheme.id} has to stand in {scheme.id}.yaml"))
        schemes.append(scheme)
    if problems:
        raise SchemeFileError(problems)
    return Catalogue(schemes)
