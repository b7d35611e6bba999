"""Who waits for a place and has moved up; units counted; objections as officers write them down."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    with op.batch_alter_table("rounds") as rounds:
        for name, value in (("counted", sa.true()), ("reserves", sa.false())):
            rounds.add_column(sa.Column(name, sa.Boolean(), nullable=False, server_default=value))
    with op.batch_alter_table("rounds") as rounds:
        for name in ("counted", "reserves"):
            rounds.alter_column(name, existing_type=sa.Boolean(), server_default=None)
    op.add_column("applications", sa.Column("reserve", sa.Integer(), nullable=True))
    op.add_column("applications", sa.Column("moved_up_at", sa.DateTime(), nullable=True))
    op.create_index("ix_applications_unit", "applications", ["base_union_id", "scheme_id"])
    op.create_index("uq_applications_reserve", "applications", ["round_id", "reserve"], unique=True)
    _objections()


def _objections() -> None:
    with op.batch_alter_table("objections") as objections:
        objections.add_column(
            sa.Column("channel", sa.String(length=10), nullable=False, server_default="here")
        )
        objections.add_column(sa.Column("said_on", sa.Date(), nullable=True))
        objections.add_column(sa.Column("recorded_by", sa.Integer(), nullable=True))
        objections.add_column(sa.Column("reason", sa.Text(), nullable=False, server_default=""))
        objections.create_foreign_key(
            "fk_objections_recorded_by_officers", "officers", ["recorded_by"], ["id"]
        )
    with op.batch_alter_table("objections") as objections:
        objections.alter_column("channel", existing_type=sa.String(length=10), server_default=None)
        objections.alter_column("reason", existing_type=sa.Text(), server_default=None)
