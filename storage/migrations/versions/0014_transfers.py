"""What one union gives to another."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "transfers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("from_union_id", sa.Integer(), nullable=False),
        sa.Column("to_union_id", sa.Integer(), nullable=False),
        sa.Column("namer_union_id", sa.Integer(), nullable=True),
        sa.Column("named_union_id", sa.Integer(), nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_transfers_application_id_applications"),
        ),
        sa.ForeignKeyConstraint(
            ["from_union_id"], ["unions.id"], name=op.f("fk_transfers_from_union_id_unions")
        ),
        sa.ForeignKeyConstraint(
            ["to_union_id"], ["unions.id"], name=op.f("fk_transfers_to_union_id_unions")
        ),
        sa.ForeignKeyConstraint(
            ["namer_union_id"], ["unions.id"], name=op.f("fk_transfers_namer_union_id_unions")
        ),
        sa.ForeignKeyConstraint(
            ["named_union_id"], ["unions.id"], name=op.f("fk_transfers_named_union_id_unions")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_transfers_officer_id_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfers")),
    )
    op.create_index(op.f("ix_transfers_application_id"), "transfers", ["application_id"])
    op.create_index(op.f("ix_transfers_namer_union_id"), "transfers", ["namer_union_id"])
