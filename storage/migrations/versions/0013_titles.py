"""The register of titles."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

STANDING = sa.text("state <> 'revoked'")
KEYS = (
    ("worker_id", "workers"),
    ("union_id", "unions"),
    ("application_id", "applications"),
    ("officer_id", "officers"),
    ("ended_by", "applications"),
)


def upgrade() -> None:
    op.create_table(
        "titles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=True),
        sa.Column("holder_index", sa.String(length=64), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("union_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("proof", sa.String(length=200), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_why", sa.String(length=200), nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_titles_{column}_{table}")
            )
            for column, table in KEYS
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_titles")),
    )
    op.create_index(
        "uq_titles_standing",
        "titles",
        ["holder_index", "title"],
        unique=True,
        sqlite_where=STANDING,
        postgresql_where=STANDING,
    )
    op.create_index("ix_titles_union", "titles", ["union_id", "title"])
    for column in ("title", "worker_id", "holder_index"):
        op.create_index(op.f(f"ix_titles_{column}"), "titles", [column])
