"""Places of one round shared out among the unions that recommend: 在分配的名额内，优中选优.

The province says how many each prefecture or provincial system may recommend; a document may
name the numbers itself, or one number for each.
Source: 云工通〔2020〕18号 第十五条(二), 云办发〔2022〕59号 第八条、第十二条,
昆工通〔2020〕19号 四（一）、四（四）.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.errors import Refused
from core.jurisdiction import Level, Node, Tree
from core.scheme import Scheme
from core.stages import Body

LEVELS = {
    Body.COUNTY_UNION: (Level.COUNTY, Level.PREFECTURE, Level.INDUSTRIAL),
    Body.PREFECTURE_UNION: (Level.PREFECTURE, Level.INDUSTRIAL),
}


class OwnPlacesGiven(Refused):
    """This union has recommended as many as it was given; `reserves`: the next may be listed."""

    def __init__(self, union: str, places: int, cite: str, *, reserves: bool = False) -> None:
        self.places, self.reserves = places, reserves
        super().__init__(cite=cite, union=union, places=places)


class AllottedBelow(Refused):
    """So many of this union have been recommended already: its places cannot be fewer."""

    def __init__(self, union: str, given: int) -> None:
        self.given = given
        super().__init__(union=union, given=given)


@dataclass(frozen=True)
class Allotted:
    """The places of one union in one round, None while nobody has set them, and how many it has
    given. A number in principle (`soft`) may be passed."""

    places: int | None
    given: int
    soft: bool
    cite: str

    @property
    def full(self) -> bool:
        return self.places is not None and self.given >= self.places


def shared_in(scheme: Scheme) -> int | None:
    """The step in which a union gives its own places."""
    return next((n for n, stage in enumerate(scheme.stages) if stage.own_places), None)


def unions(scheme: Scheme, tree: Tree) -> tuple[Node, ...]:
    """Those that have places of their own in a round."""
    step = shared_in(scheme)
    levels = () if step is None else LEVELS[scheme.stages[step].by]
    return tuple(node for node in tree.all if node.level in levels)


def giver(scheme: Scheme, tree: Tree, base_union: int) -> int:
    """Whose places an application of this base unit takes; 0 where places are not shared out."""
    step = shared_in(scheme)
    if step is None:
        return 0
    return tree.nearest_or_top(base_union, *LEVELS[scheme.stages[step].by]).id


def allotted(scheme: Scheme, set_: int | None, given: int) -> Allotted:
    """The number set for this round goes before the one the document names for each union."""
    quota, step = scheme.quota, shared_in(scheme)
    places = quota.each if set_ is None else set_
    cite = quota.cite if step is None else scheme.stages[step].cite
    return Allotted(places, given, quota.each_in_principle, cite)


def of_document(scheme: Scheme, nodes: Iterable[Node]) -> Mapping[int, int]:
    """What the document gives each union by its name."""
    named = scheme.quota.allocation
    return {node.id: named[node.name] for node in nodes if node.name in named}
