"""Holidays the province has announced, or the State Council before a new release of the calendar.

`schemes/holidays/<year>.yaml`: {free: [2027-01-01, …], works: [2027-02-07, …], cite: 国办发明电…}.
They go before the announced calendar (`core.days.Calendar`).
"""

from datetime import date
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from core.days import Calendar
from core.errors import SchemeFileError
from storage.schemes import HOLIDAYS


class Year(BaseModel):
    """The days of one announcement; each belongs to the year of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    cite: str
    free: tuple[date, ...] = ()
    works: tuple[date, ...] = ()


def read(schemes: Path) -> Calendar:
    """The calendar with what the folder says; without it, as announced. Raises SchemeFileError."""
    overrides: dict[date, bool] = {}
    problems = []
    for path in sorted((schemes / HOLIDAYS).glob("*.yaml")):
        name = f"{HOLIDAYS}/{path.name}"
        try:
            year = Year.model_validate(yaml.safe_load(path.read_text("utf-8")))
        except (ValueError, yaml.YAMLError) as wrong:
            problems.append((name, 1, "", str(wrong)))
            continue
        said = [(day, False) for day in year.free] + [(day, True) for day in year.works]
        for day, works in said:
            if str(day.year) != path.stem:
                problems.append((name, 1, str(day), f"belongs to {day.year}.yaml"))
            if overrides.setdefault(day, works) is not works:
                problems.append((name, 1, str(day), "is free and works as well"))
    if problems:
        raise SchemeFileError(problems)
    return Calendar(overrides)
