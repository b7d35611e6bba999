"""The list of everything the union documents hold: what each file is, and what is still to come."""

import csv

import pytest

from core.scheme import Scheme, Tier
from tests.schemes.pages import CATALOGUE, HERE

REACH = [Tier.ANSWER, Tier.CHECK, Tier.HANDLE]

with (HERE / "library.csv").open(encoding="utf-8", newline="") as table:
    LIST = {row["id"]: row for row in csv.DictReader(table)}

SCHEMES = [scheme for id_ in CATALOGUE.every_id for scheme in CATALOGUE.versions(id_)]


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: f"{scheme.id}@{scheme.version}")
def test_a_file_is_what_the_list_says(scheme: Scheme) -> None:
    row = LIST[scheme.id]
    assert scheme.kind == row["kind"]
    assert set(scheme.applicants) == set(row["applicant"].split("+"))
    wanted = Tier(row["tier"])
    if Tier.SUPERSEDED in (wanted, scheme.tier):
        assert scheme.tier is wanted
    else:  # further than the list asks is welcome
        assert REACH.index(scheme.tier) >= REACH.index(wanted)
    if row["successor"]:
        assert scheme.successor == row["successor"]


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: f"{scheme.id}@{scheme.version}")
def test_a_file_names_only_schemes_that_exist(scheme: Scheme) -> None:
    counted = {other for limit in scheme.limits for other in limit.schemes}
    assert {*scheme.see, *counted} - LIST.keys() == set()


def test_the_list_holds_every_tier() -> None:
    assert len(LIST) == 395
    assert {row["tier"] for row in LIST.values()} == {tier.value for tier in Tier}
