"""The officers' examples: for each scheme a yes, a no, an unknown, the limits, and what is asked.

An example says what differs from `usual`, and the verdict: `yes`, `no` (with the article),
`unknown` (with a fact still open) or `officers` (only they can tell the rest). `yuan` is the one
exact sum, `gets` the sums by name: 800, ≤30000, ≥500, 50000—100000, `together` what several come
to below one ceiling. Sums of money end in 元.
"""

import pytest

from core.decision import Verdict, decide
from core.examples import Example, Examples, unproved
from core.limits import Award, archive_facts
from core.periods import ANNOUNCED
from core.rules import EVERYBODY
from core.scheme import Tier
from core.sums import Sum, Total
from core.truth import YES
from tests import run
from tests.schemes.pages import CATALOGUE, PAGES

FINDER = run.finder()
BY_SCHEME = pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)


@BY_SCHEME
def test_the_verdicts_are_those_the_officers_wrote_down(page: Examples) -> None:
    for example in page.examples:
        scheme, today = example.scheme, example.today
        values = {**example.known}
        if example.awards:
            earlier = [Award(**({"scheme": scheme.id} | award)) for award in example.awards]
            values |= archive_facts(scheme, earlier, values, today.year)
        verdict = decide(scheme, values, today, ANNOUNCED)
        _agrees(verdict, example)
        _names_the_sums(verdict, example)


def _agrees(verdict: Verdict, example: Example) -> None:
    row, name = example.row, example.name
    if row["expect"] == "officers":
        assert verdict.left_to_officers, name
        assert verdict.truth.value == "unknown", name
    else:
        assert verdict.truth.value == row["expect"], name
    match row["expect"]:
        case "no":
            assert row["cite"] in {reason.cite for reason in verdict.failed}, name
            assert verdict.amount_fen is None, name
        case "unknown":
            assert row["ask"] in verdict.open, name
            assert not verdict.left_to_officers, name
    assert [reason.cite for reason in verdict.warnings] == row.get("warns", []), name
    assert [reason.cite for reason in verdict.preferences] == row.get("prefers", []), name
    if "tracks" in row:
        assert list(verdict.tracks) == row["tracks"], name


def _names_the_sums(verdict: Verdict, example: Example) -> None:
    """A yes over money says how much, in one way or the other."""
    row = example.row
    if "yuan" in row:
        assert verdict.amount_fen == row["yuan"] * 100, example.name
    if "gets" in row:
        assert _sums(verdict) == row["gets"], example.name
    if "together" in row:
        assert [_written(each) for each in verdict.totals] == row["together"], example.name
    if verdict.truth is YES and any(found.benefit.is_money for found in verdict.sums):
        assert "yuan" in row or "gets" in row, example.name


@BY_SCHEME
def test_a_question_in_other_words_finds_its_answer(page: Examples) -> None:
    for row in page.asked:
        best = FINDER.hear(row["ask"], page.scheme.id).hits[0]
        assert best.scheme.id == page.scheme.id, row["ask"]
        assert row["cite"] in best.chosen.cite, row["ask"]


@pytest.mark.parametrize("scheme_id", CATALOGUE.every_id)
def test_every_scheme_has_examples_of_all_its_verdicts(scheme_id: str) -> None:
    page = PAGES[scheme_id]
    assert page.asked or not page.scheme.answers
    if page.scheme.tier is Tier.ANSWER or page.scheme.eligibility == EVERYBODY:
        return
    verdicts = {example.row["expect"] for example in page.examples if not example.awards}
    assert {"yes", "no"} <= verdicts
    assert verdicts & {"unknown", "officers"}


@BY_SCHEME
def test_every_condition_is_met_and_failed_and_every_bound_seen_from_both_sides(
    page: Examples,
) -> None:
    assert unproved(page) == {}


def _sums(verdict: Verdict) -> dict[str, str | int]:
    """The sums of money by name, as a page writes them."""
    return {s.benefit.what: _written(s) for s in verdict.sums if s.benefit.is_money}


def _written(found: Sum | Total) -> str | int:
    low = None if found.low is None else found.low // 100
    high = None if found.high is None else found.high // 100
    match low, high:
        case None, None:
            return "由工会定"
        case None, int():
            return f"≤{high}"
        case int(), None:
            return f"≥{low}"
        case _:
            return low if low == high and low is not None else f"{low}—{high}"
