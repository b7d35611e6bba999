"""Unions, workers, officers, and the chats through which they are reached.

Columns named `…_sealed` hold ciphertext (`storage.vault`), columns named `…_index` a keyed hash
of the same value, by which it can be found.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


class Union(Table):
    """A body of the union tree: a union, one of its offices, or a base unit."""

    __tablename__ = "unions"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(160), default="")
    kind: Mapped[str] = mapped_column(String(20))  # core.jurisdiction.Level
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unions.id"), index=True)
    contact: Mapped[str] = mapped_column(String(120), default="")


class Worker(Table):
    """A person of the member roster; `facts` are what the roster and the worker told us.

    A guest is on no roster and has said who he is, to send what is open to anybody; he is not
    active until a union has taken him in.
    """

    __tablename__ = "workers"
    id: Mapped[int] = mapped_column(primary_key=True)
    union_id: Mapped[int] = mapped_column(ForeignKey("unions.id"), index=True)
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    identity_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    identity_index: Mapped[str | None] = mapped_column(String(64), unique=True)
    phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_index: Mapped[str | None] = mapped_column(String(64), index=True)
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    active: Mapped[bool] = mapped_column(default=True)
    guest: Mapped[bool] = mapped_column(default=False)


class Known(Table):
    """A member's bare facts, for choosing an audience (`storage.known`): the roster's, the chat's.

    The roster outweighs what was said, as everywhere.
    """

    __tablename__ = "known"
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"), primary_key=True)
    union_id: Mapped[int] = mapped_column(ForeignKey("unions.id"), index=True)
    roster: Mapped[dict[str, Any]] = mapped_column(default=dict)
    said: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Officer(Table):
    """A person who decides for a union; `role` is one of `core.people.Role`."""

    __tablename__ = "officers"
    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    password_hash: Mapped[str] = mapped_column(String(200))
    union_id: Mapped[int] = mapped_column(ForeignKey("unions.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    identity_index: Mapped[str | None] = mapped_column(String(64), index=True)
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    active: Mapped[bool] = mapped_column(default=True)

    @property
    def instead_of(self) -> "Officer | None":
        """For whom this officer acts (`handlers.hats`); None in an office of his own."""
        other: Officer | None = vars(self).get("_instead_of")  # beside the columns
        return other

    def hat(self, other: "Officer") -> "Officer":
        """This person in the other's office: kept nowhere, and asked for anew in each unit."""
        worn = Officer(
            id=self.id,
            login=self.login,
            name=self.name,
            password_hash=self.password_hash,
            union_id=other.union_id,
            role=other.role,
            identity_index=self.identity_index,
            active=True,
        )
        vars(worn)["_instead_of"] = other
        return worn


class Relative(Table):
    """A relative an officer has declared; the officer may not decide that person's file."""

    __tablename__ = "relatives"
    __table_args__ = (UniqueConstraint("officer_id", "identity_index"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    identity_index: Mapped[str] = mapped_column(String(64))
    relation: Mapped[str] = mapped_column(String(20))


class Conversation(Table):
    """What one person and the bot are talking about, whatever the door."""

    __tablename__ = "conversations"
    id: Mapped[int] = mapped_column(primary_key=True)
    worker_id: Mapped[int | None] = mapped_column(ForeignKey("workers.id"), unique=True)
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"), index=True)
    language: Mapped[str] = mapped_column(String(8), default="zh_CN")
    topic: Mapped[str] = mapped_column(String(30), default="menu")
    state: Mapped[dict[str, Any]] = mapped_column(default=dict)
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reply: Mapped[dict[str, Any]] = mapped_column(default=dict)  # the present question
    step: Mapped[int] = mapped_column(default=0)
    seen: Mapped[dict[str, Any]] = mapped_column(default=dict)  # address -> last inbox row done
    at: Mapped[datetime]


class Address(Table):
    """One chat at one door. Several may lead to the same conversation."""

    __tablename__ = "addresses"
    __table_args__ = (UniqueConstraint("channel", "address"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(12))
    address: Mapped[str] = mapped_column(String(80))
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), index=True)
    reachable: Mapped[bool] = mapped_column(default=True)
    at: Mapped[datetime]


class Consent(Table):
    """Consent to one purpose under one wording: general, identity or bank."""

    __tablename__ = "consents"
    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), index=True)
    worker_id: Mapped[int | None] = mapped_column(ForeignKey("workers.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    wording: Mapped[str] = mapped_column(String(64))  # hash of the text that was shown
    channel: Mapped[str] = mapped_column(String(12))
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class Tries(Table):
    """Wrong tries at one thing (an address, an identity, a login), and until when it is locked."""

    __tablename__ = "tries"
    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    wrong: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]


class Code(Table):
    """A short-lived secret: a device code, an officer's chat code, a one-time bank link."""

    __tablename__ = "codes"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))  # device, officer, bank
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    ref: Mapped[int]  # worker, officer or application
    conversation_id: Mapped[int | None]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SignIn(Table):
    """A console session; the cookie holds the secret, this row its hash."""

    __tablename__ = "sign_ins"
    id: Mapped[int] = mapped_column(primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    csrf: Mapped[str] = mapped_column(String(64))
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    stand_in_id: Mapped[int | None] = mapped_column(ForeignKey("stand_ins.id"))


Index("ix_codes_ref", Code.kind, Code.ref)
