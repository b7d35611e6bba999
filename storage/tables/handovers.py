"""Questions handed to the union's people, with what was said before."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


class Handover(Table):
    """`transcript_sealed` is a JSON list of what was said, oldest first; `union_id` answers."""

    __tablename__ = "handovers"
    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    worker_id: Mapped[int | None] = mapped_column(ForeignKey("workers.id"))
    union_id: Mapped[int] = mapped_column(ForeignKey("unions.id"))
    about: Mapped[str] = mapped_column(String(80), default="")  # id of the scheme at hand
    question_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    transcript_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    answer_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(10), default="open")  # open, answered
    raised: Mapped[int] = mapped_column(default=0)  # how often it went one level up
    due: Mapped[datetime]
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


Index("ix_handovers_open", Handover.union_id, Handover.state)
