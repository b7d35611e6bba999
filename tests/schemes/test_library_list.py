"""The list of everything the union documents hold: what each file is, and what is still to come."""

import csv

import pytest

from core.scheme import Scheme, Tier
from tests.schemes.pages import CATALOGUE, HERE

REACH = [Tier.ANSWER, Tier.CHECK, Tier.HANDLE]


def rows(tier: Tier) -> list[dict[str, str]]:
    with (HERE / "library" / f"{tier}.csv").open(encoding="utf-8", newline="") as table:
        return [row | {"tier": tier} for row in csv.DictReader(table)]


LIST = {row["id"]: row for tier in Tier for row in rows(tier)}

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
    assert scheme.successor == row.get("successor")


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: f"{scheme.id}@{scheme.version}")
def test_a_file_names_only_schemes_that_exist(scheme: Scheme) -> None:
    counted = {other for limit in scheme.limits for other in limit.schemes}
    assert {*scheme.see, *scheme.objects_to, *counted} - LIST.keys() == set()


def test_the_list_holds_every_tier() -> None:
    assert {tier: len(rows(tier)) for tier in Tier} == {
        Tier.HANDLE: 72,
        Tier.CHECK: 146,
        Tier.ANSWER: 167,
        Tier.SUPERSEDED: 10,
    }
