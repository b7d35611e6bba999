"""Whose account it is: a unit's, or that of the relative somebody has applied for."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    with op.batch_alter_table("accounts") as table:
        table.add_column(sa.Column("union_id", sa.Integer(), nullable=True))
        table.add_column(
            sa.Column("for_other", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        table.create_foreign_key(
            op.f("fk_accounts_union_id_unions"), "unions", ["union_id"], ["id"]
        )
    with op.batch_alter_table("accounts") as table:
        table.alter_column("for_other", existing_type=sa.Boolean(), server_default=None)
