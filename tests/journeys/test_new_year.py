"""The last second of the year: what was sent in it is judged by its day, whatever comes after."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from handlers import round as rounds
from storage.admission import Admission
from storage.tables import SHANGHAI
from tests.clock import Clock
from tests.hands import DeskHand
from tests.house import a_house
from tests.journeys.steps import applies, member
from tests.office_day import OfficeDay

LAST_SECOND = datetime(2026, 12, 31, 23, 59, 59, tzinfo=SHANGHAI)


async def test_what_is_sent_in_the_last_second_of_the_year_is_judged_by_that_year(
    sqlite_url: str, tmp_path: Path, clock: Clock
) -> None:
    async with a_house(sqlite_url, tmp_path, clock) as house:
        office, day = house.office, OfficeDay(house, clock)
        clock.set(LAST_SECOND)
        await rounds.open_round(
            office,
            await day.officer("manager"),
            scheme_id="yn-skill-upgrade-subsidy",
            places=10,
            opens=date(2026, 12, 31),
            closes=date(2027, 1, 4),
        )
        counter = Admission(office.database, lambda: clock.now() + timedelta(seconds=2))
        number = await applies(DeskHand(replace(office, admission=counter)), member())
        await counter.close()
        sent = await day.application(number)
        assert (sent.submitted_at, sent.year) == (LAST_SECOND, 2026)

        clock.set(LAST_SECOND + timedelta(seconds=2))
        late = DeskHand(office, "late")
        await late.begin()
        await late.say("我考了技师证能领多少")
        await late.tap("看看我符不符合")
        await late.tap("技师")
        await late.say("去年12月31号")
        assert "✗ 证书是今年取得的" in late.heard

        await day.window_ends(number)
        await day.passes("spring", number)
        assert (await day.application(number)).stage == 1
