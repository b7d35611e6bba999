"""Reserves (备选): who keeps a list of them, when a lost place is given to the next, and where
whoever moves up goes on.

Each prefecture keeps its own: 云办发〔2022〕59号 第十二条 差额推荐、等额上报、及时替补.
Source: a list by votes 曲工通〔2022〕17号 五（五）至五（七）; by score 云工通〔2021〕11号 第十三条.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from core.errors import Refused
from core.jurisdiction import Level, Tree
from core.scheme import Scheme


class PlacesGiven(Refused):
    """The jury has given all places of the round: who is good enough goes on the reserve list."""

    def __init__(self, places: int, cite: str = "") -> None:
        self.places = places
        super().__init__(cite=cite, places=places)


class ReserveTaken(Refused):
    """Somebody has this rank on the reserve list; `free` is the next one."""

    def __init__(self, rank: int, free: int) -> None:
        self.rank, self.free = rank, free
        super().__init__(rank=rank, free=free)


def by_submission(scheme: Scheme) -> bool:
    """First come, first served, and whoever comes after the last place waits in line."""
    return scheme.ranks and scheme.quota.when_full == "reserve_list"


def chosen_in(scheme: Scheme) -> int | None:
    """The step that gives the places, where it puts the others on the list."""
    return next((n for n, stage in enumerate(scheme.stages) if stage.reserves), None)


def refilled(scheme: Scheme, stage: int) -> bool:
    """Whether a place lost in this step goes to the next on the list.

    Where a jury has made the list, only if the file says so. Where people stand in line for
    places, unless the file leaves the place empty.
    """
    vacancy = scheme.stages[stage].vacancy
    return vacancy == "from_reserves" or (vacancy is None and by_submission(scheme))


def goes_on_at(scheme: Scheme, lost_in: int) -> int | None:
    """The step at which whoever moves up goes on; None for the beginning, where nobody has
    judged those who wait."""
    if by_submission(scheme):
        return None
    name = scheme.stages[lost_in].moves_up_to
    names = [stage.name for stage in scheme.stages]
    return names.index(name) if name else lost_in


def home(scheme: Scheme, tree: Tree, base_union: int) -> int:
    """Whose list it is: of the whole round (0), or of the prefecture or provincial system that
    recommends (州市、厅局级单位差额推荐、等额上报、及时替补)."""
    chosen = chosen_in(scheme)
    if chosen is None or scheme.stages[chosen].reserves_of == "round":
        return 0
    return tree.nearest_or_top(base_union, Level.PREFECTURE, Level.INDUSTRIAL).id


@dataclass(frozen=True)
class Lost:
    """A place that was lost: in which step, and of whose list."""

    stage: int
    home: int = 0


def vacant(scheme: Scheme, lost: Iterable[Lost], moved_up: Iterable[int]) -> list[Lost]:
    """The places that are still to be refilled.

    `lost` are all places lost so far, in order of time; `moved_up` the lists of which somebody
    has moved up since.
    """
    refilled_since = Counter(moved_up)
    open_ = []
    for each in lost:
        if not refilled(scheme, each.stage):
            continue
        if refilled_since[each.home]:
            refilled_since[each.home] -= 1
        else:
            open_.append(each)
    return open_


def places(scheme: Scheme, set_: int | None) -> int | None:
    """How many places there are: those set for the round, or those of the document."""
    quota = scheme.quota
    return set_ if set_ is not None or quota.in_principle else quota.places


def counted_at_once(scheme: Scheme) -> bool:
    """Whether sending takes a place; otherwise a jury gives the places, and anybody may apply."""
    return scheme.ranks
