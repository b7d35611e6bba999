"""What a union has for a scheme in a year, and who has been promised how much of it."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


class Budget(Table):
    """`used_fen` is promised or paid, `paid_fen` the part of it that has gone out.

    Only one statement adds to `used_fen`, and only while it stays within `fen`.
    """

    __tablename__ = "budgets"
    __table_args__ = (UniqueConstraint("union_id", "scheme_id", "year"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    union_id: Mapped[int] = mapped_column(ForeignKey("unions.id"))  # whose money it is
    scheme_id: Mapped[str] = mapped_column(String(80))
    year: Mapped[int]
    fen: Mapped[int] = mapped_column(BigInteger)
    used_fen: Mapped[int] = mapped_column(BigInteger, default=0)
    paid_fen: Mapped[int] = mapped_column(BigInteger, default=0)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))  # who set it last
    at: Mapped[datetime]


class Commitment(Table):
    """What one application holds of a budget."""

    __tablename__ = "commitments"
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    budget_id: Mapped[int] = mapped_column(ForeignKey("budgets.id"), index=True)
    fen: Mapped[int] = mapped_column(BigInteger)
    paid_fen: Mapped[int] = mapped_column(BigInteger, default=0)
