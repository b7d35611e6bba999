"""Reads a folder of officers' examples: `<id>.examples.yaml` beside each scheme."""

from pathlib import Path

import yaml

from core.catalogue import Catalogue, StrictLoader
from core.days import Calendar
from core.examples import Examples, read_examples

ENDING = ".examples.yaml"


def read(folder: Path, catalogue: Catalogue, calendar: Calendar) -> list[Examples]:
    """Every page of the folder, by name; each for the version in force on its own day."""
    found = []
    for path in sorted(folder.glob(f"*{ENDING}")):
        raw = yaml.load(path.read_text("utf-8"), StrictLoader)
        scheme = catalogue.on(path.name.removesuffix(ENDING), raw["today"])
        found.append(read_examples(scheme, raw, calendar))
    return found
