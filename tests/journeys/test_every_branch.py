"""Every handled scheme of the library, through every branch its file allows, to every end.

Driven by the files alone: which branches a scheme has follows from its stages, its corrections,
its times and its consequences.
"""

from pathlib import Path

from core.stages import Manner
from tests.clock import Clock
from tests.house import a_house
from tests.journeys import story
from tests.journeys.branches import CHECKS
from tests.journeys.crossroads import Crossroads
from tests.journeys.plots import HANDLED, Branch, Plot, branches

HOMES = {"sqlite": "spring", "postgresql": "steel"}  # in a county, and in an industrial line
TAKEN = {"sqlite": HANDLED, "postgresql": HANDLED[::8]}  # the rules are the same, the locks differ
ENDS = {
    Plot.REFUSED: Branch.REFUSED,
    Plot.LAPSED: Branch.LAPSED,
    Plot.UPHELD: Branch.UPHELD,
    Plot.TERMINATED: Branch.TERMINATED,
}


async def test_every_scheme_comes_to_every_end_its_file_allows(
    database_url: str, tmp_path: Path, clock: Clock
) -> None:
    kind = database_url.partition(":")[0]
    async with a_house(database_url, tmp_path, clock) as house:
        play = Crossroads(house, clock)
        await play.begins(TAKEN[kind], HOMES[kind])
        await play.lives()
        told = await story.lives(house.office)
    faults = set()
    for id_, plot in play.cast.items():
        life = told[id_]
        met = {ENDS[plot]} if plot in ENDS else set(play.met[id_])
        if plot not in ENDS:
            missed = branches(life.scheme) - met
            strange = met - branches(life.scheme, certain=False)
            faults |= {(life.scheme.id, each.value, "not met") for each in missed}
            faults |= {(life.scheme.id, each.value, "met") for each in strange}
        for each in met:
            faults |= {(life.scheme.id, each.value, fault) for fault in CHECKS[each](life)}
    assert faults == set()


def test_no_branch_is_without_a_scheme() -> None:
    met = {each for scheme in HANDLED for each in branches(scheme)} | set(ENDS.values())
    assert met == set(Branch) == set(CHECKS)
    assert sum(any(s.manner is Manner.POST for s in each.stages) for each in HANDLED) > 20
