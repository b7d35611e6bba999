"""Who stands in for whom, in which office, from a day to a day."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


class StandIn(Table):
    """`deputy` acts for `officer` in the union and role that officer had when this was written."""

    __tablename__ = "stand_ins"
    __table_args__ = (
        Index("ix_stand_ins_officer", "officer_id", "last_day"),
        Index("ix_stand_ins_deputy", "deputy_id", "last_day"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    union_id: Mapped[int] = mapped_column(ForeignKey("unions.id"))
    role: Mapped[str] = mapped_column(String(20))
    deputy_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    deputy_union_id: Mapped[int] = mapped_column(ForeignKey("unions.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    named_by: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    named_at: Mapped[datetime]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    ended_at: Mapped[datetime | None]
