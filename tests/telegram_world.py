"""What Telegram remembers: chats, messages, files, questions about taps, the bot's own settings.

No network here: `World.call` answers one method or raises the `Refusal` Telegram would give.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.telegram_api import Refusal, bad, read
from tests.telegram_flood import Flood
from tests.telegram_settings import Settings
from tests.telegram_text import check_markup, shown

BOT_ID = 7_000_000_001
DOWNLOAD_LIMIT = 20 << 20
QUERY_LIFE = 150.0  # seconds


@dataclass
class Bubble:
    """One message, as the chat shows it now."""

    id: int
    chat_id: int
    text: str
    date: int
    by_bot: bool
    markup: dict[str, Any] | None = None
    edited: bool = False

    @property
    def buttons(self) -> list[dict[str, Any]]:
        keyboard = (self.markup or {}).get("inline_keyboard", [])
        return [button for row in keyboard for button in row]


@dataclass
class Chat:
    id: int
    kind: str = "private"
    name: str = "Somebody"
    blocked: bool = False
    deactivated: bool = False
    bubbles: dict[int, Bubble] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)  # what the bot said, edits included
    keyboard: dict[str, Any] | None = None  # the reply keyboard below the text field

    def as_json(self) -> dict[str, Any]:
        if self.kind == "private":
            return {"id": self.id, "type": "private", "first_name": self.name}
        return {"id": self.id, "type": self.kind, "title": self.name}


@dataclass
class Stored:
    """A file on Telegram's side; `size` may be declared without the bytes being there."""

    content: bytes
    path: str
    size: int


class World(Settings):
    """Everything one bot's Telegram knows. Ids only ever rise."""

    def __init__(self, now: Callable[[], float], flood: Flood | None = None) -> None:
        super().__init__()
        self.now, self.flood = now, flood
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, Stored] = {}
        self.queries: dict[str, float] = {}  # asked at
        self.answered: set[str] = set()
        self.last_id = 0

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def call(self, method: str, given: dict[str, Any]) -> Any:
        values = read(method, given)
        name = "_" + re.sub(r"([A-Z])", r"_\1", method).lower()
        return getattr(self, name)(values)

    def reachable(self, chat_id: int | str) -> Chat:
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            raise bad("chat not found")
        if chat.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        if chat.deactivated:
            raise Refusal(403, "Forbidden: user is deactivated")
        return chat

    def add(self, chat: Chat, text: str, *, by_bot: bool) -> Bubble:
        bubble = Bubble(self.next_id(), chat.id, text, int(self.now()), by_bot)
        chat.bubbles[bubble.id] = bubble
        return bubble

    def as_json(self, bubble: Bubble) -> dict[str, Any]:
        """The message as the API returns it."""
        body = {
            "message_id": bubble.id,
            "date": bubble.date,
            "chat": self.chats[bubble.chat_id].as_json(),
            "from": self._get_me({}),
            "text": bubble.text,
        }
        if bubble.buttons:
            body["reply_markup"] = bubble.markup
        return body

    def _get_me(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"id": BOT_ID, "is_bot": True, "first_name": "惠工", "username": "HuigongBot"}

    def _send_message(self, values: dict[str, Any]) -> dict[str, Any]:
        text = shown(values["text"], values.get("parse_mode"), 4096, "message is too long")
        if not text:
            raise bad("message text is empty")
        return self._post(values, text)

    def _send_document(self, values: dict[str, Any]) -> dict[str, Any]:
        return self._send_file(values, "document")

    def _send_photo(self, values: dict[str, Any]) -> dict[str, Any]:
        return self._send_file(values, "photo")

    def _send_file(self, values: dict[str, Any], kind: str) -> dict[str, Any]:
        content = values[kind]
        if isinstance(content, bytes) and not content:
            raise bad("file must be non-empty")
        limit = (10 << 20) if kind == "photo" else (50 << 20)
        if isinstance(content, bytes) and len(content) > limit:
            raise Refusal(413, "Request Entity Too Large")
        mode = values.get("parse_mode")
        caption = shown(values.get("caption", ""), mode, 1024, "message caption is too long")
        return self._post(values, caption)

    def _post(self, values: dict[str, Any], text: str) -> dict[str, Any]:
        check_markup(values.get("reply_markup"))
        chat = self.reachable(values["chat_id"])
        if self.flood:
            self.flood.check(chat.id)
        bubble = self.add(chat, text, by_bot=True)
        chat.heard.append(text)
        markup = values.get("reply_markup") or {}
        bubble.markup = markup if "inline_keyboard" in markup else None
        if "keyboard" in markup or "remove_keyboard" in markup:
            chat.keyboard = markup if "keyboard" in markup else None
        return self.as_json(bubble)

    def _edit_message_text(self, values: dict[str, Any]) -> dict[str, Any]:
        if "text" not in values:
            raise bad("message text is empty")
        text = shown(values["text"], values.get("parse_mode"), 4096, "message is too long")
        if not text:
            raise bad("message text is empty")
        return self._edit(values, text)

    def _edit_message_reply_markup(self, values: dict[str, Any]) -> dict[str, Any]:
        return self._edit(values, None)

    def _edit(self, values: dict[str, Any], text: str | None) -> dict[str, Any]:
        if "chat_id" not in values or "message_id" not in values:
            raise bad("message identifier is not specified")
        markup = values.get("reply_markup")
        check_markup(markup)
        chat = self.reachable(values["chat_id"])
        bubble = chat.bubbles.get(values["message_id"])
        if bubble is None:
            raise bad("message to edit not found")
        if not bubble.by_bot:
            raise bad("message can't be edited")
        self._change(chat, bubble, bubble.text if text is None else text, markup)
        return self.as_json(bubble)

    def _change(self, chat: Chat, bubble: Bubble, text: str, markup: dict[str, Any] | None) -> None:
        old, new = ((kept or {}).get("inline_keyboard", []) for kept in (bubble.markup, markup))
        if (text, new) == (bubble.text, old):
            raise bad(
                "message is not modified: specified new message content and reply markup are "
                "exactly the same as a current content and reply markup of the message"
            )
        if text != bubble.text:
            chat.heard.append(text)
        bubble.text, bubble.edited, bubble.markup = text, True, markup

    def _delete_message(self, values: dict[str, Any]) -> bool:
        chat = self.reachable(values["chat_id"])
        if chat.bubbles.pop(values["message_id"], None) is None:
            raise bad("message to delete not found")
        return True

    def _answer_callback_query(self, values: dict[str, Any]) -> bool:
        query = values["callback_query_id"]
        asked = self.queries.get(query)
        if asked is None or query in self.answered or self.now() - asked >= QUERY_LIFE:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        if len(values.get("text", "")) > 200:
            raise bad("MESSAGE_TOO_LONG")
        self.answered.add(query)
        return True

    def _get_file(self, values: dict[str, Any]) -> dict[str, Any]:
        stored = self.files.get(values["file_id"])
        if stored is None:
            raise bad("wrong file_id or the file is temporarily unavailable")
        if stored.size > DOWNLOAD_LIMIT:
            raise bad("file is too big")
        name = values["file_id"]
        return {"file_id": name, "file_unique_id": f"u{name}", "file_path": stored.path}

    def _send_chat_action(self, values: dict[str, Any]) -> bool:
        self.reachable(values["chat_id"])
        return True

    def _get_chat(self, values: dict[str, Any]) -> dict[str, Any]:
        return self.reachable(values["chat_id"]).as_json()

    def _leave_chat(self, values: dict[str, Any]) -> bool:
        self.reachable(values["chat_id"]).blocked = True
        return True
