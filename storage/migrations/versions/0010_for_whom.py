"""For whom somebody applies, whom a report is about, and which union takes it in."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    with op.batch_alter_table("drafts") as drafts:
        for name in ("capacity", "relation"):
            drafts.add_column(
                sa.Column(name, sa.String(length=12), nullable=False, server_default="")
            )
        for name in ("other_sealed", "accused_sealed"):
            drafts.add_column(sa.Column(name, sa.LargeBinary(), nullable=True))
        drafts.add_column(sa.Column("accepting_union_id", sa.Integer(), nullable=True))
        drafts.create_foreign_key(
            "fk_drafts_accepting_union_id_unions", "unions", ["accepting_union_id"], ["id"]
        )
    with op.batch_alter_table("drafts") as drafts:
        for name in ("capacity", "relation"):
            drafts.alter_column(name, existing_type=sa.String(length=12), server_default=None)
