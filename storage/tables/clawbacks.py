"""Findings after the award, the money that comes back, and the record of integrity."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


class ClawBack(Table):
    """A finding: heard, then dropped or upheld. A person who owes gets no new award."""

    __tablename__ = "claw_backs"
    __table_args__ = (
        Index(
            "uq_claw_backs_standing",
            "application_id",
            unique=True,
            sqlite_where=text("state <> 'dropped'"),
            postgresql_where=text("state <> 'dropped'"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    identity_index: Mapped[str] = mapped_column(String(64), index=True)
    state: Mapped[str] = mapped_column(String(8))  # hearing, dropped, owed, done
    paid_fen: Mapped[int]  # what had really been paid
    amount_fen: Mapped[int] = mapped_column(default=0)  # what is to come back, once decided
    ground: Mapped[int | None]  # which of the file's grounds
    say: Mapped[str] = mapped_column(String(300), default="")  # its words then
    cite: Mapped[str] = mapped_column(String(120), default="")
    finding: Mapped[str] = mapped_column(String(1000))
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))  # who found it
    instead_of_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))  # X 代 Y: Y
    union_id: Mapped[int | None] = mapped_column(ForeignKey("unions.id"))  # of that officer
    payer_id: Mapped[int | None] = mapped_column(ForeignKey("unions.id"))  # whose money it is
    decider_id: Mapped[int | None] = mapped_column(ForeignKey("unions.id"))  # who approved
    opened_at: Mapped[datetime]
    answer_by: Mapped[date | None]
    answer_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    answered_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    decided_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(1000), default="")
    repaid_at: Mapped[datetime | None]


class Instalment(Table):
    """One part of what is to come back, and by when."""

    __tablename__ = "instalments"
    claw_back_id: Mapped[int] = mapped_column(ForeignKey("claw_backs.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)  # from 1
    due: Mapped[date]
    amount_fen: Mapped[int]


class Repayment(Table):
    """Money that has come back; its number stands on the receipt."""

    __tablename__ = "repayments"
    __table_args__ = (UniqueConstraint("claw_back_id", "position"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    claw_back_id: Mapped[int] = mapped_column(ForeignKey("claw_backs.id"), index=True)
    position: Mapped[int]  # from 1
    number: Mapped[str] = mapped_column(String(32), unique=True)
    amount_fen: Mapped[int]
    came_on: Mapped[date]
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    at: Mapped[datetime]


class Stain(Table):
    """诚信记录: an entry about a person or a unit; struck out, it stays but counts no more."""

    __tablename__ = "stains"
    id: Mapped[int] = mapped_column(primary_key=True)
    claw_back_id: Mapped[int] = mapped_column(ForeignKey("claw_backs.id"), unique=True)
    whose: Mapped[str] = mapped_column(String(80), index=True)  # keyed hash, or unit:7
    scheme_id: Mapped[str] = mapped_column(String(80))
    say: Mapped[str] = mapped_column(String(300))
    cite: Mapped[str] = mapped_column(String(120))
    blocks: Mapped[list[Any]]  # the schemes it shuts out of; empty: it only warns
    until: Mapped[date | None]  # the last day it blocks; None for ever
    entered_at: Mapped[datetime]
    struck_at: Mapped[datetime | None]
    struck_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    struck_why: Mapped[str] = mapped_column(String(1000), default="")
