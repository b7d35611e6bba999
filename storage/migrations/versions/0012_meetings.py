"""Who was at a meeting and who left the room, and what it decided on each application."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    added: dict[str, tuple[sa.types.TypeEngine[Any], str]] = {
        "present": (JSON, "[]"),
        "others": (sa.String(length=300), ""),
        "withdrew": (JSON, "[]"),
    }
    with op.batch_alter_table("meetings") as meetings:
        for name, (kind, empty) in added.items():
            meetings.add_column(sa.Column(name, kind, nullable=False, server_default=empty))
    with op.batch_alter_table("meetings") as meetings:
        for name, (kind, _) in added.items():
            meetings.alter_column(name, existing_type=kind, server_default=None)
    op.create_table(
        "agenda_points",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("ruling", sa.String(length=10), nullable=False),
        sa.Column("ground", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name="fk_agenda_points_meeting_id_meetings"
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name="fk_agenda_points_application_id_applications",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_agenda_points"),
    )
    op.create_index("ix_agenda_points_meeting_id", "agenda_points", ["meeting_id"])
