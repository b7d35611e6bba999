"""What an audience is chosen by: each member's bare facts, in a narrow row beside the roster's.

The facts of `workers` and `conversations` carry origin and day, in rows that are wide for other
reasons: a question to a million members reads four times as much there, and twice as long.

A value is one text that shows what it is: `true`, `#12`, `~1.5`, `@2026-01-05`, `=技师`. So a
value of the wrong kind is seen without a cast that could fail, alike on both databases.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import bindparam, delete, update

from storage.book import Book
from storage.tables import Known, Worker

WHOLE, BROKEN, DAY, WORDS, UNFIT = "#~@=?"
LONGEST = 30  # digits of a number; a longer one is words
SAY = update(Known).where(Known.worker_id == bindparam("member")).values(said=bindparam("now"))


def coded(value: Any) -> str:
    """A kept value (`core.facts.noted`) as one text; `?` for what no question is answered by.

    Words that read as a date become that date, as in `core.facts.read_back`, then as a number;
    the choices of a question go the same way before they are compared.
    """
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return f"{WHOLE}{value}"
        case str():
            return _words(value)
    return UNFIT


def bare(facts: Mapping[str, Any]) -> dict[str, str]:
    """The coded values of noted facts, without origin and day."""
    return {fact: coded(_value(kept)) for fact, kept in facts.items()}


class KnownFacts(Book):
    """Whoever changes the facts of a worker or of a bound conversation says so here.

    Each side has a column of its own, so that neither waits for the other or overwrites it.
    """

    async def of_roster(self, worker: Worker) -> None:
        """The roster's side; a member who has left is no longer counted."""
        if not worker.active:
            gone = delete(Known).where(Known.worker_id == worker.id)
            await self.connection.execute(gone)
            return
        row = {"union_id": worker.union_id, "roster": bare(worker.facts)}
        new = self.insert(Known).values(worker_id=worker.id, said={}, **row)
        there = new.on_conflict_do_update(index_elements=["worker_id"], set_=row)
        await self.connection.execute(there)

    async def said(self, worker_id: int, facts: Mapping[str, Any]) -> None:
        """What the member has told us in a chat, all of it; nothing once the chat is unbound."""
        await self.connection.execute(SAY, {"member": worker_id, "now": bare(facts)})


def _value(kept: Any) -> Any:
    return kept.get("value") if isinstance(kept, Mapping) else None


def _words(text: str) -> str:
    with suppress(ValueError):
        return f"{DAY}{date.fromisoformat(text).isoformat()}"
    with suppress(InvalidOperation):
        number = Decimal(text)
        if number.is_finite() and abs(number.adjusted()) + len(number.as_tuple().digits) < LONGEST:
            return f"{BROKEN}{number:f}"
    return f"{WORDS}{text}"
