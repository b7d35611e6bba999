"""Which union of the tree each body of a scheme file is, for one application.

A level that does not exist is skipped, never an error: without a county union the prefecture's
acts, and what is passed up from level to level only passes those there are.
"""

from dataclasses import dataclass

from core.errors import NotFound
from core.jurisdiction import Level, Node, Tree
from core.scheme import Scheme
from core.stages import OUTSIDE, Body, Manner, Stage

CITY = (Level.PREFECTURE, Level.INDUSTRIAL)
ABOVE_UNIT = (Level.COUNTY, *CITY)
ON_THE_WAY = (Level.BASE_UNIT, *ABOVE_UNIT)


@dataclass(frozen=True)
class Home:
    """Where an application belongs: its base unit, who took it in, who acted last."""

    base: int
    accepting: int | None = None
    last: int | None = None


def legs(scheme: Scheme, number: int, home: Home, tree: Tree) -> tuple[Node, ...]:
    """The unions that act in this stage, one after the other; none where the level is missing."""
    stage = scheme.stages[number]
    if stage.by is Body.EVERY_LEVEL:
        return _every_level(scheme, number, home, tree)
    return (body_for(scheme, stage, home, tree),)


def body_for(scheme: Scheme, stage: Stage, home: Home, tree: Tree) -> Node:
    """The one union that acts in a stage that has one."""
    match stage.by:
        case Body.BASE_UNIT | Body.EVERY_LEVEL:
            return tree[home.base]
        case Body.COUNTY_UNION:
            return tree.nearest_or_top(home.base, *ABOVE_UNIT)
        case Body.ACCEPTING_UNION:
            return accepting(home, tree)
        case Body.LEVEL_ABOVE:
            return above(accepting(home, tree), tree)
        case Body.PREFECTURE_UNION | Body.CITY_OFFICE | Body.CITY_CHAIRS:
            return tree.nearest_or_top(home.base, *CITY)
        case Body.PROVINCIAL_CHAIRS:
            return tree.of_level(Level.CHAIRS)
        case Body.PROVINCIAL_UNION if stage.manner is Manner.PAY:
            return tree.of_level(Level.FINANCE)
        case Body.PROVINCIAL_UNION:
            return tree.of_level(Level.PROVINCE)
        case Body.PROVINCIAL_OFFICE:
            return _office(scheme, stage, tree) or tree.of_level(Level.PROVINCE)
        case _:
            return _office(scheme, stage, tree) or responsible(scheme, home, tree)


def accepting(home: Home, tree: Tree) -> Node:
    """The union that took the matter in; where nobody says which, the nearest above the unit."""
    return tree[home.accepting] if home.accepting else tree.nearest_or_top(home.base, *ABOVE_UNIT)


def above(node: Node, tree: Tree) -> Node:
    """上一级: the next union up; above the province there is none, so it decides by itself."""
    further = (up for up in tree.upwards(node.id) if up.id != node.id)
    return next((up for up in further if up.level in ABOVE_UNIT), tree.of_level(Level.PROVINCE))


def responsible(scheme: Scheme, home: Home, tree: Tree) -> Node:
    """The union that keeps the file: it enters what is done outside of the unions.

    The office the scheme names; the city's or the province's union where the scheme is its own;
    otherwise whoever acted last.
    """
    office = _coded(scheme.office, tree)
    if office is not None:
        return office
    bodies = {stage.by for stage in scheme.stages if stage.manner is not Manner.PAY}
    if bodies & {Body.CITY_OFFICE, Body.CITY_CHAIRS}:
        return tree.nearest_or_top(home.base, *CITY)
    if bodies & {Body.PROVINCIAL_UNION, Body.PROVINCIAL_OFFICE, Body.PROVINCIAL_CHAIRS}:
        return tree.of_level(Level.PROVINCE)
    return tree[home.last or home.base]


def _office(scheme: Scheme, stage: Stage, tree: Tree) -> Node | None:
    return _coded(stage.office or scheme.office, tree)


def _coded(code: str, tree: Tree) -> Node | None:
    if not code:
        return None
    try:
        return tree.coded(code)
    except NotFound:
        return None


def _every_level(scheme: Scheme, number: int, home: Home, tree: Tree) -> tuple[Node, ...]:
    """逐级: from the applicant's unit up to the one below the body of the next stage.

    All the way up where the next stage begins at the unit again. A union that has just decided
    is not asked again in its own next step.
    """
    up = [node for node in tree.upwards(home.base) if node.level in ON_THE_WAY]
    first = 0
    if number and scheme.stages[number - 1].manner is Manner.DECIDE:
        first = _above(up, _single(scheme, number - 1, home, tree)) or 0
    last = len(up)
    if number + 1 < len(scheme.stages) and scheme.stages[number + 1].by is not Body.BASE_UNIT:
        after = _above(up, _single(scheme, number + 1, home, tree))
        last = after - 1 if after is not None and after - 1 >= first else last
    return tuple(up[first:last])


def _above(up: list[Node], node: Node | None) -> int | None:
    return up.index(node) + 1 if node in up else None


def _single(scheme: Scheme, number: int, home: Home, tree: Tree) -> Node | None:
    """The union of a neighbouring stage, where it is one on the way up."""
    stage = scheme.stages[number]
    if stage.by is Body.EVERY_LEVEL or stage.by in OUTSIDE:
        return None
    return body_for(scheme, stage, home, tree)
