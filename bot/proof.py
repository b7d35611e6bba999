"""`huigong verify`: is the chain of acts whole, or what one receipt holds of it?"""

import json

from bot.settings import Settings
from core.errors import Unreadable
from storage.database import Database
from storage.receipts import Line, still_there
from storage.seal import Head
from storage.seal import verify as walk


async def verify(settings: Settings, known: str | None) -> int:
    """Prints what was found; 0 if the chain is whole, 1 if not."""
    database = Database(settings.database_url)
    try:
        report = await walk(database, read_head(known) if known else None)
    finally:
        await database.close()
    print(f"{report.acts} acts, {report.sealed} sealed, {report.unsealed} waiting for their seal")  # noqa: T201
    print(f"head {report.head.seq}:{report.head.digest}")  # noqa: T201
    for fault in report.faults:
        print(f"{fault.kind.upper()}: seal {fault.seq}, act {fault.act_id}")  # noqa: T201
    print("broken" if report.faults else "whole")  # noqa: T201
    return 1 if report.faults else 0


async def check(settings: Settings, receipt: str) -> int:
    """A receipt against itself and the archive; 0 if every line of it still stands."""
    lines = read_receipt(receipt)
    database = Database(settings.database_url)
    try:
        wrong = await still_there(database, lines)
    finally:
        await database.close()
    for line in lines:
        state = "WRONG" if line in wrong else "stands"
        print(f"{line.seq} {line.act.at.isoformat()} {line.act.what}: {state}")  # noqa: T201
    print("broken" if wrong else "whole")  # noqa: T201
    return 1 if wrong else 0


def read_receipt(text: str) -> list[Line]:
    """The lines of a receipt's file. Raises Unreadable."""
    try:
        told = json.loads(text)["lines"]
    except (ValueError, KeyError, TypeError):
        raise Unreadable("receipt") from None
    if not isinstance(told, list) or not told:
        raise Unreadable("receipt")
    return [Line.from_json(line) for line in told]


def read_head(text: str) -> Head:
    """SEQ:DIGEST as `verify` and /heads print it. Raises Unreadable."""
    seq, _, digest = text.partition(":")
    if not (seq.isascii() and seq.isdigit() and len(digest) == 64):
        raise Unreadable("head")
    return Head(int(seq), digest)
