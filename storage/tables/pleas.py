"""申辩: the holder of a title that may be taken away is told of the charge, and answers."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


class Plea(Table):
    """One for each matter. `worker_id` is the holder, where he is known and has been told in a
    chat; `channel` is how his answer came: here, or as an officer wrote it down."""

    __tablename__ = "pleas"
    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), unique=True)
    stage: Mapped[int]
    title_id: Mapped[int | None] = mapped_column(ForeignKey("titles.id"))
    worker_id: Mapped[int | None] = mapped_column(ForeignKey("workers.id"), index=True)
    charge_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))  # who put it to him
    opened_at: Mapped[datetime]
    answer_by: Mapped[date]
    answer_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    answered_at: Mapped[datetime | None]
    channel: Mapped[str] = mapped_column(String(10), default="")
    said_on: Mapped[date | None]  # when it was said to an officer
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))


class PleaPaper(Table):
    """What was brought with the answer: sealed, for those who decide."""

    __tablename__ = "plea_papers"
    id: Mapped[int] = mapped_column(primary_key=True)
    plea_id: Mapped[int] = mapped_column(ForeignKey("pleas.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64), index=True)  # name in the file store
    media_type: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]
    pages: Mapped[int] = mapped_column(default=1)
