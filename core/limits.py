"""What the archive says about earlier awards, as facts the rules can use.

Source for the two upgrade subsidies: 云工办通〔2021〕27号 第七条.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from core.rules import Value
from core.scheme import Limit, Scheme


@dataclass(frozen=True)
class Award:
    """One live or paid application in the archive (`level` is the answer its amount went by).

    `round` is the key of its round; `of` says whether the person or only the unit got it.
    """

    scheme: str
    year: int
    level: str
    trade: str = ""
    number: str = ""
    round: str = ""
    of: Literal["person", "unit"] = "person"


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
        counted = _counts(limit, scheme)
        earlier = [a for a in known if a.scheme in counted and limit.of in (a.of, "unit")]
        if not earlier:
            found[limit.fact] = False
        elif not limit.needs or limit.needs in facts:
            present = str(facts.get(limit.needs, ""))
            hits = [_stands_in_the_way(limit, a, present, year, this_round) for a in earlier]
            found[limit.fact] = sum(hits) > limit.most
    return found


def _counts(limit: Limit, scheme: Scheme) -> set[str]:
    return set(limit.schemes or (scheme.id,))


def _stands_in_the_way(
    limit: Limit, award: Award, present: str, year: int, this_round: str
) -> bool:
    match limit.barred_by:
        case "this_year":
            return award.year == year
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


def same_trade(trade: str) -> str:
    """The trade without what people write differently: blanks, brackets, 工/员/师 at the end."""
    bare = "".join(character for character in trade.casefold() if character.isalnum())
    return bare.rstrip("工员师") or bare
