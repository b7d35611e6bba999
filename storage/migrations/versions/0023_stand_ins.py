"""Who stands in for whom, and for whom something was done."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.create_table(
        "stand_ins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("union_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=False),
        sa.Column("deputy_union_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("named_by", sa.Integer(), nullable=False),
        sa.Column("named_at", sa.DateTime(), nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        *_keys("stand_ins", officer_id="officers", deputy_id="officers"),
        *_keys("stand_ins", union_id="unions", deputy_union_id="unions"),
        *_keys("stand_ins", named_by="officers", ended_by="officers"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stand_ins")),
    )
    op.create_index("ix_stand_ins_officer", "stand_ins", ["officer_id", "last_day"])
    op.create_index("ix_stand_ins_deputy", "stand_ins", ["deputy_id", "last_day"])
    for table, column, there in (
        ("passages", "instead_of_id", "officers"),
        ("sign_ins", "stand_in_id", "stand_ins"),
    ):
        with op.batch_alter_table(table) as rows:
            rows.add_column(sa.Column(column, sa.Integer(), nullable=True))
            rows.create_foreign_key(f"fk_{table}_{column}_{there}", there, [column], ["id"])


def _keys(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(
            [column], [f"{there}.id"], name=op.f(f"fk_{table}_{column}_{there}")
        )
        for column, there in columns.items()
    ]
