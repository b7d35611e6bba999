"""Since when something lies in a step no document sets a time; asked after from today on."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0035"

SHANGHAI = ZoneInfo("Asia/Shanghai")
UNTIMED = "state = 'in_stage' AND due IS NULL"
STANDING = {  # kind of the timer: what it is about
    "lies_step": f"SELECT id FROM applications WHERE {UNTIMED}",
    "lies_objection": "SELECT id FROM objections WHERE state = 'open'",
    "lies_finding": "SELECT id FROM claw_backs WHERE state = 'hearing'"
    " AND (answered_at IS NOT NULL OR answer_by < :today)",
    "lies_payments": "SELECT DISTINCT list_id AS id FROM payments WHERE state = 'listed'",
}


def upgrade() -> None:
    op.add_column("applications", sa.Column("lies_since", sa.Date(), nullable=True))
    connection, now = op.get_bind(), datetime.now(UTC).astimezone(SHANGHAI)
    today, tomorrow = now.date(), now.date() + timedelta(days=1)
    columns: dict[str, Any] = {"today": today}
    dated = sa.bindparam("today", type_=sa.Date())
    lies = f"UPDATE applications SET lies_since = :today WHERE {UNTIMED}"
    connection.execute(sa.text(lies).bindparams(dated), columns)
    due = datetime.combine(tomorrow, time(9), SHANGHAI).astimezone(UTC).replace(tzinfo=None)
    for kind, which in STANDING.items():
        rows = sa.text(which)
        if ":today" in which:
            rows = rows.bindparams(dated)
        for row in connection.execute(rows, columns if ":today" in which else {}).all():
            connection.execute(
                sa.text(
                    "INSERT INTO timers (kind, ref, due) VALUES (:kind, :ref, :due)"
                ).bindparams(sa.bindparam("due", type_=sa.DateTime())),
                {"kind": kind, "ref": row.id, "due": due},
            )
