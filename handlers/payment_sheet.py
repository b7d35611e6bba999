"""The payment list as a spreadsheet for the bank.

Identity and account numbers are text, so that no digit is lost; nothing in it is a formula.
"""

from decimal import Decimal

from core.people import Role
from handlers import payment
from handlers.bench import present
from handlers.office import Office
from handlers.spreadsheet import begin, content, put
from locales import DEFAULT, Speaker
from storage.payments import Line
from storage.tables import Officer, PaymentList
from storage.unit import Unit

COLUMNS = ("row", "number", "name", "identity", "bank", "account", "amount", "result", "why")
WIDTHS = (6, 18, 14, 22, 28, 24, 12, 10, 24)
AMOUNT = COLUMNS.index("amount") + 1  # what stands behind it is for the bank
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


def _row(unit: Unit, line: Line) -> Row:
    return (
        line.application.number,
        unit.accounts.holder(line.account),
        _identity(unit, line),
        line.account.bank,
        unit.accounts.number(line.account),
        Decimal(line.payment.amount_fen) / 100,
    )


def _identity(unit: Unit, line: Line) -> str:
    """Of whose own account it is; a unit has none, and that of a relative we do not know."""
    own = line.account.union_id is None and not line.account.for_other
    return (unit.workers.identity(line.worker) or "") if own else ""


def _write(say: Speaker, made: PaymentList, by: str, rows: list[Row]) -> bytes:
    head = [
        (say(f"procedure.sheet.{key}"), width) for key, width in zip(COLUMNS, WIDTHS, strict=True)
    ]
    book, page = begin(say("procedure.sheet.title", list=made.id), head)
    for number, (*texts, amount) in enumerate(rows, 1):
        page.cell(number + 1, 1, number)
        for column, text in enumerate(texts, 2):
            put(page.cell(number + 1, column), str(text))
        page.cell(number + 1, AMOUNT, amount).number_format = YUAN
    last = len(rows) + 2
    put(page.cell(last, 1), say("procedure.sheet.total"))
    page.cell(last, AMOUNT, sum((row[-1] for row in rows), Decimal())).number_format = YUAN
    put(page.cell(last + 1, 1), say("procedure.sheet.made", by=by, at=made.made_at))
    return content(book)
