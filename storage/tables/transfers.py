"""What one union wants to give to another, and who names the one responsible."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


class Transfer(Table):
    """`version` is that of the application when it was proposed: moved since, it has lapsed.

    `namer_union_id` is the common upper union that decides, None where it went over at once.
    """

    __tablename__ = "transfers"
    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    version: Mapped[int]
    from_union_id: Mapped[int] = mapped_column(ForeignKey("unions.id"))
    to_union_id: Mapped[int] = mapped_column(ForeignKey("unions.id"))
    namer_union_id: Mapped[int | None] = mapped_column(ForeignKey("unions.id"), index=True)
    named_union_id: Mapped[int | None] = mapped_column(ForeignKey("unions.id"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    reason_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(10))  # open, done, lapsed
    at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
