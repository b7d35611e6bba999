"""The queue in its order, and all that is counted of it, in two indexes."""

from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.drop_index("ix_applications_waiting", "applications")
    order = ["union_id", "state", "due", "rank", "id"]
    op.create_index("ix_applications_queue", "applications", order)
    counted = ["union_id", "state", "scheme_id", "scheme_version", "stage", "due"]
    op.create_index("ix_applications_piles", "applications", counted)
