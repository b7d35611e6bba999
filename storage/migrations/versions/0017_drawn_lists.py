"""Lists drawn from the register of titles."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "drawn_lists",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("scheme_id", sa.String(length=80), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.String(length=40), nullable=False),
        sa.Column("union_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("set_aside", JSON, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [f"{name}_id"], [f"{name}s.id"], name=op.f(f"fk_drawn_lists_{name}_id_{name}s")
            )
            for name in ("round", "union", "officer")
        ),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_drawn_lists")),
        sa.UniqueConstraint(
            "scheme_id", "year", "occasion", name=op.f("uq_drawn_lists_scheme_id_year_occasion")
        ),
    )
