"""Places of a round for each union that recommends, and a reserve list for each of them."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

KEPT_BY_PREFECTURES = "yn-model-worker-selection"  # the only reserves of that kind until now
KINDS = ("prefecture", "industrial")


def upgrade() -> None:
    op.create_table(
        "allotments",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("round_id", sa.Integer(), sa.ForeignKey("rounds.id"), nullable=False),
        sa.Column("union_id", sa.Integer(), sa.ForeignKey("unions.id"), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.UniqueConstraint("round_id", "union_id"),
    )
    list_of = sa.Column("reserve_of", sa.Integer(), nullable=False, server_default="0")
    op.add_column("applications", list_of)
    with op.batch_alter_table("applications") as applications:
        applications.alter_column("reserve_of", existing_type=sa.Integer(), server_default=None)
    _lists_of_prefectures()
    op.drop_index("uq_applications_reserve", "applications")
    columns = ["round_id", "reserve_of", "reserve"]
    op.create_index("uq_applications_reserve", "applications", columns, unique=True)


def _lists_of_prefectures() -> None:
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT id, kind, parent_id FROM unions"))
    unions = {row.id: row for row in rows}

    def keeper(union: int | None) -> int:
        while union is not None and unions[union].kind not in KINDS:
            union = unions[union].parent_id
        return union or next(each.id for each in unions.values() if each.kind == "province")

    listed = connection.execute(
        sa.text(
            "SELECT id, base_union_id FROM applications"
            " WHERE reserve IS NOT NULL AND scheme_id = :scheme"
        ),
        {"scheme": KEPT_BY_PREFECTURES},
    )
    for row in listed.all():
        connection.execute(
            sa.text("UPDATE applications SET reserve_of = :keeper WHERE id = :id"),
            {"keeper": keeper(row.base_union_id), "id": row.id},
        )
