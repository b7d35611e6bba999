"""Every number and every date of a scheme file is met from both sides by some example."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from core.comparison import Within
from core.contradictions import comparisons
from core.facts import given
from core.questions import Kind
from core.rules import Condition
from core.truth import YES
from core.verdict import Facts, holds
from tests.schemes.pages import Page, pages

Ends = list[date | int | Decimal]
STEP = {Kind.MONEY: 100, Kind.NUMBER: 1, Kind.DATE: 1}  # 1 yuan, 1, one day


def bounds(page: Page) -> Iterator[Condition]:
    for _, test in comparisons(page.scheme):
        if isinstance(test, Condition) and test.is_ is None and test.in_ is None:
            yield test


BOUNDED = {page.scheme.id: page for page in pages() if any(bounds(page))}


@pytest.mark.parametrize("page", BOUNDED.values(), ids=BOUNDED)
def test_the_last_that_passes_and_the_first_that_does_not_are_both_written_down(
    page: Page,
) -> None:
    for test in bounds(page):
        met = _met(page, test)
        assert met, test.say
        one_sided = {end: sides for end, sides in met.items() if sides != {True, False}}
        assert one_sided == {}, test.say


def _met(page: Page, test: Condition) -> dict[str, set[bool]]:
    """For each end of the test, whether examples right beside it hold."""
    asked = page.scheme.asked
    step = STEP[asked[test.fact].answer]
    met: dict[str, set[bool]] = {}
    for example in page.examples:
        facts = given(example.facts, asked)
        if any(fact not in facts for fact in test.facts):
            continue
        for end, bound in ends(test, page.today, facts):
            if abs(distance(facts[test.fact], bound)) <= step:
                met.setdefault(end, set()).add(holds(test, facts, page.today) is YES)
    return met


def ends(test: Condition, today: date, facts: Facts) -> Iterator[tuple[str, object]]:
    """The bounds of the test; that nothing lies in the future needs no example."""
    within = test.test(today, facts)
    assert isinstance(within, Within)
    for end, bound in (("low", within.low), ("high", within.high)):
        if bound is not None and not (test.needs_date and not test.same_year and bound == today):
            yield end, bound


def distance(value: object, bound: object) -> Decimal:
    if isinstance(value, date) and isinstance(bound, date):
        return Decimal((value - bound).days)
    assert isinstance(value, int | Decimal)
    assert isinstance(bound, int | Decimal)
    return Decimal(value) - Decimal(bound)
