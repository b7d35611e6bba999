"""Each pile of a queue in its order, so that a short one is not looked for among all."""

from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.drop_index("ix_applications_piles", "applications")
    pile = ["union_id", "state", "scheme_id", "scheme_version", "stage"]
    op.create_index("ix_applications_piles", "applications", [*pile, "due", "rank", "id"])
