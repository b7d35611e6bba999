"""What officers found on the spot, and the papers they put to a step."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


class Inspection(Table):
    """A visit or inquiry in one step of one union; the newest counts, the others stay."""

    __tablename__ = "inspections"
    __table_args__ = (Index("ix_inspections_step", "application_id", "stage", "union_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    stage: Mapped[int]
    union_id: Mapped[int] = mapped_column(ForeignKey("unions.id"))
    went_on: Mapped[date]
    findings_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))  # who wrote it down
    at: Mapped[datetime]


class Inspector(Table):
    """One who went, and when this was confirmed; whoever writes it down has confirmed it."""

    __tablename__ = "inspectors"
    __table_args__ = (UniqueConstraint("inspection_id", "officer_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    confirmed_at: Mapped[datetime | None]


class Attachment(Table):
    """A paper an officer has put to a step: photographs, minutes, a report, a judgment."""

    __tablename__ = "attachments"
    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    stage: Mapped[int]
    union_id: Mapped[int] = mapped_column(ForeignKey("unions.id"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    digest: Mapped[str] = mapped_column(String(64), index=True)  # name in the file store
    media_type: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]
    pages: Mapped[int] = mapped_column(default=1)
    at: Mapped[datetime]
