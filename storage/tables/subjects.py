"""Whom an award is about, where that is not who applies."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


class Subject(Table):
    """One person for each folder, found by the identity, or by name and unit until it is known.

    `identity_sealed` holds an empty text where the family does not know it; None: not asked yet.
    """

    __tablename__ = "subjects"
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"), primary_key=True)
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    identity_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    identity_index: Mapped[str | None] = mapped_column(String(64), index=True)
    unit_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    name_index: Mapped[str | None] = mapped_column(String(64), index=True)  # of name and unit
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))  # who completed it
    at: Mapped[datetime]
