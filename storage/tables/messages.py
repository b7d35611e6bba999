"""What comes in, what goes out, what falls due, and what was done."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


class Inbox(Table):
    """An update as it came, stored before it is answered, handled once."""

    __tablename__ = "inbox"
    __table_args__ = (UniqueConstraint("channel", "update_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(12))
    update_id: Mapped[str] = mapped_column(String(64))
    lane: Mapped[str] = mapped_column(String(80))  # one person's updates, in order
    raw_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # dropped once handled
    tried: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(8), default="new")  # new, done, parked
    at: Mapped[datetime]


class Outbox(Table):
    """One message to one chat: waiting, sending (leased), sent, or closed as unreachable."""

    __tablename__ = "outbox"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)  # said once
    channel: Mapped[str] = mapped_column(String(12))
    address: Mapped[str] = mapped_column(String(80))
    priority: Mapped[int] = mapped_column(default=1)  # 0 replies, 1 notifications, 2 bulk
    body: Mapped[dict[str, Any]]  # handlers.chat.Reply as JSON
    edits: Mapped[str] = mapped_column(String(40), default="")  # id of the message to change
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    not_before: Mapped[datetime]
    tried: Mapped[int] = mapped_column(default=0)
    sent_id: Mapped[str] = mapped_column(String(40), default="")  # the channel's message id
    at: Mapped[datetime]


class Line(Table):
    """One bubble of a web chat, kept so that the chat can be shown again."""

    __tablename__ = "lines"
    # A page asks for what came after the id it has: no id may be given twice.
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012
    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), index=True)
    mine: Mapped[bool]  # said by the person
    body: Mapped[dict[str, Any]]
    at: Mapped[datetime]


class Card(Table):
    """A message with buttons about something else than the conversation's own question.

    Officers' cards about an application, a notice to read and object to. Its buttons carry its
    id; every copy sent is remembered, so that all can be closed together.
    """

    __tablename__ = "cards"
    __table_args__ = (UniqueConstraint("kind", "ref", "version"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))  # application, notice, posting, objection
    ref: Mapped[int]
    version: Mapped[int] = mapped_column(default=0)
    closed: Mapped[bool] = mapped_column(default=False)


class CardCopy(Table):
    """One copy of a card in one chat; for Telegram the outbox row knows the message id."""

    __tablename__ = "card_copies"
    id: Mapped[int] = mapped_column(primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id"), index=True)
    outbox_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id"))
    line_id: Mapped[int | None] = mapped_column(ForeignKey("lines.id"))
    language: Mapped[str] = mapped_column(String(8), default="zh_CN")


class Broadcast(Table):
    """One message to many; the payload stands once, `deliveries` say to whom."""

    __tablename__ = "broadcasts"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    bodies: Mapped[dict[str, Any]]  # language -> body
    audience: Mapped[dict[str, Any]]  # unions or conversations -> their ids
    state: Mapped[str] = mapped_column(String(8), default="filling")  # then running, done
    filled: Mapped[int] = mapped_column(default=0)  # addresses up to here have their delivery
    total: Mapped[int] = mapped_column(default=0)
    officer_id: Mapped[int | None]
    at: Mapped[datetime]


class Delivery(Table):
    """One recipient of a broadcast."""

    __tablename__ = "deliveries"
    broadcast_id: Mapped[int] = mapped_column(ForeignKey("broadcasts.id"), primary_key=True)
    address_id: Mapped[int] = mapped_column(ForeignKey("addresses.id"), primary_key=True)
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    not_before: Mapped[datetime]
    tried: Mapped[int] = mapped_column(default=0)


class Unanswered(Table):
    """A question nobody could answer, without numbers and names; once, with how often it came."""

    __tablename__ = "unanswered"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)  # of the wording
    said: Mapped[str] = mapped_column(String(300))
    times: Mapped[int] = mapped_column(default=1)
    settled: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]  # last asked


class Timer(Table):
    """Something the calendar does by itself."""

    __tablename__ = "timers"
    __table_args__ = (UniqueConstraint("kind", "ref"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(24))
    ref: Mapped[int]
    due: Mapped[datetime]
    fired: Mapped[datetime | None]


class Act(Table):
    """Who, what, when, on whom: appended, never changed. No personal data in `detail`."""

    __tablename__ = "acts"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    who: Mapped[str] = mapped_column(String(40))  # worker:7, officer:3, calendar
    what: Mapped[str] = mapped_column(String(40))
    on: Mapped[str] = mapped_column("on_whom", String(40))  # application:12
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Seal(Table):
    """The chain over the acts: each digest covers its act and the digest before it."""

    __tablename__ = "seals"
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    act_id: Mapped[int] = mapped_column(unique=True)
    digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


Index("ix_inbox_todo", Inbox.state, Inbox.id)
Index("ix_outbox_todo", Outbox.state, Outbox.priority, Outbox.not_before)
Index("ix_deliveries_todo", Delivery.broadcast_id, Delivery.state, Delivery.not_before)
Index("ix_timers_due", Timer.fired, Timer.due)
Index("ix_acts_on", Act.on)
Index("ix_unanswered_todo", Unanswered.settled, Unanswered.id)
