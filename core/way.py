"""Where an application goes next: from union to union and from step to step, to the end.

A step that does not apply to this application (`when`) is passed by; one of which we do not know
whether it applies is entered, and its officers say so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.bodies import Home, legs
from core.jurisdiction import Node, Tree
from core.rules import Value
from core.scheme import Scheme
from core.truth import NO, UNKNOWN
from core.verdict import holds


@dataclass(frozen=True)
class Traveller:
    """What decides the way of one application."""

    scheme: Scheme
    home: Home
    facts: Mapping[str, Value]
    on: date


@dataclass(frozen=True)
class Stop:
    """A stage (from 0), and the union that acts there."""

    stage: int
    union: Node


def first_stop(who: Traveller, tree: Tree, start: int = 0) -> Stop | None:
    """The first stop from this stage on; None where nothing is left to do."""
    for number in range(start, len(who.scheme.stages)):
        if applies(who, number):
            unions = legs(who.scheme, number, who.home, tree)
            if unions:
                return Stop(number, unions[0])
    return None


def stop_after(who: Traveller, tree: Tree, stage: int, union: int | None) -> Stop | None:
    """The stop after this union in this stage: the next one up, or the next stage."""
    unions = legs(who.scheme, stage, who.home, tree)
    here = next((n for n, node in enumerate(unions) if node.id == union), len(unions))
    if here + 1 < len(unions):
        return Stop(stage, unions[here + 1])
    return first_stop(who, tree, stage + 1)


def applies(who: Traveller, number: int) -> bool:
    """Whether this application goes through this stage, as far as we know."""
    when = who.scheme.stages[number].when
    return when is None or holds(when, who.facts, who.on) is not NO


def undecided(who: Traveller, stage: int) -> tuple[str, ...]:
    """The facts that say whether this stage and those right after it apply, still open.

    Up to the first stage that applies in any case: whoever passes the application on knows them.
    """
    found: dict[str, None] = {}
    for number in range(stage, len(who.scheme.stages)):
        when = who.scheme.stages[number].when
        if number > stage and when is None:
            break
        if when is not None and holds(when, who.facts, who.on) is UNKNOWN:
            found |= dict.fromkeys(fact for fact in when.facts if who.facts.get(fact) is None)
    return tuple(found)
