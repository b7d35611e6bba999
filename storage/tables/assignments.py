"""Who carries a matter: an officer of ours, or a lawyer from outside."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


class Assignment(Table):
    """The newest counts, the others stay. `assignee_id` is the officer, None for one from outside;
    `why` says why another one was named before."""

    __tablename__ = "assignments"
    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    stage: Mapped[int]
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    contact_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    why: Mapped[str] = mapped_column(Text, default="")
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))  # who has named them
    at: Mapped[datetime]
