"""The payment list as a spreadsheet for the bank.

Identity and account numbers are text, so that no digit is lost; nothing in it is a formula.
"""

from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from core.people import Role
from handlers import payment
from handlers.bench import present
from handlers.office import Office
from locales import DEFAULT, Speaker
from storage.payments import Line
from storage.tables import Officer, PaymentList
from storage.unit import Unit

COLUMNS = ("row", "number", "name", "identity", "bank", "account", "amount")
WIDTHS = (6, 18, 14, 22, 28, 24, 12)
TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n")
TEXT = "@"  # the number format of text
YUAN = "0.00"

Row = tuple[str, str, str, str, str, Decimal]


async def sheet(office: Office, officer: Officer, list_id: int) -> bytes:
    """The list as XLSX, made outside of a unit. Raises NotYours, NotFound, OutsideJurisdiction."""
    async with office.unit() as unit:
        officer = await present(unit, officer, Role.FINANCE)
        made = await payment.own_list(unit, officer, list_id)
        rows = [_row(unit, line) for line in await unit.payments.lines(list_id)]
        who, on = f"officer:{officer.id}", f"payment_list:{list_id}"
        await unit.acts.append(who, "export_payments", on, count=len(rows))
    return _write(office.speak(DEFAULT), made, officer.name, rows)


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula, whatever it is pasted or saved into."""
    return "'" + text if text.startswith(TRIGGERS) else text


def _row(unit: Unit, line: Line) -> Row:
    return (
        line.application.number,
        unit.workers.name(line.worker),
        unit.workers.identity(line.worker) or "",
        line.account.bank,
        unit.accounts.number(line.account),
        Decimal(line.payment.amount_fen) / 100,
    )


def _write(say: Speaker, made: PaymentList, by: str, rows: list[Row]) -> bytes:
    book = Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = say("procedure.sheet.title", list=made.id)
    for column, (key, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True), 1):
        _put(page.cell(1, column), say(f"procedure.sheet.{key}")).font = Font(bold=True)
        page.column_dimensions[get_column_letter(column)].width = width
    for number, (*texts, amount) in enumerate(rows, 1):
        page.cell(number + 1, 1, number)
        for column, text in enumerate(texts, 2):
            _put(page.cell(number + 1, column), str(text))
        page.cell(number + 1, len(COLUMNS), amount).number_format = YUAN
    last = len(rows) + 2
    _put(page.cell(last, 1), say("procedure.sheet.total"))
    page.cell(last, len(COLUMNS), sum((row[-1] for row in rows), Decimal())).number_format = YUAN
    _put(page.cell(last + 1, 1), say("procedure.sheet.made", by=by, at=made.made_at))
    page.freeze_panes = "A2"
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _put(cell: Cell | MergedCell, text: str) -> Cell | MergedCell:
    cell.value = harmless(text)
    cell.data_type = "s"  # openpyxl takes a leading = for a formula
    cell.number_format = TEXT
    cell.quotePrefix = True
    return cell
