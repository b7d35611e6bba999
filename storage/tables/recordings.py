"""Applications that officers have written down for somebody."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


class Recording(Table):
    """`state` is a core.oral.Record; `place` is the question at hand, as in a conversation.

    `draft_id` is a folder of its own, which the person's own chat does not see. `proof` says how
    it was confirmed, a core.oral.Proof.
    """

    __tablename__ = "recordings"
    id: Mapped[int] = mapped_column(primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"), index=True)
    instead_of_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))  # X 代 Y: Y
    union_id: Mapped[int] = mapped_column(ForeignKey("unions.id"), index=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"), index=True)
    scheme_id: Mapped[str] = mapped_column(String(80))
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"))
    application_id: Mapped[int | None] = mapped_column(ForeignKey("applications.id"), index=True)
    state: Mapped[str] = mapped_column(String(10), default="open")
    version: Mapped[int] = mapped_column(default=1)
    proof: Mapped[str] = mapped_column(String(10), default="")
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    place: Mapped[dict[str, Any]] = mapped_column(default=dict)
    due: Mapped[datetime | None]
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
