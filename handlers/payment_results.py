"""The bank's answer as a spreadsheet: our own sheet with two columns filled in, read back.

What comes from outside is read within bounds, as text: a formula is no result, and neither is a
file that grows when it is unpacked.
"""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from core.errors import Unreadable
from core.people import Role
from core.results import Ours, Row, Told, match
from handlers import payment
from handlers.bench import present, within
from handlers.office import Office
from handlers.payment import LONGEST_NOTE, Failed, Paid, Result
from locales import DEFAULT
from storage.tables import Officer
from storage.unit import Unit

LARGEST = 400 * 1024  # bytes as it comes
LARGEST_INSIDE = 16 * 1024 * 1024  # unpacked
MOST_ROWS, MOST_COLUMNS = 6000, 40
WANTED = ("number", "amount", "result", "why")


@dataclass(frozen=True)
class Taken:
    """How many lines of the sheet were new, by what came of them, and how many are still open."""

    paid: int
    failed: int
    open: int


async def take(
    office: Office, officer: Officer, list_id: int, content: bytes, unit: Unit | None = None
) -> Taken:
    """Records what is new in it. Taken twice, nothing is done twice.

    Raises NotYours, NotFound, OutsideJurisdiction, Unreadable("sheet"), SheetRefused.
    """
    rows = await asyncio.to_thread(_read, content, _names(office))
    async with within(office, unit) as work:
        officer = await present(work, officer, Role.FINANCE)
        await payment.own_list(work, officer, list_id)
        lines = await work.payments.lines(list_id)
        ours = {
            line.application.number: Ours(
                line.payment.id, line.payment.amount_fen, line.payment.state
            )
            for line in lines
        }
        told = {line: _result(each) for line, each in match(ours, rows).items()}
        listed = sum(line.payment.state == "listed" for line in lines)
        who, on = f"officer:{officer.id}", f"payment_list:{list_id}"
        await work.acts.append(who, "import_results", on, rows=len(rows), new=len(told))
        if told:
            await payment.record(office, officer, list_id, told, work)
        paid = sum(isinstance(each, Paid) for each in told.values())
        return Taken(paid, len(told) - paid, listed - len(told))


def _result(told: Told) -> Result:
    if told.trouble is None:
        return Paid()
    return Failed(told.trouble, told.note[:LONGEST_NOTE])


def _names(office: Office) -> dict[str, str]:
    """Heading -> which of the columns it is."""
    say = office.speak(DEFAULT)
    return {say(f"procedure.sheet.{name}"): name for name in WANTED}


def _read(content: bytes, names: dict[str, str]) -> list[Row]:
    return list(_rows(content, names))


def _rows(content: bytes, names: dict[str, str]) -> Iterator[Row]:
    cells = _cells(content)
    head = [_text(cell) for cell in next(cells, ())]
    where = {names[text]: column for column, text in enumerate(head) if text in names}
    if {"number", "amount", "result"} - where.keys():
        raise Unreadable("sheet")
    for row, values in enumerate(cells, 2):
        at = {name: values[column] for name, column in where.items() if column < len(values)}
        number = _text(at.get("number"))
        if not number:  # the total, and who made it
            continue
        yield Row(
            row,
            number,
            _fen(at.get("amount")),
            _text(at.get("result")),
            _text(at.get("why")),
        )


def _cells(content: bytes) -> Iterator[Sequence[Any]]:
    """Row by row, formulas as they are written."""
    if len(content) > LARGEST:
        raise Unreadable("sheet")
    try:
        with ZipFile(BytesIO(content)) as packed:
            if sum(each.file_size for each in packed.infolist()) > LARGEST_INSIDE:
                raise Unreadable("sheet")
        book = load_workbook(BytesIO(content), read_only=True, data_only=False)
        page = book.worksheets[0]
        rows = page.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
        yield from list(rows)
    except (BadZipFile, InvalidFileException, KeyError, IndexError, ValueError, TypeError):
        raise Unreadable("sheet") from None
    except SyntaxError:  # what the XML parsers raise for damaged or hostile text
        raise Unreadable("sheet") from None


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip().removeprefix("'")


def _fen(value: Any) -> int | None:
    """None for what is no sum in whole fen."""
    try:
        fen = Decimal(str(value).replace(",", "").strip()) * 100
        return int(fen) if fen == fen.to_integral_value() else None
    except (InvalidOperation, OverflowError, ValueError):
        return None
