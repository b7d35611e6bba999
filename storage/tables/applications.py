"""Rounds, drafts and their papers, applications and the stages they have passed."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.window import end, over
from storage.tables.base import SHANGHAI, Table


class Round(Table):
    """One call of one year: places, window, and the counter under whose lock places are taken."""

    __tablename__ = "rounds"
    __table_args__ = (
        Index(
            "uq_rounds_standing",
            "scheme_id",
            "opens",
            unique=True,
            sqlite_where=text("standing"),
            postgresql_where=text("standing"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    scheme_id: Mapped[str] = mapped_column(String(80), index=True)
    scheme_version: Mapped[str] = mapped_column(String(10))  # day in force, ISO
    year: Mapped[int]
    opens: Mapped[date]
    closes: Mapped[date]
    closes_at: Mapped[time | None]  # the hour of the last day, where the call names one
    places: Mapped[int | None]  # None: as many as come
    counted: Mapped[bool] = mapped_column(
        default=True
    )  # sending takes a place; else a jury gives it
    reserves: Mapped[bool] = mapped_column(default=False)  # who comes after the last place waits
    standing: Mapped[bool] = mapped_column(default=False)  # opened by itself, at its first use
    at_once: Mapped[bool] = mapped_column(default=False)  # reviews do not wait for the others
    taken: Mapped[int] = mapped_column(default=0)  # live applications
    last_rank: Mapped[int] = mapped_column(default=0)  # ranks are never given twice
    stage_days: Mapped[int | None]  # what the province asks of each level; the document sets none
    state: Mapped[str] = mapped_column(String(12), default="open")  # open, reviewing, done
    started_at: Mapped[datetime | None]

    @property
    def ends(self) -> date:
        """The last day, or its minute in Shanghai."""
        return end(self.closes, self.closes_at, SHANGHAI)

    def over(self, now: datetime) -> bool:
        """Whether nobody can apply any more; `now` in Shanghai."""
        return over(self.closes, self.closes_at, now)

    @property
    def left(self) -> int | None:
        """Places still free; None where they are not counted."""
        if self.places is None or not self.counted:
            return None
        return max(0, self.places - self.taken)

    @property
    def full(self) -> bool:
        return self.left == 0


class Draft(Table):
    """A worker's folder for one scheme: answers and papers, before and after sending."""

    __tablename__ = "drafts"
    id: Mapped[int] = mapped_column(primary_key=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"), index=True)
    scheme_id: Mapped[str] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(12), default="open")  # open, sent, dropped
    undertaken_at: Mapped[datetime | None]
    began_at: Mapped[datetime]
    capacity: Mapped[str] = mapped_column(String(12), default="")  # core.capacities.Capacity
    relation: Mapped[str] = mapped_column(String(12), default="")
    other_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # the relative, or the team
    accused_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # empty text: nobody
    ground: Mapped[str] = mapped_column(String(60), default="")  # by which place it was brought
    accepting_union_id: Mapped[int | None] = mapped_column(ForeignKey("unions.id"))


