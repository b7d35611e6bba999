"""What somebody gets: each part with its article. Yuan in the file, fen outside, never a float."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from core.comparison import Comparison
from core.stages import Body
from core.words import Article, FactName, Listed, Sentence, Strict

Yuan = Annotated[int, Field(gt=0, strict=True)]
Percent = Annotated[Decimal, Field(gt=0, le=1000)]
Shares = tuple[Decimal | None, Decimal | None]


class Amount(Strict):
    """A sum by the answer to one fact, in yuan as the document prints it."""

    by: str
    yuan: dict[str, Yuan]
    cite: Article


NO_AMOUNT = Amount.model_construct(by="", yuan={}, cite="")


class PaidTo(Strict):
    """Whose account the document names: that of whom the money is for, that of the unit, or that of
    the near relative of whom the award is about."""

    whom: Literal["beneficiary", "unit", "near_relative"]
    cite: Article


class Tier(Strict):
    """One row of a table by a number: from `at_least` on, below `below` or up to `at_most`."""

    name: str = ""
    at_least: int | Decimal | None = None
    below: int | Decimal | None = None
    at_most: int | Decimal | None = None
    yuan: Yuan | None = None
    up_to: Yuan | None = None

    @model_validator(mode="after")
    def _is_one_row(self) -> Self:
        if (self.yuan is None) == (self.up_to is None):
            raise ValueError("a tier has either yuan or up_to")
        if self.at_least is None and self.below is None and self.at_most is None:
            raise ValueError("a tier needs at_least, below or at_most")
        return self

    def holds(self, number: int | Decimal) -> bool:
        """Whether the number falls into this row."""
        return (
            (self.at_least is None or number >= self.at_least)
            and (self.below is None or number < self.below)
            and (self.at_most is None or number <= self.at_most)
        )


class Benefit(Strict):
    """One thing one gets. Exactly one way says how much:

    `yuan` a fixed sum, or with `by` a table by a choice; `tiers` with `by` a table by a number;
    `at_least` and `up_to` a range or a ceiling (`in_principle`: it may be passed with consent);
    `percent` with `of` a part of a sum, never over `cap` (yuan, or a fact); `percent_at_least` and
    `percent_up_to` where the document says from or up to how large a part (不超过60%); `top_up_to`
    with `from` the difference between a standard line and an income; `in_kind` no money; `set_by`
    alone: the document names no sum. `times` multiplies by numbers (people, years). `set_by`
    beside a range names who sets the sum in it, `paid_by` who pays where it is not the union
    whose scheme this is (配套). `track`, `when`, `since` and `until` say for whom and in which days
    it is valid.
    """

    what: Sentence
    cite: Article
    yuan: Yuan | dict[str, Yuan] | None = None
    by: str = ""
    tiers: tuple[Tier, ...] = ()
    at_least: Yuan | None = None
    up_to: Yuan | None = None
    in_principle: bool = False
    percent: Percent | None = None
    percent_at_least: Percent | None = None
    percent_up_to: Percent | None = None
    of: str = ""
    cap: Yuan | FactName | None = None
    top_up_to: str = ""
    from_: str = Field("", alias="from")
    in_kind: bool = False
    set_by: Body | None = None
    paid_by: str = ""
    per: Literal["once", "month", "year", "project", "case", "time"] = "once"
    times: Annotated[tuple[FactName, ...], Listed] = ()
    track: str = ""
    when: Annotated[tuple[Comparison, ...], Listed] = ()
    since: date | None = None
    until: date | None = None

    @model_validator(mode="after")
    def _has_one_way(self) -> Self:
        ranged = self.at_least is not None or self.up_to is not None
        part = self.percent_at_least is not None or self.percent_up_to is not None
        ways = [self.yuan is not None, bool(self.tiers), ranged, self.percent is not None, part]
        ways += [bool(self.top_up_to), self.in_kind]
        if sum(ways) > 1 or (not any(ways) and self.set_by is None):
            raise ValueError(
                "a benefit has exactly one way: yuan, tiers, up_to/at_least, percent,"
                " top_up_to, in_kind, or set_by alone"
            )
        return self

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        pairs = {
            "by names the fact of a table or of tiers": (
                bool(self.by) == (isinstance(self.yuan, dict) or bool(self.tiers))
            ),
            "percent goes with of": (self.shares != (None, None)) == bool(self.of),
            "cap belongs to percent or top_up_to": (
                self.cap is None or bool(self.of) or bool(self.top_up_to)
            ),
            "top_up_to goes with from": bool(self.top_up_to) == bool(self.from_),
            "in_principle goes with up_to": (
                not self.in_principle or (self.up_to or self.percent_up_to) is not None
            ),
            "at_least lies below up_to": (
                _lies_below(self.at_least, self.up_to)
                and _lies_below(self.percent_at_least, self.percent_up_to)
            ),
        }
        wrong = [said for said, right in pairs.items() if not right]
        if wrong:
            raise ValueError("; ".join(wrong))
        return self

    @property
    def shares(self) -> Shares:
        """From so many percent to so many, None where the document draws no line."""
        if self.percent is not None:
            return self.percent, self.percent
        return self.percent_at_least, self.percent_up_to

    @property
    def facts(self) -> Iterator[str]:
        """The facts its size goes by."""
        cap = self.cap if isinstance(self.cap, str) else ""
        yield from filter(None, (self.by, self.of, self.top_up_to, self.from_, cap, *self.times))

    @property
    def is_money(self) -> bool:
        return not self.in_kind

    @property
    def ours(self) -> bool:
        """Whether the payment of this scheme pays it."""
        return self.is_money and not self.paid_by


class Ceiling(Strict):
    """One line over several sums together (三项合计最高100万元); with `track`, over those of one
    way in."""

    yuan: Yuan
    per: Literal["once", "year", "project"] = "once"
    track: str = ""
    cite: Article

    def covers(self, benefit: Benefit) -> bool:
        return benefit.ours and (not self.track or benefit.track == self.track)


def _lies_below(low: int | Decimal | None, high: int | Decimal | None) -> bool:
    return low is None or high is None or low < high
