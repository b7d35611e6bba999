"""What the archive says about earlier awards, as facts the rules can use.

Source for the two upgrade subsidies: 云工办通〔2021〕27号 第七条.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from core.errors import LimitReached
from core.restrictions import same_trade
from core.rules import Value
from core.scheme import Limit, Scheme


class UnitLimitReached(LimitReached):
    """Of the whole unit; `count` is what it has already, this year or at all."""

    def __init__(self, count: int, say: str, cite: str, *, this_year: bool = False) -> None:
        super().__init__(say, cite)
        self.count, self.this_year = count, this_year
        self.values |= {"count": count}


@dataclass(frozen=True)
class Award:
    """One live or paid application in the archive (`level` is the answer its amount went by).

    `round` is the key of its round; `of` says who got it: this person in this unit, this person
    `elsewhere`, or somebody else of this `unit`.
    """

    scheme: str
    year: int
    level: str
    trade: str = ""
    number: str = ""
    round: str = ""
    of: Literal["person", "unit", "elsewhere"] = "person"


# Whose awards a limit counts.
COUNTS = {"person": ("person", "elsewhere"), "unit": ("person", "unit")}


@dataclass(frozen=True)
class Guard:
    """The limits of a whole unit, to be looked at once more while a place is taken: a colleague
    may have been faster by a moment."""

    scheme: Scheme
    facts: Mapping[str, Value]
    year: int

    @property
    def counted(self) -> frozenset[str]:
        """The schemes whose awards count."""
        return of_units(self.scheme)

    def check(self, awards: Iterable[Award], this_round: str) -> None:
        """Raises UnitLimitReached."""
        check_unit(self.scheme, awards, self.facts, self.year, this_round)


def of_units(scheme: Scheme) -> frozenset[str]:
    """The schemes whose awards its limits of a whole unit count; none where it has no such."""
    units = [limit for limit in scheme.limits if limit.of == "unit"]
    return frozenset().union(*(_counts(limit, scheme) for limit in units))


def check_unit(
    scheme: Scheme,
    awards: Iterable[Award],
    facts: Mapping[str, Value],
    year: int,
    this_round: str = "",
) -> None:
    """Whether the unit may have one more. Raises UnitLimitReached."""
    known = list(awards)
    for limit in scheme.limits:
        if limit.of == "unit" and (limit.needs in facts or not limit.needs):
            count = _hits(limit, scheme, known, str(facts.get(limit.needs, "")), year, this_round)
            if count > limit.most:
                this_year = limit.barred_by == "this_year"
                raise UnitLimitReached(count, limit.say, limit.cite, this_year=this_year)


def first_time(scheme: Scheme, facts: Mapping[str, Value]) -> dict[str, Value]:
    """Who has never received it has reached none of its own limits."""
    if scheme.earlier and facts.get(scheme.earlier) is False:
        own = [limit for limit in scheme.limits if _counts(limit, scheme) == {scheme.id}]
        return {limit.fact: False for limit in own}
    return {}


def archive_facts(
    scheme: Scheme,
    awards: Iterable[Award],
    facts: Mapping[str, Value],
    year: int,
    this_round: str = "",
) -> dict[str, Value]:
    """One truth per limit; a limit that waits for an answer of the applicant is left out."""
    known = list(awards)
    found: dict[str, Value] = {}
    for limit in scheme.limits:
        if not _earlier(limit, scheme, known):
            found[limit.fact] = False
        elif not limit.needs or limit.needs in facts:
            present = str(facts.get(limit.needs, ""))
            count = _hits(limit, scheme, known, present, year, this_round)
            found[limit.fact] = count > limit.most
    return found


def _earlier(limit: Limit, scheme: Scheme, awards: Iterable[Award]) -> list[Award]:
    """Those that a limit counts at all."""
    counted = _counts(limit, scheme)
    return [a for a in awards if a.scheme in counted and a.of in COUNTS[limit.of]]


def _hits(
    limit: Limit, scheme: Scheme, awards: Iterable[Award], present: str, year: int, this_round: str
) -> int:
    """How many stand in the way."""
    earlier = _earlier(limit, scheme, awards)
    return sum(_stands_in_the_way(limit, a, present, year, this_round) for a in earlier)


def _counts(limit: Limit, scheme: Scheme) -> set[str]:
    return set(limit.schemes or (scheme.id,))


def _stands_in_the_way(
    limit: Limit, award: Award, present: str, year: int, this_round: str
) -> bool:
    match limit.barred_by:
        case "this_year":
            mine = not limit.needs or same_trade(award.trade) == same_trade(present)
            return award.year == year and mine
        case "this_round":
            return bool(this_round) and award.round == this_round
        case "ever":
            return True
        case "within_years":
            return year - (limit.years or 0) <= award.year <= year
        case "other_trade":
            return same_trade(award.trade) != same_trade(present)
        case "same_trade":
            return same_trade(award.trade) == same_trade(present)
        case "same_level":
            return award.level == present
        case "level_not_higher":
            return _rank(limit, award.level) >= _rank(limit, present)


def _rank(limit: Limit, level: str) -> int:
    return limit.levels.index(level) if level in limit.levels else -1
