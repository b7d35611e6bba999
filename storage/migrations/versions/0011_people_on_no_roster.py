"""People on no roster who have said who they are, and by which place a matter was brought."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    with op.batch_alter_table("workers") as workers:
        workers.add_column(
            sa.Column("guest", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("drafts") as drafts:
        drafts.add_column(sa.Column("ground", sa.String(60), nullable=False, server_default=""))
    with op.batch_alter_table("workers") as workers:
        workers.alter_column("guest", existing_type=sa.Boolean(), server_default=None)
    with op.batch_alter_table("drafts") as drafts:
        drafts.alter_column("ground", existing_type=sa.String(60), server_default=None)
