"""In whose place something was written down for somebody, or found after an award."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    for table in ("recordings", "claw_backs"):
        with op.batch_alter_table(table) as rows:
            rows.add_column(sa.Column("instead_of_id", sa.Integer(), nullable=True))
            name = f"fk_{table}_instead_of_id_officers"
            rows.create_foreign_key(name, "officers", ["instead_of_id"], ["id"])
