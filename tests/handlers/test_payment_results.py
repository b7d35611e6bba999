"""The bank's sheet read back: twice, forged, damaged; and a failed line mended and paid."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import load_workbook

from core.errors import NotYours, Unreadable
from core.results import Flaw, SheetRefused
from handlers.payment_results import LARGEST_INSIDE, Taken, take
from handlers.payment_sheet import sheet
from tests.handlers.province import Day

OTHER_ACCOUNT = "6217000010012345677"


def filled(content: bytes, **cells: object) -> bytes:
    """The sheet with these cells written over."""
    book = load_workbook(BytesIO(content))
    for where, value in cells.items():
        assert book.active is not None
        book.active[where] = value
    file = BytesIO()
    book.save(file)
    return file.getvalue()


async def test_a_sheet_is_taken_once_whole_and_what_failed_is_mended(day: Day) -> None:
    running = await day.opens_round()
    first, second = [await day.applies(running) for _ in range(2)]
    await day.goes_to(6, running, first, second)
    for each in (first, second):
        await day.gives_account(each)
    finance = day.province["finance"]
    await day.lists(running)
    empty = await sheet(day.office, finance, 1)
    assert await take(day.office, finance, 1, empty) == Taken(0, 0, 2)
    for forged, flaw in (
        ({"G3": 1000.01}, Flaw.SUM),
        ({"B3": "JN-2026-999999"}, Flaw.UNKNOWN),
        ({"B3": first.number}, Flaw.TWICE),
        ({"H3": "=1"}, Flaw.RESULT),
        ({"G3": "=1000"}, Flaw.SUM),
    ):
        with pytest.raises(SheetRefused) as no:
            await take(day.office, finance, 1, filled(empty, **{"H2": "成功", **forged}))
        assert flaw in {why for _, _, why in no.value.rows}
    bomb = BytesIO()
    with ZipFile(bomb, "w", ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * (LARGEST_INSIDE + 1))
    headless = filled(empty, H1="别的")
    for wrong in (b"", b"not a sheet", empty[:900], bomb.getvalue(), headless, b"0" * 500_000):
        with pytest.raises(Unreadable):
            await take(day.office, finance, 1, wrong)
    with pytest.raises(NotYours):
        await take(day.office, day.province["office"], 1, empty)
    assert (await day.now(first)).state == "in_stage"
    answer = filled(empty, H2="成功", H3="失败", I3="户名不符")
    assert await take(day.office, finance, 1, answer) == Taken(1, 1, 0)
    told = await day.told(first)
    assert await take(day.office, finance, 1, answer) == Taken(0, 0, 0)
    assert await day.told(first) == told
    assert (await day.now(first)).state == "paid"
    with pytest.raises(SheetRefused):  # what was paid does not fail afterwards
        await take(day.office, finance, 1, filled(answer, H2="失败"))
    assert "户名和卡号对不上" in (await day.told(second))[-1]
    await day.gives_account(second, OTHER_ACCOUNT)
    await day.lists(running)
    with pytest.raises(SheetRefused):  # the first list's answer does not answer the second
        await take(day.office, finance, 2, answer)
    again = filled(await sheet(day.office, finance, 2), H2="成功")
    assert await take(day.office, finance, 2, again) == Taken(1, 0, 0)
    assert (await day.now(second)).state == "paid"
