"""What a scheme demands, as one would tell it: what has to hold, and where one of several will do.

`say` states a condition as it should be, also among what excludes (`none`). What excludes only
together is told as things of which one is enough; and what one way in wants is never told as if
everybody had to meet it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from core.rules import Condition, Rule, Rules


@dataclass(frozen=True)
class Way:
    """One of several ways to meet a demand, perhaps with a name of its own."""

    needs: tuple["Need", ...]
    track: str = ""


@dataclass(frozen=True)
class Either:
    """Ways of which one is enough."""

    ways: tuple[Way, ...]

    @property
    def cite(self) -> str:
        """Every article once."""
        cites = (condition.cite for condition, _ in within(self))
        return "、".join(dict.fromkeys(cites))


Need = Condition | Either


def needs(rules: Rules) -> Iterator[Need]:
    """Everything that has to hold, in the order of the file."""
    for rule in rules.all:
        yield from _held(rule)
    if len(rules.any) == 1 and not _track(rules.any[0]):
        yield from _held(rules.any[0])
    elif rules.any:
        yield Either(tuple(Way(tuple(_held(rule)), _track(rule)) for rule in rules.any))
    for rule in rules.none:
        yield from _ruled_out(rule)


def within(need: Need, track: str = "") -> Iterator[tuple[Condition, str]]:
    """Every condition of a demand, with the name of its way."""
    if isinstance(need, Condition):
        yield need, track
        return
    for way in need.ways:
        for each in way.needs:
            yield from within(each, way.track or track)


def _held(rule: Rule) -> Iterator[Need]:
    if isinstance(rule, Condition):
        yield rule
    else:
        yield from needs(rule)


def _ruled_out(rule: Rule) -> Iterator[Need]:
    if isinstance(rule, Condition):
        yield rule
        return
    ways = [Way(tuple(_ruled_out(each))) for each in rule.all]
    if rule.any:
        ways.append(Way(tuple(need for each in rule.any for need in _ruled_out(each))))
    ways += [Way(tuple(_held(each))) for each in rule.none]
    if len(ways) == 1:
        yield from ways[0].needs
    else:
        yield Either(tuple(ways))


def _track(rule: Rule) -> str:
    return "" if isinstance(rule, Condition) else rule.track
