"""What the admission reads and writes: few statements, each for a whole batch.

They run synchronously inside one `run_sync`: changing coroutines for every statement would cost
as much as the statements. Their text does not grow with the batch, so that both the compiled
form and PostgreSQL's plan are used again.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Connection,
    CursorResult,
    Executable,
    Row,
    bindparam,
    func,
    insert,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from core.limits import Award
from storage.among import among
from storage.tables import Act, Application, Draft, Round, Timer

ROUND_FULL, VACANCY = "round_full", "vacancy"
COUNTER = (
    *(Round.id, Round.scheme_id, Round.year, Round.opens, Round.closes),
    Round.closes_at,
    *(Round.places, Round.counted, Round.reserves, Round.taken, Round.last_rank),
    *(Round.state, Round.at_once),
)
WHO = (
    *(Application.once_index, Application.id, Application.number, Application.rank),
    Application.reserve,
)

AWARD = (
    *(Application.scheme_id, Application.year, Application.level, Application.trade),
    Application.number,
)

# Two rounds may meet the same certificate at the same time, each under its own counter. Locks
# are taken in one order, that of their keys; whether a certificate is used is read afterwards,
# in a new statement.
CERTIFICATE_LOCKS = text(
    "SELECT pg_advisory_xact_lock(20, key) FROM (SELECT DISTINCT hashtext(certificate) AS key"
    " FROM unnest(CAST(:certificates AS text[])) AS certificate ORDER BY 1) AS sorted"
)

# Likewise for units: two colleagues may meet in different rounds. Always after the certificates.
UNIT_LOCKS = text(
    "SELECT pg_advisory_xact_lock(21, key) FROM (SELECT DISTINCT key"
    " FROM unnest(CAST(:units AS int[])) AS key ORDER BY 1) AS sorted"
)

# For this transaction: plans made while the tables were still empty would be kept, and read
# everything, until the next ANALYZE; a rush is over by then.
PREFER_INDEX = func.set_config("enable_seqscan", "off", True)


class Statements:
    """The statements in the words of one database."""

    def __init__(self, dialect: str) -> None:
        this_round = Application.round_id == bindparam("round")
        counter = select(*COUNTER).where(Round.id == bindparam("round"))
        if dialect == "postgresql":
            counter = counter.add_columns(PREFER_INDEX)
        self.counter = counter.with_for_update(key_share=True)
        self.drafts = (
            select(Draft.id, Draft.worker_id, Draft.scheme_id, Draft.state)
            .where(among(dialect, Draft.id))
            .order_by(Draft.id)
            .with_for_update(key_share=True)
        )
        # Neither by round nor by `live`: planners would then read the whole round.
        self.there = select(Application.round_id, Application.live, *WHO).where(
            among(dialect, Application.once_index)
        )
        self.holders = select(*WHO).where(this_round, Application.live)
        self.sent = select(Application.draft_id, Application.live, *WHO).where(
            among(dialect, Application.worker_id)
        )
        self.certificates = select(Application.certificate_index).where(
            or_(Application.live, Application.paid_at.is_not(None)),
            among(dialect, Application.certificate_index),
        )
        self.units = select(Application.base_union_id, *AWARD, Application.round_id).where(
            Application.live,
            among(dialect, Application.base_union_id),
            Application.scheme_id.in_(bindparam("schemes", expanding=True)),
        )
        self.ids = select(Application.rank, Application.id).where(
            this_round, Application.rank > bindparam("last_rank")
        )
        self.mark_sent = update(Draft).where(among(dialect, Draft.id)).values(state="sent")
        self.count = (
            update(Round)
            .where(Round.id == bindparam("round"))
            .values(taken=bindparam("now_taken"), last_rank=bindparam("now_last"))
        )
        timer = postgresql.insert(Timer) if dialect == "postgresql" else sqlite.insert(Timer)
        self.timer = timer.values(kind=bindparam("rings"), fired=None).on_conflict_do_update(
            index_elements=["kind", "ref"], set_={"due": timer.excluded.due, "fired": None}
        )
        self.applications = insert(Application)
        self.acts = insert(Act)


statements = cache(Statements)


class PlaceRows:
    """The rows one batch looks at and writes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._say = statements(connection.dialect.name)

    def locked_counter(self, round_id: int) -> Row[Any] | None:
        return self._ask(self._say.counter, round=round_id).one_or_none()

    def drafts(self, ids: Iterable[int]) -> dict[int, Row[Any]]:
        return {row.id: row for row in self._ask(self._say.drafts, wanted=sorted(set(ids)))}

    def there(self, round_id: int, once: Collection[str]) -> Iterable[Row[Any]]:
        """Those of these persons (units, cases) who hold a place in the round."""
        rows = self._ask(self._say.there, wanted=list(once))
        return (row for row in rows if row.live and row.round_id == round_id)

    def holders(self, round_id: int) -> Iterable[Row[Any]]:
        """All who hold a place in the round."""
        return self._ask(self._say.holders, round=round_id)

    def sent_by(self, workers: Collection[int]) -> Iterable[Row[Any]]:
        """The live applications of these workers, in any round."""
        rows = self._ask(self._say.sent, wanted=list(workers)) if workers else ()
        return (row for row in rows if row.live)

    def used(self, certificates: Collection[str]) -> set[str]:
        """Those of these certificates that stand in a live or paid application of anybody."""
        if not certificates:
            return set()
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(CERTIFICATE_LOCKS, {"certificates": list(certificates)})
        return set(self._ask(self._say.certificates, wanted=list(certificates)).scalars())

    def of_units(self, units: Collection[int], schemes: Collection[str]) -> dict[int, list[Award]]:
        """What each of these units has of these schemes; nobody else adds to it meanwhile."""
        found: dict[int, list[Award]] = {unit: [] for unit in units}
        if units:
            if self._connection.dialect.name == "postgresql":
                self._connection.execute(UNIT_LOCKS, {"units": sorted(units)})
            rows = self._ask(self._say.units, wanted=sorted(units), schemes=list(schemes))
            for row in rows:
                about = (row.scheme_id, row.year, row.level, row.trade, row.number)
                found[row.base_union_id].append(Award(*about, round=str(row.round_id)))
        return found

    def apply(self, rows: list[dict[str, Any]], round_id: int, last_rank: int) -> dict[int, int]:
        """Inserts the applications; rank -> id. They are those above `last_rank`."""
        self._connection.execute(self._say.applications, rows)
        given = self._ask(self._say.ids, round=round_id, last_rank=last_rank)
        return {row.rank: row.id for row in given}

    def write_down(self, acts: list[dict[str, Any]]) -> None:
        self._connection.execute(self._say.acts, acts)

    def mark_sent(self, drafts: list[int]) -> None:
        self._ask(self._say.mark_sent, wanted=drafts)

    def count(self, round_id: int, taken: int, last_rank: int) -> None:
        self._ask(self._say.count, round=round_id, now_taken=taken, now_last=last_rank)

    def wake_calendar(self, round_id: int, now: datetime) -> None:
        """The review begins: due now, also if it was full before and a place came back."""
        self._ask(self._say.timer, rings=ROUND_FULL, ref=round_id, due=now)

    def look_for_vacancies(self, round_id: int, now: datetime) -> None:
        """A place may be free for those who wait."""
        self._ask(self._say.timer, rings=VACANCY, ref=round_id, due=now)

    def _ask(self, statement: Executable, **values: Any) -> CursorResult[Any]:
        return self._connection.execute(statement, values)
