"""What somebody who objects has brought to prove it."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.create_table(
        "objection_papers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("objection_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["objection_id"], ["objections.id"], name="fk_objection_papers_objection_id_objections"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_objection_papers"),
    )
    for column in ("objection_id", "digest"):
        op.create_index(f"ix_objection_papers_{column}", "objection_papers", [column])