class Paper(Table):
    """One page or file in a slot of the checklist; the content lies in the file store."""

    __tablename__ = "papers"
    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"), index=True)
    slot: Mapped[int]  # position in the scheme's list of documents
    position: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))  # name in the file store
    media_type: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]
    pages: Mapped[int] = mapped_column(default=1)
    album: Mapped[str] = mapped_column(String(40), default="")
    at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class Application(Table):
    """An application that has its place. `version` grows with every move."""

    __tablename__ = "applications"
    __table_args__ = (
        Index(
            "uq_applications_live",
            "round_id",
            "once_index",
            unique=True,
            sqlite_where=text("live"),
            postgresql_where=text("live"),
        ),
        Index("ix_applications_queue", "union_id", "state", "due", "rank", "id"),
        Index(
            "ix_applications_piles",
            "union_id",
            "state",
            "scheme_id",
            "scheme_version",
            "stage",
            "due",
            "rank",
            "id",
        ),
        Index("uq_applications_reserve", "round_id", "reserve_of", "reserve", unique=True),
        Index("ix_applications_unit", "base_union_id", "scheme_id"),
        UniqueConstraint("round_id", "rank"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(24), unique=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    scheme_id: Mapped[str] = mapped_column(String(80))
    scheme_version: Mapped[str] = mapped_column(String(10))
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"), index=True)
    identity_index: Mapped[str] = mapped_column(String(64), index=True)
    once_index: Mapped[str] = mapped_column(String(80), index=True)  # live but once in a round
    certificate_index: Mapped[str | None] = mapped_column(String(64), index=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"))
    base_union_id: Mapped[int] = mapped_column(ForeignKey("unions.id"))  # 属地
    accepting_union_id: Mapped[int | None] = mapped_column(ForeignKey("unions.id"))  # 受理
    rank: Mapped[int]
    reserve: Mapped[int | None]  # 备选第几名: its rank among those who wait for a place
    reserve_of: Mapped[int] = mapped_column(default=0)  # the union whose list it is; 0: the round's
    moved_up_at: Mapped[datetime | None]
    live: Mapped[bool] = mapped_column(default=True)  # holds a place, or was paid
    state: Mapped[str] = mapped_column(String(16))
    stage: Mapped[int] = mapped_column(default=0)
    stage_began: Mapped[date | None]
    union_id: Mapped[int | None] = mapped_column(ForeignKey("unions.id"))  # who acts now
    due: Mapped[date | None]  # of this stage, for the queue
    due_at: Mapped[datetime | None]  # the first instant that is too late, where the file says one
    lies_since: Mapped[date | None]  # with the union that acts, where nobody names a time
    corrections: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    year: Mapped[int]
    level: Mapped[str] = mapped_column(String(40), default="")  # the answer the amount goes by
    trade: Mapped[str] = mapped_column(String(80), default="")
    amount_fen: Mapped[int | None]  # None: no money, or nobody has set it yet
    facts: Mapped[dict[str, Any]]  # fact -> {value, origin, on}
    trace: Mapped[list[Any]]  # reasons with articles at submission
    submitted_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    paid_at: Mapped[datetime | None]


class Passage(Table):
    """One decision at one stage, by one officer."""

    __tablename__ = "passages"
    __table_args__ = (UniqueConstraint("application_id", "version"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    version: Mapped[int]  # of the application it decided on
    stage: Mapped[int]
    move: Mapped[str] = mapped_column(String(20))
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))  # None: the calendar
    instead_of_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))  # X 代 Y: Y
    union_id: Mapped[int | None] = mapped_column(ForeignKey("unions.id"))
    reason: Mapped[dict[str, Any]] = mapped_column(default=dict)
    trace: Mapped[dict[str, Any]] = mapped_column(default=dict)  # text, facts, articles
    at: Mapped[datetime]


class Correction(Table):
    """Everything to be corrected, told once, with a date."""

    __tablename__ = "corrections"
    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    items: Mapped[list[Any]]  # {"slot": 0} or {"fact": "…"}, each with a "note"
    due: Mapped[date]
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


class Account(Table):
    """The bank account for one application; several rows if it had to be mended."""

    __tablename__ = "accounts"
    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    holder_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    number_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    number_index: Mapped[str] = mapped_column(String(64), index=True)
    last_four: Mapped[str] = mapped_column(String(4))
    bank: Mapped[str] = mapped_column(String(80))
    confirmed_at: Mapped[datetime]
    union_id: Mapped[int | None] = mapped_column(ForeignKey("unions.id"))  # whose unit's it is
    for_other: Mapped[bool] = mapped_column(default=False)  # of the relative it was applied for


class PaymentList(Table):
    """One list for the bank."""

    __tablename__ = "payment_lists"
    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), index=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    made_at: Mapped[datetime]
    union_id: Mapped[int] = mapped_column(ForeignKey("unions.id"))  # who pays


class Payment(Table):
    """One line of a payment list; a failed one is followed by another on a later list."""

    __tablename__ = "payments"
    __table_args__ = (
        Index(
            "uq_payments_live",
            "application_id",
            "stage",
            unique=True,
            sqlite_where=text("state <> 'failed'"),
            postgresql_where=text("state <> 'failed'"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("payment_lists.id"), index=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    stage: Mapped[int]  # the step it pays; a sum paid in shares has several
    amount_fen: Mapped[int]
    state: Mapped[str] = mapped_column(String(8), default="listed")  # listed, paid, failed
    why: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[datetime]


class Standard(Table):
    """A yearly line the documents leave to the unions; set anew, the newest counts."""

    __tablename__ = "standards"
    __table_args__ = (Index("ix_standards_year", "year", "fact"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    fact: Mapped[str] = mapped_column(String(80))
    year: Mapped[int]
    value: Mapped[str] = mapped_column(String(40))
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    at: Mapped[datetime]
