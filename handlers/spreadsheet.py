"""A table as XLSX: a bold head, text that stays text, nothing that is a formula."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n")
TEXT = "@"  # the number format of text

Head = Sequence[tuple[str, int]]  # what stands over each column, and how wide it is


def table(title: str, head: Head, rows: Iterable[Sequence[str]]) -> bytes:
    """All of it text, the first column numbered from 1."""
    book, page = begin(title, head)
    for number, texts in enumerate(rows, 1):
        page.cell(number + 1, 1, number)
        for column, text in enumerate(texts, 2):
            put(page.cell(number + 1, column), text)
    return content(book)


def begin(title: str, head: Head) -> "tuple[Workbook, Worksheet]":
    from openpyxl import Workbook  # no start of the program has to wait for its import
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.worksheet import Worksheet

    book = Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = title
    for column, (text, width) in enumerate(head, 1):
        put(page.cell(1, column), text).font = Font(bold=True)
        page.column_dimensions[get_column_letter(column)].width = width
    page.freeze_panes = "A2"
    return book, page


def content(book: "Workbook") -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def put(cell: "Cell | MergedCell", text: str) -> "Cell | MergedCell":
    cell.value = harmless(text)
    cell.data_type = "s"  # openpyxl takes a leading = for a formula
    cell.number_format = TEXT
    cell.quotePrefix = True
    return cell


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula, whatever it is pasted or saved into."""
    return "'" + text if text.startswith(TRIGGERS) else text
