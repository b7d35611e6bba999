"""What the holder of a title says before it is taken away."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    op.create_table(
        "pleas",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "application_id",
            sa.Integer(),
            sa.ForeignKey("applications.id"),
            nullable=False,
            unique=True,
        ),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("title_id", sa.Integer(), sa.ForeignKey("titles.id"), nullable=True),
        sa.Column("worker_id", sa.Integer(), sa.ForeignKey("workers.id"), nullable=True),
        sa.Column("charge_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("officer_id", sa.Integer(), sa.ForeignKey("officers.id"), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("channel", sa.String(10), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.Integer(), sa.ForeignKey("officers.id"), nullable=True),
    )
    op.create_index("ix_pleas_worker_id", "pleas", ["worker_id"])
    op.create_table(
        "plea_papers",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("plea_id", sa.Integer(), sa.ForeignKey("pleas.id"), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("media_type", sa.String(40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
    )
    for column in ("plea_id", "digest"):
        op.create_index(f"ix_plea_papers_{column}", "plea_papers", [column])
