"""Which rounds stand by themselves, and who may have one application at a time."""

from datetime import date
from pathlib import Path

import pytest

from core.scheme import Scheme
from core.terms import Term, needs_opening, once, term
from storage.schemes import read

LIBRARY = read(Path("schemes"))
DAY = date(2026, 3, 2)


def scheme(id_: str) -> Scheme:
    return LIBRARY.on(id_, DAY)


def test_what_is_open_always_stands_for_the_calendar_year() -> None:
    assert term(scheme("yn-union-legal-aid"), DAY) == Term(date(2026, 1, 1), date(2026, 12, 31))


def test_an_objection_counted_from_the_notice_needs_nobody_to_open_a_round() -> None:
    assert term(scheme("yn-yunling-craftsman-notice-objection"), DAY) is not None


def test_a_yearly_window_opens_and_closes_by_itself() -> None:
    fund = scheme("yn-union-training-fund-2020")
    assert term(fund, DAY) is None
    assert term(fund, date(2026, 11, 1)) == Term(date(2026, 11, 1), date(2026, 12, 5))
    assert term(fund, date(2026, 12, 6)) is None


def test_no_round_stands_before_its_document_is_in_force() -> None:
    aid = scheme("yn-union-legal-aid")
    assert term(aid, date(aid.source.in_force.year, 1, 1)) is None or (
        aid.source.in_force == date(aid.source.in_force.year, 1, 1)
    )


def test_a_call_and_counted_places_need_the_office() -> None:
    for id_ in ("yn-innovation-project-subsidy", "yn-skill-upgrade-subsidy"):
        assert needs_opening(scheme(id_))
        assert term(scheme(id_), DAY) is None


@pytest.mark.parametrize(
    ("id_", "who"),
    [
        ("yn-skill-upgrade-subsidy", "person"),
        ("yn-model-worker-special-hardship-aid", "person"),
        ("yn-innovation-project-subsidy", "person"),
        ("yn-labour-supervision-complaint", "case"),
        ("yn-union-legal-aid", "case"),
    ],
)
def test_who_may_have_one_at_a_time(id_: str, who: str) -> None:
    assert once(scheme(id_)) == who
