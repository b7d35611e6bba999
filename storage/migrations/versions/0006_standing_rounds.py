"""Rounds that stand by themselves, without a number of places; applications without a sum."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

LIVE = sa.text("live")
STANDING = sa.text("standing")


def upgrade() -> None:
    with op.batch_alter_table("rounds") as rounds:
        rounds.alter_column("places", existing_type=sa.Integer(), nullable=True)
        rounds.add_column(
            sa.Column("standing", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        rounds.add_column(
            sa.Column("at_once", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("applications") as applications:
        applications.alter_column("amount_fen", existing_type=sa.Integer(), nullable=True)
        applications.add_column(
            sa.Column("once_index", sa.String(length=80), nullable=False, server_default="")
        )
        applications.add_column(sa.Column("accepting_union_id", sa.Integer(), nullable=True))
        applications.create_foreign_key(
            "fk_applications_accepting_union_id_unions", "unions", ["accepting_union_id"], ["id"]
        )
        applications.drop_index("uq_applications_live")
    op.execute("UPDATE applications SET once_index = identity_index")
    with op.batch_alter_table("rounds") as rounds:
        for column in ("standing", "at_once"):
            rounds.alter_column(column, existing_type=sa.Boolean(), server_default=None)
    with op.batch_alter_table("applications") as applications:
        applications.alter_column(
            "once_index", existing_type=sa.String(length=80), server_default=None
        )
    op.create_index("ix_applications_once_index", "applications", ["once_index"])
    op.create_index(
        "uq_applications_live",
        "applications",
        ["round_id", "once_index"],
        unique=True,
        sqlite_where=LIVE,
        postgresql_where=LIVE,
    )
    op.create_index(
        "uq_rounds_standing",
        "rounds",
        ["scheme_id", "opens"],
        unique=True,
        sqlite_where=STANDING,
        postgresql_where=STANDING,
    )
