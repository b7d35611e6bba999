"""Public notices and the objections to them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


class Notice(Table):
    """One public notice of one union at one stage. `entries` are what was shown, masked."""

    __tablename__ = "notices"
    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), index=True)
    scheme_id: Mapped[str] = mapped_column(String(80))
    stage: Mapped[int]
    union_id: Mapped[int] = mapped_column(ForeignKey("unions.id"), index=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    posted_at: Mapped[datetime]
    last_day: Mapped[date]  # the last day on which it hangs
    remark: Mapped[str] = mapped_column(String(200), default="")  # e.g. calendar not announced
    entries: Mapped[list[Any]]
    digest: Mapped[str] = mapped_column(String(64))  # of entries and dates: what was displayed
    state: Mapped[str] = mapped_column(String(10), default="running")  # running, closed
    first_shown: Mapped[datetime | None]
    last_shown: Mapped[datetime | None]
    shown: Mapped[int] = mapped_column(default=0)


class NoticeEntry(Table):
    """Which applications a notice is about."""

    __tablename__ = "notice_entries"
    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"), primary_key=True)
    application_id: Mapped[int] = mapped_column(
        ForeignKey("applications.id"), primary_key=True, index=True
    )


class Objection(Table):
    """An objection to one application in a notice, under a real name where the scheme wants one."""

    __tablename__ = "objections"
    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    identity_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    identity_index: Mapped[str] = mapped_column(String(64), index=True)  # empty: nobody asked
    contact_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    text_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    conversation_id: Mapped[int | None]  # where the objector is told of the outcome
    union_id: Mapped[int] = mapped_column(ForeignKey("unions.id"))  # who investigates
    state: Mapped[str] = mapped_column(String(10), default="open")  # open, upheld, dismissed
    channel: Mapped[str] = mapped_column(String(10), default="here")  # how it reached the union
    said_on: Mapped[date | None]  # when it was said to an officer
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))  # who wrote it down
    finding: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")  # what both sides are told
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    made_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]


class ObjectionPaper(Table):
    """What somebody who objects has brought to prove it: sealed, for those who investigate."""

    __tablename__ = "objection_papers"
    id: Mapped[int] = mapped_column(primary_key=True)
    objection_id: Mapped[int] = mapped_column(ForeignKey("objections.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64), index=True)  # name in the file store
    media_type: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]
    pages: Mapped[int] = mapped_column(default=1)


Index("ix_objections_open", Objection.application_id, Objection.state)
