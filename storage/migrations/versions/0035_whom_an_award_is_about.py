"""Whom an award is about, where that is not who applies: one award for each person."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0030"


def upgrade() -> None:
    op.create_table(
        "subjects",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("identity_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("identity_index", sa.String(length=64), nullable=True),
        sa.Column("unit_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("name_index", sa.String(length=64), nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name="fk_subjects_draft_id_drafts"),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name="fk_subjects_officer_id_officers"
        ),
        sa.PrimaryKeyConstraint("draft_id", name="pk_subjects"),
    )
    for column in ("identity_index", "name_index"):
        op.create_index(f"ix_subjects_{column}", "subjects", [column])
