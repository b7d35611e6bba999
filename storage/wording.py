"""Reads `schemes/wording/` and how characters sound: all that makes a catalogue one can ask."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from core.catalogue import Catalogue
from core.finding.wording import Wording, read_wording
from storage.kept import Kept
from storage.schemes import WORDING, fingerprint

if TYPE_CHECKING:
    from core.finding.finder import Finder, Heard, Hit
    from core.finding.followups import Followups
    from core.finding.library import Library
    from core.scheme import Scheme

_made_before: "dict[bytes, LateFinder]" = {}  # the same files are searched by many


class LateFinder:
    """A finder that need not be there yet: it takes seconds to make, which nobody has to wait for
    but who asks it something. It is made in a thread, from the first question or `ready` on.
    """

    def __init__(self, make: "Callable[[], Finder]") -> None:
        self._make = make
        self._coming: Future[Finder] | None = None
        self._one_at_a_time = Lock()

    async def ready(self) -> None:
        """Returns when answers no longer have to be waited for. Raises what kept it from that."""
        coming = self._begin()
        if not coming.done() or coming.exception():
            await asyncio.shield(asyncio.wrap_future(coming))

    def knows(self, scheme_id: str) -> bool:
        return self._begin().result().knows(scheme_id)

    def hear(self, text: str, about: str = "") -> "Heard":
        return self._begin().result().hear(text, about)

    def answer(self, scheme_id: str, text: str) -> "Hit":
        return self._begin().result().answer(scheme_id, text)

    def _begin(self) -> "Future[Finder]":
        with self._one_at_a_time:
            if self._coming is None or (self._coming.done() and self._coming.exception()):
                worker = ThreadPoolExecutor(1, "finder")
                self._coming = worker.submit(self._make)
                worker.shutdown(wait=False)
            return self._coming


def finder(folder: Path, catalogue: Catalogue, kept: Kept | None = None) -> LateFinder:
    """Over the newest version of every scheme. Raises SchemeFileError with all problems."""
    schemes = [catalogue.versions(scheme_id)[-1] for scheme_id in catalogue.every_id]
    contents = fingerprint(folder)
    read(folder)  # now: a mistake in a file is told at the start

    def make() -> "Finder":
        from core.finding.finder import Finder  # what only searching needs
        from storage import indexing

        def made() -> "Library":
            return indexing.made(schemes, every(folder, catalogue))

        return Finder(schemes, kept.get("library", contents, made) if kept else made())

    if contents not in _made_before:
        _made_before.clear()
        _made_before[contents] = LateFinder(make)
    return _made_before[contents]


def read(folder: Path) -> Wording:
    """The wording of a folder of schemes, but for the follow-ups; empty where there is none."""
    return read_wording(_texts(folder, "*.yaml"))


def every(folder: Path, catalogue: Catalogue) -> Wording:
    """All wording with the follow-ups. Raises SchemeFileError with all problems."""
    newest = [catalogue.versions(scheme_id)[-1] for scheme_id in catalogue.every_id]
    return replace(read(folder), followups=followups(folder, newest))


def followups(folder: Path, schemes: "Sequence[Scheme]") -> "Mapping[str, Followups]":
    """What people ask about a scheme at hand. Raises SchemeFileError with all problems."""
    from core.finding.followups import read_followups  # what only searching needs

    return read_followups(_texts(folder, "followups/*.yaml"), schemes)


def _texts(folder: Path, pattern: str) -> dict[str, str]:
    paths = sorted((folder / WORDING).glob(pattern))
    return {str(path.relative_to(folder.parent)): path.read_text("utf-8") for path in paths}
