"""Everything that is handled here can be applied for in the chat, but for lists."""

from datetime import timedelta
from pathlib import Path

import pytest

from core.rules import EVERYBODY
from core.terms import needs_opening, term
from tests.clock import Clock
from tests.house import a_house
from tests.journeys.applicant import Applicant, good_example, morning
from tests.journeys.steps import member
from tests.office_day import OfficeDay
from tests.schemes.pages import CATALOGUE

HANDLED = [
    scheme_id for scheme_id in CATALOGUE.ids if CATALOGUE.versions(scheme_id)[-1].applied_for
]


@pytest.mark.parametrize("scheme_id", HANDLED[::6])  # a house each; their ends are all played
async def test_it_is_sent(scheme_id: str, sqlite_url: str, tmp_path: Path, clock: Clock) -> None:
    scheme = CATALOGUE.versions(scheme_id)[-1]
    example = None if scheme.eligibility == EVERYBODY else good_example(scheme)
    if example is not None:
        clock.set(morning(example.today))
    if not needs_opening(scheme) and term(scheme, clock.now().date()) is None:
        assert scheme.window is not None
        _, closes = scheme.window.dates(clock.now().date())
        assert closes is not None
        clock.set(morning(closes - timedelta(days=1)))
    async with a_house(sqlite_url, tmp_path, clock) as house:
        member_ = Applicant(house.office, member())
        await member_.comes_in()
        if example is not None:
            await member_.has_told(example)
        number = await member_.applies(scheme_id)
        await member_.hand.say("进度")
        assert number in member_.hand.heard
        sent = await OfficeDay(house, clock).application(number)
        assert sent.scheme_id == scheme_id
