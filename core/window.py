"""When one can apply: each year, between two dates, or so long after an event."""

from datetime import date, datetime, time, timedelta, tzinfo
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from core.days import ONE_DAY, Calendar, add_months
from core.periods import Period
from core.stages import Body
from core.truth import NO, UNKNOWN, YES, Truth
from core.verdict import Facts
from core.words import Article, Sentence, Strict


def _day_of_year(text: str) -> str:
    month, day = (int(part) for part in text.split("-"))
    date(2000, month, day)  # ValueError for 02-30
    return text


ONE_MINUTE = timedelta(minutes=1)
DayOfYear = Annotated[str, Field(pattern=r"^\d\d-\d\d$"), AfterValidator(_day_of_year)]


def over(closes: date, at: time | None, now: datetime) -> bool:
    """Whether the last day, or its hour, has passed by the clock of Shanghai.

    The documents say “17:00前” and leave open whether the minute itself still belongs to it: it
    is read for the applicant, so that 17:00 is in time and 17:01 is not.
    """
    if now.date() != closes or at is None:
        return now.date() > closes
    return now.time().replace(second=0, microsecond=0) > at


def end(closes: date, at: time | None, zone: tzinfo | None) -> date:
    """What people are told: the last day, or its minute."""
    return closes if at is None else datetime.combine(closes, at, zone)


def first_after(closes: date, at: time | None, zone: tzinfo | None) -> datetime:
    """The first instant at which it is over."""
    if at is None:
        return datetime.combine(closes + ONE_DAY, time(), zone)
    return datetime.combine(closes, at, zone) + ONE_MINUTE


class Window(Strict):
    """Exactly one kind: `always` open; `opens`/`closes` as dates, or as 04-01 of every year;
    `within` a time after the `event` (a fact); `set_by` the body that announces each round.

    Both ends belong to the window. `at` is the hour of the last day (17:00): see `over`.
    """

    cite: Article
    always: bool = False
    opens: date | DayOfYear | None = None
    closes: date | DayOfYear | None = None
    at: time | None = None
    event: str = ""
    within: Period | None = None
    set_by: Body | None = None
    late: Literal["refused", "unsaid"] = "unsaid"
    say: Sentence | None = None

    @model_validator(mode="before")
    @classmethod
    def _reads_clock(cls, raw: Any) -> Any:
        """YAML reads 17:00 as a number to the base of 60."""
        if isinstance(raw, dict) and isinstance(raw.get("at"), int):
            return raw | {"at": time(*divmod(raw["at"], 60))}
        return raw

    @model_validator(mode="after")
    def _is_one_kind(self) -> Self:
        dated = self.opens is not None or self.closes is not None
        kinds = [self.always, dated, self.within is not None, self.set_by is not None]
        if sum(kinds) != 1:
            raise ValueError("a window is always, or has opens/closes, or within, or set_by")
        if bool(self.event) != (self.within is not None):
            raise ValueError("within goes with event, the fact it is counted from")
        if self.within and self.within.unit == "hours":
            raise ValueError("a window counts days: hours belong to the `within` of a stage")
        return self

    def open_on(self, day: date, facts: Facts, calendar: Calendar) -> Truth:
        """Whether one can apply on this day; unknown while the round or the event is."""
        if self.always:
            return YES
        if self.within is not None:
            event = facts.get(self.event)
            if not isinstance(event, date):
                return UNKNOWN
            return YES if event <= day <= self.within.ends(event, calendar) else NO
        if self.set_by is not None:
            return UNKNOWN
        opens, closes = self.dates(day)
        return YES if (opens or date.min) <= day <= (closes or date.max) else NO

    def over(self, day: date) -> bool:
        """Whether it closed for good before this day."""
        return isinstance(self.closes, date) and self.closes < day

    def dates(self, day: date) -> tuple[date | None, date | None]:
        """First and last day of the window that is open on this day, or closes next after it."""
        opens, closes = _in_year(self.opens, day.year), _in_year(self.closes, day.year)
        yearly = isinstance(self.opens, str) or isinstance(self.closes, str)
        if yearly and closes is not None and closes < day:
            opens, closes = _next_year(opens), _next_year(closes)
        return opens, closes


def _in_year(end: date | str | None, year: int) -> date | None:
    if not isinstance(end, str):
        return end
    return date(year, int(end[:2]), int(end[3:]))


def _next_year(end: date | None) -> date | None:
    return None if end is None else add_months(end, 12)
