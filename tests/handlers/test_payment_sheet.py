"""The list for the bank: numbers as text, nothing that runs."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from handlers.payment_sheet import sheet
from handlers.spreadsheet import harmless
from storage.accounts import Owner
from storage.tables import Application, Round
from tests.handlers.province import ACCOUNT, Day
from tests.people import identity_number

OTHER_ACCOUNT = "6217000010012345677"


async def at_approval(day: Day, count: int = 1) -> tuple[Round, list[Application]]:
    running = await day.opens_round()
    applications = [await day.applies(running) for _ in range(count)]
    await day.goes_to(5, running, *applications)
    return running, applications


async def test_the_sheet_holds_numbers_as_text_and_no_formula(day: Day) -> None:
    running, (first,) = await at_approval(day)
    await day.meets(running)
    async with day.office.unit() as unit:
        mine = Owner("=HYPERLINK(1)")
        await unit.accounts.add(first.id, mine, ACCOUNT, "+工商银行")
    await day.lists(running)
    content = await sheet(day.office, day.province["finance"], 1)
    page = load_workbook(BytesIO(content)).active
    assert page is not None
    rows = [[cell.value for cell in row] for row in page.iter_rows(max_row=3)]
    assert rows[0] == [
        "序号",
        "申请编号",
        "户名",
        "身份证号",
        "开户行",
        "账号",
        "金额(元)",
        "结果",
        "原因",
    ]
    number, identity = first.number, identity_number(1)
    assert rows[1] == [
        1,
        number,
        "'=HYPERLINK(1)",
        identity,
        "'+工商银行",
        ACCOUNT,
        1000,
        None,
        None,
    ]
    assert rows[2][0] == "合计"
    assert rows[2][6] == 1000
    kinds = {cell.data_type for row in page.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s", "n"}
    assert page["D2"].number_format == page["F2"].number_format == "@"
    assert "制表：经办finance" in str(page["A4"].value)


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_nothing_that_a_spreadsheet_would_run_stays_as_it_is(text: str) -> None:
    assert harmless(text) == "'" + text


def test_ordinary_text_stays_as_it_is() -> None:
    assert harmless("张夏华") == "张夏华"
