"""Telegram in: an update becomes what we have heard, in the terms of the desk.

Pure reading: what has to be fetched or looked up is named, not done. Whatever a person does in
the private chat gets an answer; edits, service messages and channels do not concern us.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson
from pydantic import ValidationError

from bot.lanes import Hopeless
from bot.telegram.render import tapped
from bot.telegram.types import CallbackQuery, ChatMemberUpdated, Contact, Message, Update, User
from handlers.chat import Turn, written
from locales import language_of

CHANNEL = "telegram"
KINDS = ("message", "callback_query", "my_chat_member")  # what we ask Telegram for
LONGEST_TEXT = 4096
ID_LIMIT = 2**63
# Content a person sends on purpose, and of which we can take nothing.
STRANGE = frozenset({
    "audio", "animation", "sticker", "story", "video", "video_note", "voice", "live_photo",
    "paid_media", "rich_message", "checklist", "dice", "game", "poll", "venue", "location",
    "unknown",
})  # fmt: skip


class Unparsable(Hopeless):
    """Not an update as Telegram describes it."""


@dataclass(frozen=True)
class Paper:
    """A file at Telegram, still to be fetched. `size` in bytes, 0 where nobody said."""

    id: str
    size: int
    message: int


@dataclass(frozen=True)
class Heard:
    """What an update means. Nothing at all, if everything is empty."""

    turn: Turn | None = None
    papers: tuple[Paper, ...] = ()
    album: str = ""
    left: str = ""  # this address has blocked the bot
    group: int = 0  # somebody talked to us in this group
    language: str = ""


def read(raw: bytes) -> dict[str, Any]:
    """The update as it came. Raises Unparsable."""
    try:
        update = orjson.loads(raw)
    except ValueError:
        update = _patiently(raw)
    if not isinstance(update, dict) or not is_id(update.get("update_id")):
        raise Unparsable
    return update


def is_id(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < ID_LIMIT


def lane_of(update: Mapping[str, Any]) -> str:
    """Whose update this is: texts and taps of one person share a lane."""
    for kind in KINDS:
        for owner in ("from", "chat"):
            person = _at(update, kind, owner, "id")
            if isinstance(person, int) and abs(person) < ID_LIMIT and person not in (True, False):
                return f"{CHANNEL}:{person}"
    return f"{CHANNEL}:0"


def album_of(update: Mapping[str, Any]) -> str:
    """The album this update brings a part of; empty if none."""
    album = _at(update, "message", "media_group_id")
    return album[:64] if isinstance(album, str) else ""


def language_in(update: Mapping[str, Any]) -> str:
    """What the sender's Telegram speaks, as one of our languages."""
    codes = (_at(update, kind, "from", "language_code") for kind in KINDS)
    return language_of(next((code for code in codes if isinstance(code, str)), ""))


def query_of(update: Mapping[str, Any]) -> str:
    """The question behind a tap, which Telegram wants answered at once; empty if none."""
    query = _at(update, "callback_query", "id")
    return query if isinstance(query, str) and len(query) <= 64 else ""


def _at(update: Mapping[str, Any], *path: str) -> Any:
    found: Any = update
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def understand(raw: bytes, inbox: int) -> Heard:
    """What this update means; `inbox` is its row. Raises Unparsable."""
    try:
        update = Update.model_validate(_without_bubble(read(raw)))
    except (ValidationError, OverflowError, RecursionError):
        raise Unparsable from None
    match update:
        case Update(message=Message() as message):
            return _message(message, update.update_id, inbox)
        case Update(callback_query=CallbackQuery() as query):
            tap = tapped(query.data)
            return Heard(_turn(query.from_user, update.update_id, inbox, tap=tap))
        case Update(my_chat_member=ChatMemberUpdated() as change):
            return _membership(change)
    return Heard()


def together(parts: Sequence[Heard]) -> Heard:
    """The parts of an album as one: the papers in the order they were sent in."""
    papers = sorted((paper for part in parts for paper in part.papers), key=lambda it: it.message)
    last = parts[-1]
    turns = [part.turn for part in parts if part.turn]
    trouble = next((turn.trouble for turn in turns if turn.trouble), "")
    turn = replace(turns[-1], trouble=trouble) if turns else None
    return Heard(turn, tuple(papers), last.album, language=last.language)


def _without_bubble(update: dict[str, Any]) -> dict[str, Any]:
    """A tap without the message it was under: it is ours, and costs more to read than all else."""
    query = update.get("callback_query")
    if isinstance(query, dict):
        query.pop("message", None)
    return update


def _patiently(raw: bytes) -> Any:
    """With half characters (lone surrogates) replaced: no database takes them."""
    try:
        whole = json.dumps(json.loads(raw), ensure_ascii=False).encode(errors="replace")
        return json.loads(whole)
    except (ValueError, RecursionError):
        raise Unparsable from None


def _turn(person: User, update_id: int, inbox: int, **said: Any) -> Turn:
    language = language_of(person.language_code) if person.language_code else ""
    return Turn(CHANNEL, str(person.id), str(update_id), language=language, inbox=inbox, **said)


def _message(message: Message, update_id: int, inbox: int) -> Heard:
    person = message.from_user
    if person is None or person.is_bot:
        return Heard()
    language = language_of(person.language_code or "")
    if message.chat.type != "private":
        return Heard(group=message.chat.id if message.text else 0, language=language)
    said, papers = _said(message, person)
    if not said and not papers:
        return Heard()
    turn = _turn(person, update_id, inbox, **said)
    return Heard(turn, papers, message.media_group_id or "", language=language)


def _said(message: Message, person: User) -> tuple[dict[str, Any], tuple[Paper, ...]]:
    """The part of the turn that tells what was done, and the files that belong to it."""
    if message.text is not None:
        return _words(message.text.replace("\x00", "")[:LONGEST_TEXT]), ()
    if message.photo:
        largest = max(message.photo, key=lambda size: (size.width * size.height, size.width))
        return {}, (Paper(largest.file_id, largest.file_size or 0, message.message_id),)
    if message.document and not message.animation:
        paper = message.document
        return {}, (Paper(paper.file_id, paper.file_size or 0, message.message_id),)
    if message.contact:
        return _number(message.contact, person), ()
    return ({"trouble": "type"} if message.content_type in STRANGE else {}), ()


def _words(text: str) -> dict[str, Any]:
    typed = written(text)
    return {"command": typed[0], "argument": typed[1]} if typed else {"text": text}


def _number(contact: Contact, person: User) -> dict[str, Any]:
    """Only the person's own number is vouched for: anybody's contact can be sent."""
    if contact.user_id != person.id:
        return {"trouble": "contact"}
    return {"phone": "".join(sign for sign in contact.phone_number if sign in "+0123456789")}


def _membership(change: ChatMemberUpdated) -> Heard:
    status = change.new_chat_member.status
    language = language_of(change.from_user.language_code or "")
    if change.chat.type == "private":
        return Heard(left=str(change.chat.id) if status in ("kicked", "left") else "")
    return Heard(group=change.chat.id if status in ("member", "administrator") else 0,
                 language=language)  # fmt: skip
