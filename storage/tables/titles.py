"""The register of titles (称号名册), and the lists drawn from it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


class Title(Table):
    """One title of one holder: a person of the roster, a team or a unit. Rows are kept for good.

    `holder_index` is the identity's keyed hash, or that of the name where nobody has an identity.
    """

    __tablename__ = "titles"
    __table_args__ = (
        Index(
            "uq_titles_standing",
            "holder_index",
            "title",
            unique=True,
            sqlite_where=text("state <> 'revoked'"),
            postgresql_where=text("state <> 'revoked'"),
        ),
        Index("ix_titles_union", "union_id", "title"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(80), index=True)
    worker_id: Mapped[int | None] = mapped_column(ForeignKey("workers.id"), index=True)
    holder_index: Mapped[str] = mapped_column(String(64), index=True)
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    union_id: Mapped[int] = mapped_column(ForeignKey("unions.id"))  # responsible for the holder
    since: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(10), default="held")  # core.titles.TitleState
    proof: Mapped[str] = mapped_column(String(200), default="")  # the document that conferred it
    application_id: Mapped[int | None] = mapped_column(ForeignKey("applications.id"))  # our award
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))  # who entered it
    at: Mapped[datetime]
    ended_on: Mapped[date | None]
    ended_why: Mapped[str] = mapped_column(String(200), default="")
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("applications.id"))  # the revocation


class DrawnList(Table):
    """What is known of a round whose applications were drawn from the register.

    `set_aside` are the entries that are not on it: {"entry", "kind", "say", "cite"}.
    """

    __tablename__ = "drawn_lists"
    __table_args__ = (UniqueConstraint("scheme_id", "year", "occasion"),)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    scheme_id: Mapped[str] = mapped_column(String(80))
    year: Mapped[int]
    occasion: Mapped[str] = mapped_column(String(40), default="")  # 国庆, where it is not yearly
    union_id: Mapped[int] = mapped_column(ForeignKey("unions.id"))  # whose office opened it
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    expected_on: Mapped[date | None]  # when it is to be paid, as far as the office says
    set_aside: Mapped[list[Any]]
    at: Mapped[datetime]
