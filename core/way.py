"""Where an application goes next: from union to union and from step to step, to the end.

A step that does not apply to this application (`when`) is passed by; one of which we do not know
whether it applies is entered, and its officers say so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.bodies import Home, legs
from core.days import Calendar
from core.jurisdiction import Node, Tree
from core.rules import Value
from core.scheme import Scheme
from core.truth import NO, UNKNOWN, YES, Truth, every
from core.verdict import holds


@dataclass(frozen=True)
class Traveller:
    """What decides the way of one application."""

    scheme: Scheme
    home: Home
    facts: Mapping[str, Value]
    on: date
    calendar: Calendar


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
    return _meets(who, number) is not NO


def _meets(who: Traveller, number: int) -> Truth:
    when = who.scheme.stages[number].when
    return every(holds(test, who.facts, who.on, who.calendar) for test in when)


@dataclass(frozen=True)
class Ahead:
    """What follows a stage: `sure` comes next in any case (None at the end), `maybe` before it."""

    maybe: tuple[int, ...]
    sure: int | None


NOTHING_AHEAD = Ahead((), None)


def ahead(who: Traveller, tree: Tree, stage: int) -> Ahead:
    """What comes after this stage, as far as we know today."""
    maybe: list[int] = []
    for number in range(stage + 1, len(who.scheme.stages)):
        truth = _meets(who, number)
        if truth is NO or not legs(who.scheme, number, who.home, tree):
            continue
        if truth is YES:
            return Ahead(tuple(maybe), number)
        maybe.append(number)
    return Ahead(tuple(maybe), None)


def undecided(who: Traveller, stage: int) -> tuple[str, ...]:
    """The facts that say whether this stage and those right after it apply, still open.

    Up to the first stage that applies in any case: whoever passes the application on knows them.
    """
    found: dict[str, None] = {}
    for number in range(stage, len(who.scheme.stages)):
        meets = _meets(who, number)
        if number > stage and meets is YES:
            break
        if meets is UNKNOWN:
            facts = (fact for test in who.scheme.stages[number].when for fact in test.facts)
            found |= dict.fromkeys(fact for fact in facts if who.facts.get(fact) is None)
    return tuple(found)
