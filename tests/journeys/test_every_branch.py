"""Every handled scheme of the library, through every branch its file allows, to every end.

Driven by the files alone: which branches a scheme has follows from its stages, its corrections,
its times and its consequences.
"""

from pathlib import Path

import pytest

from core.scheme import Scheme
from core.stages import Manner
from tests.clock import Clock
from tests.house import a_house
from tests.journeys import book, story
from tests.journeys.branches import CHECKS, traced
from tests.journeys.crossroads import Crossroads
from tests.journeys.plots import HANDLED, Branch, Plot, branches

# Most in a county, the others in an industrial line: the databases share the schemes.
RUNS = {
    **{f"sqlite-{n}": ("sqlite_url", "spring", HANDLED[n::4]) for n in range(3)},
    "postgresql": ("postgres_url", "steel", HANDLED[3::4]),
}
ENDS = {
    Plot.REFUSED: Branch.REFUSED,
    Plot.LAPSED: Branch.LAPSED,
    Plot.UPHELD: Branch.UPHELD,
    Plot.TERMINATED: Branch.TERMINATED,
}


@pytest.fixture(params=RUNS)
def taken(request: pytest.FixtureRequest) -> tuple[str, str, list[Scheme]]:
    """An empty archive, where the applicants are at home, and their schemes."""
    fixture, home, schemes = RUNS[request.param]
    return request.getfixturevalue(fixture), home, schemes


@pytest.mark.long
async def test_every_scheme_comes_to_every_end_its_file_allows(
    taken: tuple[str, str, list[Scheme]], tmp_path: Path, clock: Clock
) -> None:
    url, home, schemes = taken
    async with a_house(url, tmp_path, clock) as house:
        play = Crossroads(house, clock)
        await play.begins(schemes, home)
        await play.lives()
        told = await story.lives(house.office)
        assert await book.faults(house.office) == set()
    faults = set()
    for id_, plot in play.cast.items():
        life = told[id_]
        faults |= {(life.scheme.id, plot.value, fault) for fault in traced(life)}
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
