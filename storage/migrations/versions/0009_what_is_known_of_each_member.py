"""What is known of each member, for choosing an audience."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from storage.known import bare

revision = "0009"
down_revision = "0008"

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
PIECE = 5_000  # members at a time
KNOWN = sa.table(
    "known",
    sa.column("worker_id", sa.Integer),
    sa.column("union_id", sa.Integer),
    sa.column("roster", JSON),
    sa.column("said", JSON),
)
WORKERS = sa.table(
    "workers",
    sa.column("id", sa.Integer),
    sa.column("union_id", sa.Integer),
    sa.column("facts", JSON),
    sa.column("active", sa.Boolean),
)
CHATS = sa.table("conversations", sa.column("worker_id", sa.Integer), sa.column("facts", JSON))


def upgrade() -> None:
    op.create_table(
        "known",
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column("union_id", sa.Integer(), nullable=False),
        sa.Column("roster", JSON, nullable=False),
        sa.Column("said", JSON, nullable=False),
        sa.ForeignKeyConstraint(["union_id"], ["unions.id"], name="fk_known_union_id_unions"),
        sa.ForeignKeyConstraint(["worker_id"], ["workers.id"], name="fk_known_worker_id_workers"),
        sa.PrimaryKeyConstraint("worker_id", name="pk_known"),
    )
    op.create_index("ix_known_union_id", "known", ["union_id"])
    _fill()


def _fill() -> None:
    """A row for each member there is, from the roster and from the chat bound to it."""
    bind, last = op.get_bind(), 0
    members = (
        sa.select(WORKERS.c.id, WORKERS.c.union_id, WORKERS.c.facts, CHATS.c.facts)
        .outerjoin(CHATS, CHATS.c.worker_id == WORKERS.c.id)
        .where(WORKERS.c.active)
        .order_by(WORKERS.c.id)
        .limit(PIECE)
    )
    while rows := bind.execute(members.where(WORKERS.c.id > last)).all():
        known = [
            {"worker_id": id_, "union_id": union, "roster": bare(roster), "said": bare(said or {})}
            for id_, union, roster, said in rows
        ]
        bind.execute(sa.insert(KNOWN), known)
        last = rows[-1][0]
