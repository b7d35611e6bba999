"""申辩: who holds a title is heard before it is taken away, and has a set time to answer."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from core.days import Calendar
from core.errors import Refused, Unreadable
from core.words import Article, Strict

LEAST = 5  # working days for an answer; a promise of this service, no document's
MOST = timedelta(days=90)
LONGEST = 2000  # characters of a charge or an answer
MOST_PAPERS = 10


class Hears(Strict):
    """Whom a step hears before it goes on. Without `cite` no document asks for it: a rule of this
    service, and `notes` say so."""

    whom: Literal["holder"]
    cite: Article | None = None


class HolderUnheard(Refused):
    """The holder has to be told of the charge, and his answer written down, before it goes on."""


class HolderMayAnswer(Refused):
    """The holder may answer until the end of `until`."""

    def __init__(self, until: date, cite: str = "") -> None:
        self.until = until
        super().__init__(cite=cite, until=until)


class PleaOver(HolderMayAnswer):
    """Answered before, or the time has passed with `until`."""


def earliest(today: date, calendar: Calendar) -> date:
    """The first day that leaves time enough."""
    return calendar.add_working_days(today, LEAST)


def check_time(answer_by: date, today: date, calendar: Calendar) -> None:
    """Raises Unreadable(hearing_days)."""
    if not earliest(today, calendar) <= answer_by <= today + MOST:
        raise Unreadable("hearing_days", least=LEAST, most=MOST.days)


def check_day(said_on: date, told: date, today: date) -> None:
    """When he was heard: after he was told. Raises Unreadable(plea_day)."""
    if not told <= said_on <= today:
        raise Unreadable("plea_day")


@dataclass(frozen=True)
class Plea:
    """`reached`: told in a chat of his own, so that the time to answer runs for sure."""

    answered: bool
    reached: bool
    until: date


def check(hears: Hears | None, plea: Plea | None, today: date) -> None:
    """Before the step goes on. Raises HolderUnheard, HolderMayAnswer."""
    if hears is None or (plea and plea.answered):
        return
    cite = hears.cite or ""
    if plea is None or not plea.reached:
        raise HolderUnheard(cite=cite)
    if today <= plea.until:
        raise HolderMayAnswer(plea.until, cite)
