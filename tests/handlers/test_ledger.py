"""The ledger of cases: who asked, for what, who carried it, how it ended; and who reads it."""

from io import BytesIO

from openpyxl import load_workbook

from handlers import ledger, review
from handlers.decisions import Reject
from tests.handlers.province import Day
from tests.handlers.steps import AID, applies, goes_on

COMPLAINT = "yn-labour-supervision-complaint"


async def test_the_ledger_of_a_year_says_what_the_document_wants(day: Day) -> None:
    done, refused = await applies(day, AID), await applies(day, AID)
    while (there := await day.now(done)).state == "in_stage":
        await goes_on(day, there)
    there, county = await day.now(refused), day.province["county"]
    await review.decide(day.office, county, there.id, there.version, Reject((), "不在援助范围"))
    content = await ledger.sheet(day.office, county, AID, 2026)
    page = load_workbook(BytesIO(content)).worksheets[0]
    head, first, second = [[str(cell.value) for cell in row] for row in page.iter_rows()]
    assert {"案由", "受理时间", "承办单位", "承办人员"} <= set(head)
    lines = [dict(zip(head, row, strict=True)) for row in (first, second)]
    assert [each["编号"] for each in lines] == [done.number, refused.number]
    assert lines[0]["案由"] == "劳动争议"
    assert "李明律师" in lines[0]["承办人员"]
    assert lines[0]["结案报告等材料（份）"] == "1"
    assert "不在援助范围" in lines[1]["结果"]
    assert "*" in lines[0]["身份证号"]
    async with day.office.reading() as unit:
        acts = [each.what for each in await unit.acts.of(f"union:{county.union_id}")]
        elsewhere = await ledger.rows(day.office, unit, day.province["dali"], AID, 2026)
    assert acts == ["export_ledger"]
    assert elsewhere == []


async def test_a_complaint_stands_in_the_ledger_of_whoever_looks_into_it(day: Day) -> None:
    made = await applies(day, COMPLAINT)
    async with day.office.reading() as unit:
        mine = await ledger.rows(day.office, unit, day.province["county"], COMPLAINT, 2026)
        above = await ledger.rows(day.office, unit, day.province["prefecture"], COMPLAINT, 2026)
    assert [each.application.id for each in mine] == [made.id]
    assert above == []
