"""Meetings: their minutes, who was there, and what each of them decided on."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


class Meeting(Table):
    """A chairs' meeting and the batch it decided; `withdrew` says who left the room for what."""

    __tablename__ = "meetings"
    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), index=True)
    minutes: Mapped[str] = mapped_column(String(80))
    held_on: Mapped[date]
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    at: Mapped[datetime]
    present: Mapped[list[Any]] = mapped_column(default=list)  # ids of officers
    others: Mapped[str] = mapped_column(String(300), default="")  # names of others who were there
    withdrew: Mapped[list[Any]] = mapped_column(default=list)  # {application, officer, relation}


class AgendaPoint(Table):
    """What a meeting decided on one application of its list, or that it could not."""

    __tablename__ = "agenda_points"
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    ruling: Mapped[str] = mapped_column(String(10))  # core.meeting.Ruling, or barred
    ground: Mapped[str] = mapped_column(String(500), default="")
