"""The hour of the last day, where a call names one."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.add_column("rounds", sa.Column("closes_at", sa.Time(), nullable=True))
