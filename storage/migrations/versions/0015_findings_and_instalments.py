"""A finding is heard before it is decided; money comes back in parts; the record of integrity."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
STANDING = sa.text("state <> 'dropped'")
PAYER = (
    "UPDATE claw_backs SET payer_id = (SELECT max(payment_lists.union_id) FROM payments"
    " JOIN payment_lists ON payment_lists.id = payments.list_id"
    " WHERE payments.application_id = claw_backs.application_id AND payments.state = 'paid')"
)
CAME = (
    "INSERT INTO repayments (claw_back_id, position, number, amount_fen, came_on, officer_id, at)"
    " SELECT claw_backs.id, 1, applications.number || '-R1', claw_backs.amount_fen,"
    " date(repaid_at), claw_backs.officer_id, repaid_at"
    " FROM claw_backs JOIN applications ON applications.id = claw_backs.application_id"
    " WHERE repaid_at IS NOT NULL"
)


def upgrade() -> None:
    _findings()
    _instalments()
    _repayments()
    _stains()
    op.execute(CAME)


def _findings() -> None:
    """Those that stand have been decided under the old way: whole, and at once."""
    with op.batch_alter_table("claw_backs") as table:
        table.drop_constraint("uq_claw_backs_application_id", type_="unique")
        table.add_column(sa.Column("state", sa.String(length=8), server_default="owed"))
        table.add_column(sa.Column("paid_fen", sa.Integer(), server_default="0"))
        table.add_column(sa.Column("ground", sa.Integer(), nullable=True))
        for name, most in (("say", 300), ("cite", 120), ("reason", 1000)):
            table.add_column(sa.Column(name, sa.String(length=most), server_default=""))
        for name in ("union_id", "payer_id", "decider_id"):
            table.add_column(sa.Column(name, sa.Integer(), nullable=True))
            table.create_foreign_key(f"fk_claw_backs_{name}_unions", "unions", [name], ["id"])
        table.add_column(sa.Column("answer_by", sa.Date(), nullable=True))
        table.add_column(sa.Column("answer_sealed", sa.LargeBinary(), nullable=True))
        table.add_column(sa.Column("decided_by", sa.Integer(), nullable=True))
        table.create_foreign_key(
            "fk_claw_backs_decided_by_officers", "officers", ["decided_by"], ["id"]
        )
        for name in ("answered_at", "decided_at"):
            table.add_column(sa.Column(name, sa.DateTime(), nullable=True))
    op.execute(
        "UPDATE claw_backs SET paid_fen = amount_fen, decided_at = opened_at, cite = '第八条'"
    )
    op.execute("UPDATE claw_backs SET state = 'done' WHERE repaid_at IS NOT NULL")
    op.execute(PAYER)
    with op.batch_alter_table("claw_backs") as table:
        for name, kind in (
            ("state", sa.String(length=8)),
            ("paid_fen", sa.Integer()),
            ("say", sa.String(length=300)),
            ("cite", sa.String(length=120)),
            ("reason", sa.String(length=1000)),
        ):
            table.alter_column(name, existing_type=kind, nullable=False, server_default=None)
    op.create_index("ix_claw_backs_application_id", "claw_backs", ["application_id"])
    op.create_index(
        "uq_claw_backs_standing",
        "claw_backs",
        ["application_id"],
        unique=True,
        sqlite_where=STANDING,
        postgresql_where=STANDING,
    )


def _instalments() -> None:
    op.create_table(
        "instalments",
        sa.Column("claw_back_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("amount_fen", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claw_back_id"], ["claw_backs.id"], name="fk_instalments_claw_back_id_claw_backs"
        ),
        sa.PrimaryKeyConstraint("claw_back_id", "position", name="pk_instalments"),
    )


def _repayments() -> None:
    op.create_table(
        "repayments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claw_back_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("amount_fen", sa.Integer(), nullable=False),
        sa.Column("came_on", sa.Date(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claw_back_id"], ["claw_backs.id"], name="fk_repayments_claw_back_id_claw_backs"
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name="fk_repayments_officer_id_officers"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_repayments"),
        sa.UniqueConstraint("claw_back_id", "position", name="uq_repayments_claw_back_id_position"),
        sa.UniqueConstraint("number", name="uq_repayments_number"),
    )
    op.create_index("ix_repayments_claw_back_id", "repayments", ["claw_back_id"])


def _stains() -> None:
    op.create_table(
        "stains",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claw_back_id", sa.Integer(), nullable=False),
        sa.Column("whose", sa.String(length=80), nullable=False),
        sa.Column("scheme_id", sa.String(length=80), nullable=False),
        sa.Column("say", sa.String(length=300), nullable=False),
        sa.Column("cite", sa.String(length=120), nullable=False),
        sa.Column("blocks", JSON, nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.Column("struck_at", sa.DateTime(), nullable=True),
        sa.Column("struck_by", sa.Integer(), nullable=True),
        sa.Column("struck_why", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["claw_back_id"], ["claw_backs.id"], name="fk_stains_claw_back_id_claw_backs"
        ),
        sa.ForeignKeyConstraint(
            ["struck_by"], ["officers.id"], name="fk_stains_struck_by_officers"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_stains"),
        sa.UniqueConstraint("claw_back_id", name="uq_stains_claw_back_id"),
    )
    op.create_index("ix_stains_whose", "stains", ["whose"])
