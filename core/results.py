"""What the bank says of a payment list, held against our own lines before anything is recorded.

A sheet is taken whole or not at all: one row that does not fit, and nobody is paid by it.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum, auto

from core.errors import Refused

MOST_SHOWN = 10  # rows of a refusal


class Trouble(StrEnum):
    """Why the bank could not pay."""

    ACCOUNT_NUMBER = auto()
    ACCOUNT_NAME = auto()
    ACCOUNT_CLOSED = auto()
    BANK_NAME = auto()
    OTHER = auto()


class Flaw(StrEnum):
    """Why a row is not taken."""

    UNKNOWN = auto()  # no such application on this list
    TWICE = auto()
    SUM = auto()  # not ours
    RESULT = auto()  # neither paid nor failed
    CHANGED = auto()  # recorded before, with another result


@dataclass(frozen=True)
class Row:
    """A row of the sheet as it was read; `row` counts as the spreadsheet does."""

    row: int
    number: str
    fen: int | None
    result: str
    why: str = ""


@dataclass(frozen=True)
class Ours:
    """A line of the list: its id, sum and state (listed, paid, failed)."""

    id: int
    fen: int
    state: str


@dataclass(frozen=True)
class Told:
    """What came of a line; `trouble` is None where it was paid."""

    trouble: Trouble | None
    note: str = ""


class AccountUsed(Refused):
    """Another person gets money on this account, in whatever union and year that was."""


class SheetRefused(Refused):
    """Rows of the sheet that do not fit: number of the row, application, and why."""

    def __init__(self, rows: Collection[tuple[int, str, Flaw]]) -> None:
        self.rows = tuple(rows)
        super().__init__(count=len(self.rows))


PAID = frozenset(
    {"成功", "已付", "已发", "已发放", "打款成功", "支付成功", "交易成功", "paid", "success"}
)
FAILED = frozenset({"失败", "未成功", "退回", "退票", "打款失败", "支付失败", "交易失败", "failed"})
SIGNS: Mapping[Trouble, tuple[str, ...]] = {
    Trouble.ACCOUNT_CLOSED: ("注销", "销户", "冻结", "挂失", "closed", "frozen"),
    Trouble.ACCOUNT_NAME: ("户名", "姓名", "name"),
    Trouble.BANK_NAME: ("开户行", "行号", "行名", "bank"),
    Trouble.ACCOUNT_NUMBER: ("账号", "卡号", "帐号", "number"),
}


def match(ours: Mapping[str, Ours], rows: Iterable[Row]) -> dict[int, Told]:
    """By id of the line, what is new. Rows without a result stay open; what was recorded before
    with the same result is passed over, so that a sheet read twice does nothing twice.

    Raises SheetRefused with everything that does not fit.
    """
    there = [row for row in rows if row.number or row.result]
    seen = Counter(row.number for row in there)
    wrong: list[tuple[int, str, Flaw]] = []
    found: dict[int, Told] = {}
    for row in there:
        line = ours.get(row.number)
        flaw = Flaw.TWICE if seen[row.number] > 1 else _flaw(row, line)
        if flaw is not None:
            wrong.append((row.row, row.number, flaw))
        elif line is not None and row.result and line.state == "listed":
            found[line.id] = _told(row)
    if wrong:
        raise SheetRefused(wrong)
    return found


def _flaw(row: Row, line: Ours | None) -> Flaw | None:
    if line is None:
        return Flaw.UNKNOWN
    if row.fen != line.fen:
        return Flaw.SUM
    if not row.result:
        return None
    said = row.result.casefold()
    if said not in PAID | FAILED:
        return Flaw.RESULT
    became = "paid" if said in PAID else "failed"
    return Flaw.CHANGED if line.state not in ("listed", became) else None


def _told(row: Row) -> Told:
    if row.result.casefold() in PAID:
        return Told(None)
    why = row.why.casefold()
    for trouble, signs in SIGNS.items():
        if any(sign in why for sign in signs):
            return Told(trouble, row.why)
    return Told(Trouble.OTHER, row.why)
