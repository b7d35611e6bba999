"""上一级决定: what is grave goes one level up, and comes back to those who look into it."""

import pytest

from core.errors import OutsideJurisdiction
from handlers import review
from handlers.decisions import Enter, Pass
from tests.handlers.province import Day
from tests.handlers.steps import applies, decides

COMPLAINT = "yn-labour-supervision-complaint"
FOUND = {"report_found_true": True, "complaint_in_remit": True}


async def test_the_level_above_decides_on_what_is_grave_and_gives_it_back(day: Day) -> None:
    complaint = await applies(day, COMPLAINT)
    tree = day.province.tree
    await decides(day, "county", complaint, Pass(facts={"report_found_true": True}))
    await decides(day, "county", complaint, Pass(facts={"complaint_in_remit": True}))
    with pytest.raises(OutsideJurisdiction):
        await decides(day, "prefecture", complaint, Pass())
    await decides(day, "county", complaint, Pass(facts={"complaint_is_major": True}))
    assert (await day.now(complaint)).union_id == tree.prefecture.id
    async with day.office.reading() as unit:
        about = (day.office, unit, day.province["prefecture"], complaint.id)
        assert (await review.card(*about)).may == ("pass", "reject")
    assert "上一级决定" in (await day.told("prefecture"))[-1]
    await decides(day, "prefecture", complaint, Pass(note="由县区启动监督，市里派员参加"))
    assert (await day.now(complaint)).union_id == tree.county.id
    await decides(day, "county", complaint, Enter("两名监督员已去调查"))


async def test_what_is_not_grave_stays_where_it_was_taken_in(day: Day) -> None:
    complaint = await applies(day, COMPLAINT)
    for _ in range(2):
        await decides(day, "county", complaint, Pass(facts=FOUND))
    await decides(day, "county", complaint, Pass(facts={"complaint_is_major": False}))
    there = await day.now(complaint)
    assert (there.stage, there.union_id) == (4, day.province.tree.county.id)
