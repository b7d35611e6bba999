"""What becomes of those who cheat, before the award and after it."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import model_validator

from core.comparison import Comparison
from core.days import Calendar
from core.errors import Refused
from core.periods import Length, Period
from core.truth import YES, every
from core.verdict import Facts, holds
from core.words import Article, Clause, Listed, SchemeId, Strict


class NoGround(Refused):
    """The document knows no such consequence after the award."""


class PaymentUnderway(Refused):
    """A line of it lies with the bank: what came of that has to be recorded first."""


class FindingOpen(Refused):
    """A finding is being heard: nothing more is paid before it is decided."""


class HearingOpen(Refused):
    """The holder may answer until the end of `until`, and has not answered yet."""

    def __init__(self, until: date, cite: str = "") -> None:
        self.until = until
        super().__init__(cite=cite, until=until)


class HearingOver(HearingOpen):
    """It is decided, or the days for an answer have passed with `until`."""


Returned = Literal["whole", "part", "none"]
Whom = Literal["person", "unit"]


class Ground(Clause):
    """One way of cheating. What is said here goes before what the file says for all of them.

    `returns` is `part` where only what was misused comes back, or the officers weigh how much;
    `none` where the document does not speak of the money. `ground: false` marks what is no ground
    to take an award back: who else is held to account, and how.
    """

    ground: bool = True
    returns: Returned | None = None
    record: bool | None = None
    bar: Period | Literal["forever"] | None = None
    whom: Whom | None = None


class Misconduct(Strict):
    """What a finding of fraud leads to, before and after payment.

    `returns` says how much of the money comes back, `record` that it is entered in the record of
    integrity (诚信记录), of the person or, with `whom: unit`, of the unit. `bar` is how long one
    may not apply again, `forever` included, and `bars` for what: other schemes than this one;
    with `bar_when` it is only for those who were this in their application.
    `rules` are the grounds, and what else the document says, about those who decide as well.
    """

    before_payment: Literal["disqualify", "unsaid"] = "unsaid"
    after_payment: Literal["claw_back", "revoke", "unsaid"] = "unsaid"
    returns: Returned | None = None
    record: bool = False
    bar: Period | Literal["forever"] | None = None
    bars: Annotated[tuple[SchemeId, ...], Listed] = ()
    bar_when: Annotated[tuple[Comparison, ...], Listed] = ()
    whom: Whom = "person"
    rules: tuple[Ground, ...] = ()
    cite: Article

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        barred = self.bar is not None or any(rule.bar is not None for rule in self.rules)
        recorded = self.record or any(rule.record for rule in self.rules)
        returned = self.returns or any(rule.returns for rule in self.rules)
        plain = [rule for rule in self.rules if not rule.ground]
        if any(rule.returns or rule.record or rule.bar or rule.whom for rule in plain):
            raise ValueError("what is no ground has no consequence: leave ground: false away")
        if (self.bars or self.bar_when) and not barred:
            raise ValueError("bars and bar_when need to know for how long: say it in bar")
        if self.whom == "unit" and not (barred or recorded):
            raise ValueError("whom says whose record it is: write bar or record: true")
        if returned and self.after_payment == "unsaid":
            raise ValueError("returns belongs to after_payment: claw_back or revoke")
        return self


NO_MISCONDUCT = Misconduct.model_construct(cite="")


@dataclass(frozen=True)
class Consequence:
    """What one ground leads to after the award. Where `takes_back` is false, the award stands:
    the document speaks of the record alone."""

    say: str
    cite: str
    returns: Returned
    record: bool
    bar: Length | Literal["forever"] | None
    bars: tuple[str, ...]
    whom: Whom
    bar_when: tuple[Comparison, ...] = ()
    takes_back: bool = True

    def bars_whom(self, facts: Facts, today: date, calendar: Calendar) -> bool:
        """Whether the bar falls on somebody with these facts; not while that is unknown."""
        fits = every(holds(test, facts, today, calendar) for test in self.bar_when)
        return bool(self.bar) and fits is YES

    def until(self, day: date) -> date | None:
        """The last day of the bar that begins today; None for ever, or where nothing is barred."""
        return self.bar.ends(day) if isinstance(self.bar, Length) else None


def consequences(misconduct: Misconduct, scheme_id: str) -> tuple[Consequence, ...]:
    """One for each ground, in the order of the file; none where nothing follows the award."""
    takes_back = misconduct.after_payment != "unsaid"
    usual: Returned = "whole" if misconduct.after_payment == "claw_back" else "none"
    return tuple(
        Consequence(
            say=rule.say,
            cite=rule.cite,
            returns=rule.returns or misconduct.returns or usual,
            record=misconduct.record if rule.record is None else rule.record,
            bar=rule.bar or misconduct.bar,
            bars=misconduct.bars or (scheme_id,),
            whom=rule.whom or misconduct.whom,
            bar_when=misconduct.bar_when,
            takes_back=takes_back,
        )
        for rule in misconduct.rules
        if rule.ground and (takes_back or _recorded(misconduct, rule))
    )


def before_payment(misconduct: Misconduct, scheme_id: str) -> tuple[Consequence, ...]:
    """What cheating that is found out before anything was paid leaves in the record.

    One for each ground that names a record or a bar, where the document disqualifies for it;
    none where it says nothing of the record, or speaks of the time after the award alone.
    Source: 云工办通〔2021〕27号 第八条 取消申报人资格，纳入诚信记录.
    """
    if misconduct.before_payment != "disqualify":
        return ()
    every = consequences(misconduct, scheme_id)
    return tuple(each for each in every if each.record or each.bar)


def _recorded(misconduct: Misconduct, rule: Ground) -> bool:
    record = misconduct.record if rule.record is None else rule.record
    return record or bool(rule.bar or misconduct.bar)
