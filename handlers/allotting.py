"""Places shared out among the unions that recommend: set for a round, and kept to.

A round is held before its applications wherever places are given: its row is the lock.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.allotment import (
    Allotted,
    AllottedBelow,
    OwnPlacesGiven,
    allotted,
    giver,
    of_document,
    shared_in,
    unions,
)
from core.errors import MoveNotAllowed, NotFound, Unreadable
from core.jurisdiction import Node, Tree
from core.people import Role
from core.reserves import Lost
from core.scheme import Scheme
from core.workflow import State
from handlers.bench import present, scheme_of, stage_of, within
from handlers.office import Office
from storage.tables import Application, Officer, Round
from storage.unit import Unit

MOST = 100_000


@dataclass(frozen=True)
class Share:
    """One union with its places of a round."""

    union: Node
    allotted: Allotted


async def shares(office: Office, unit: Unit, running: Round) -> tuple[Share, ...]:
    """Every union that has places of its own; none where the document shares none out."""
    scheme = office.schemes.version(running.scheme_id, running.scheme_version)
    if shared_in(scheme) is None:
        return ()
    tree = await unit.unions.tree()
    set_ = await unit.allotments.of(running.id)
    given = await _given(unit, scheme, tree, running.id)
    return tuple(
        Share(node, allotted(scheme, set_.get(node.id), given[node.id]))
        for node in unions(scheme, tree)
    )


async def standing(office: Office, unit: Unit, application: Application) -> Allotted | None:
    """How the union that acts on it stands; None where this step gives no places of its own."""
    if not stage_of(office, application).own_places:
        return None
    scheme, tree = scheme_of(office, application), await unit.unions.tree()
    mine = giver(scheme, tree, application.base_union_id)
    set_ = await unit.allotments.of(application.round_id)
    given = await _given(unit, scheme, tree, application.round_id)
    return allotted(scheme, set_.get(mine), given[mine])


async def check(office: Office, unit: Unit, application: Application) -> None:
    """Whether the union that acts here has a place left; the round is held.

    Raises OwnPlacesGiven.
    """
    mine = await standing(office, unit, application)
    if mine is None or mine.places is None or mine.soft or not mine.full:
        return
    union = await unit.unions.by_id(application.union_id or 0)
    stage = stage_of(office, application)
    raise OwnPlacesGiven(union.name, mine.places, mine.cite, reserves=stage.reserves)


async def left(
    unit: Unit, scheme: Scheme, running: Round, vacant: Sequence[Lost]
) -> Sequence[Lost]:
    """Those of these places their union may still give again, were its places made fewer since."""
    set_ = await unit.allotments.of(running.id)
    if not set_ or scheme.quota.each_in_principle:
        return vacant
    given = await _given(unit, scheme, await unit.unions.tree(), running.id)
    free = []
    for lost in vacant:
        if lost.home not in set_ or given[lost.home] < set_[lost.home]:
            given[lost.home] += 1
            free.append(lost)
    return free


async def allot(
    office: Office,
    officer: Officer,
    round_id: int,
    numbers: Mapping[int, int | None],
    unit: Unit | None = None,
) -> None:
    """Shares the places of a round out; None for a union of which nobody says how many.

    Raises NotYours, NotFound, Unreadable(number), AllottedBelow, MoveNotAllowed once it is over.
    """
    async with within(office, unit) as work:
        officer = await present(work, officer, Role.MANAGER)
        running = await work.rounds.held(round_id)
        there = {each.union.id: each for each in await shares(office, work, running)}
        if numbers.keys() - there.keys() or not there:
            raise NotFound(round=round_id)
        if running.state == "done":
            raise MoveNotAllowed(State.COMPLETED, "allot")
        said = {union: places for union, places in numbers.items() if places is not None}
        for union, places in said.items():
            if not 0 <= places <= MOST:
                raise Unreadable("number")
            mine = there[union]
            if places < mine.allotted.given and not mine.allotted.soft:
                raise AllottedBelow(mine.union.name, mine.allotted.given)
        await work.allotments.write(round_id, said)
        who, on = f"officer:{officer.id}", f"round:{round_id}"
        await work.acts.append(who, "allot", on, places={str(u): n for u, n in said.items()})


async def begin(unit: Unit, scheme: Scheme, running: Round) -> None:
    """A new round begins with the numbers the document names."""
    if scheme.quota.allocation:
        tree = await unit.unions.tree()
        await unit.allotments.write(running.id, of_document(scheme, unions(scheme, tree)))


async def _given(unit: Unit, scheme: Scheme, tree: Tree, round_id: int) -> Counter[int]:
    """How many places each union has given."""
    found = Counter[int]()
    step = shared_in(scheme)
    if step is not None:
        for base, many in (await unit.allotments.given(round_id, step)).items():
            found[giver(scheme, tree, base)] += many
    return found
