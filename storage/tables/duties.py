"""Duties after the award, one row for each day by which one is due, and what was reported."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


class Duty(Table):
    """`state` is a core.duties.DutyState; `version` grows with every step."""

    __tablename__ = "duties"
    __table_args__ = (
        UniqueConstraint("application_id", "position", "due"),
        Index("ix_duties_union", "union_id", "state", "answer_by"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    position: Mapped[int]  # in the scheme's list of duties
    union_id: Mapped[int] = mapped_column(ForeignKey("unions.id"))  # which keeps the file
    due: Mapped[date]
    answer_by: Mapped[date]  # later than due where the office has asked again
    state: Mapped[str] = mapped_column(String(10), default="open")
    version: Mapped[int] = mapped_column(default=1)
    note: Mapped[str] = mapped_column(String(1000), default="")  # what the office has said last
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    at: Mapped[datetime]


class DutyReport(Table):
    """What the holder has said; never changed. The photographs lie in the application's folder."""

    __tablename__ = "duty_reports"
    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"), index=True)
    text_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime]
