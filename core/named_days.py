"""A day of the year by which a step has to be done, as the documents print it: 12月10日, 次年2月底.

A day that is named does not move for a holiday: Civil Code art. 203 is about counted periods.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, InstanceOf

SAID = re.compile(r"(当年|次年)?(\d{1,2})月(?:(\d{1,2})日|底)")
YEARS = {"当年": 0, "次年": 1}
A_LEAP_YEAR = 2000


@dataclass(frozen=True)
class NamedDay:
    """`day` is 0 for the last of the month; `ahead` counts from the year of the application, None
    means the first such day after the step has begun; `said` is how the file writes it."""

    month: int
    day: int
    ahead: int | None
    said: str

    def of(self, year: int) -> date:
        """In a year without a 29 February it is the 28th."""
        last = monthrange(year, self.month)[1]
        return date(year, self.month, min(self.day or last, last))

    def after(self, began: date, year: int) -> date:
        """The last day of a step that began then, in an application of this year."""
        if self.ahead is not None:
            return self.of(year + self.ahead)
        here = self.of(began.year)
        return here if began <= here else self.of(began.year + 1)


def named_day(raw: Any) -> Any:
    """A NamedDay out of 12月10日 or 次年2月底. ValueError with examples for anything else."""
    if isinstance(raw, NamedDay):
        return raw
    found = SAID.fullmatch(str(raw))
    try:
        month, day = (int(found[2]), int(found[3] or 0)) if found else (0, 0)
        date(A_LEAP_YEAR, month, day if found and found[3] else 1)
    except ValueError:
        raise ValueError(f"{raw} is no day of the year: 12月10日, 当年12月5日, 次年2月底") from None
    return NamedDay(month, day, YEARS.get(found[1]) if found else None, str(raw))


ByDay = Annotated[InstanceOf[NamedDay], BeforeValidator(named_day)]
