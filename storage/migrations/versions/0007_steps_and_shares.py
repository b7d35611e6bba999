"""What a decision rests on, payments in shares, deadlines by the hour, yearly standards."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
ALIVE = sa.text("state <> 'failed'")


def upgrade() -> None:
    _passages()
    _payments()
    op.add_column("applications", sa.Column("due_at", sa.DateTime(), nullable=True))
    op.create_table(
        "standards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fact", sa.String(length=80), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name="fk_standards_officer_id_officers"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_standards"),
    )
    op.create_index("ix_standards_year", "standards", ["year", "fact"])


def _passages() -> None:
    with op.batch_alter_table("passages") as passages:
        passages.add_column(sa.Column("trace", JSON, nullable=False, server_default="{}"))
    with op.batch_alter_table("passages") as passages:
        passages.alter_column("trace", existing_type=JSON, server_default=None)


def _payments() -> None:
    """A line pays the step its application stands in; a list is of the union of its officer."""
    op.add_column("payments", sa.Column("stage", sa.Integer(), nullable=True))
    op.execute(
        "UPDATE payments SET stage ="
        " (SELECT stage FROM applications WHERE applications.id = payments.application_id)"
    )
    op.drop_index("uq_payments_live", "payments")
    with op.batch_alter_table("payments") as payments:
        payments.alter_column("stage", existing_type=sa.Integer(), nullable=False)
    op.create_index(
        "uq_payments_live",
        "payments",
        ["application_id", "stage"],
        unique=True,
        sqlite_where=ALIVE,
        postgresql_where=ALIVE,
    )
    op.add_column("payment_lists", sa.Column("union_id", sa.Integer(), nullable=True))
    op.execute(
        "UPDATE payment_lists SET union_id ="
        " (SELECT union_id FROM officers WHERE officers.id = payment_lists.officer_id)"
    )
    with op.batch_alter_table("payment_lists") as lists:
        lists.alter_column("union_id", existing_type=sa.Integer(), nullable=False)
        lists.create_foreign_key("fk_payment_lists_union_id_unions", "unions", ["union_id"], ["id"])
