"""How Telegram reads texts and keyboards, and what it refuses in them."""

import html
import re
from typing import Any
from urllib.parse import urlsplit

from tests.telegram_api import bad

TAGS = (
    *("b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "span", "tg-spoiler", "a"),
    *("tg-emoji", "code", "pre", "blockquote"),
)
TAG = re.compile(r"<(/?)([a-zA-Z-]*)([^<>]*)(>?)")
ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)


def length(text: str) -> int:
    """UTF-16 units, in which Telegram counts entities; never less than the characters."""
    return len(text.encode("utf-16-le")) // 2


def shown(text: str, parse_mode: str | None, limit: int, too_long: str) -> str:
    """The text as a person sees it, or the refusal."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise bad("strings must be encoded in UTF-8") from None
    plain = parsed(text, parse_mode).strip().replace("\x00", "")
    if length(plain) > limit:
        raise bad(too_long)
    return plain


def parsed(text: str, parse_mode: str | None) -> str:
    if not parse_mode:
        return text
    if parse_mode.lower() != "html":
        raise bad("unsupported parse_mode")
    return html.unescape(without_tags(text))


def without_tags(text: str) -> str:
    """The text between the tags; every tag must be one of Telegram's and be closed in order."""
    opened: list[str] = []
    pieces: list[str] = []
    end = 0
    for found in TAG.finditer(text):
        pieces.append(text[end : found.start()])
        end = found.end()
        at = len(text[: found.start()].encode())
        closing, name, _, bracket = found.groups()
        follow(opened, closing, name.lower(), bracket, at)
    if opened:
        raise bad(
            f"can't parse entities: Can't find end tag corresponding to start tag {opened[-1]}"
        )
    return "".join([*pieces, text[end:]])


def follow(opened: list[str], closing: str, name: str, bracket: str, at: int) -> None:
    if not bracket:
        raise bad(f'can\'t parse entities: Unclosed start tag "{name}" at byte offset {at}')
    if not closing:
        if name not in TAGS:
            raise bad(f'can\'t parse entities: Unsupported start tag "{name}" at byte offset {at}')
        opened.append(name)
        return
    if not opened:
        raise bad(f"can't parse entities: Unexpected end tag at byte offset {at}")
    expected = opened.pop()
    if name != expected:
        raise bad(
            f"can't parse entities: Unmatched end tag at byte offset {at}, "
            f'expected "</{expected}>", found "</{name}>"'
        )


def check_markup(markup: dict[str, Any] | None) -> None:
    """Refuse a keyboard Telegram would not show."""
    if markup is None:
        return
    inline = markup.get("inline_keyboard")
    rows = inline if inline is not None else markup.get("keyboard", [])
    if sum(len(row) for row in rows) > 100:
        raise bad("reply markup is too long")
    if any(len(row) > 8 for row in rows):
        raise bad("BUTTON_ROW_TOO_LONG")
    for button in (button for row in rows for button in row):
        if not button["text"].strip():
            raise bad("keyboard button text must be non-empty")
        if button.get("style") not in (None, "danger", "success", "primary"):
            raise bad("BUTTON_STYLE_INVALID")
        if inline is not None:
            check_action(button)


def check_action(button: dict[str, Any]) -> None:
    actions = [name for name in ACTIONS if name in button]
    if not actions:
        raise bad(
            "can't parse inline keyboard button: "
            "Text buttons are unallowed in the inline keyboard (BUTTON_TYPE_INVALID)"
        )
    if len(actions) > 1:
        raise bad("BUTTON_TYPE_INVALID")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
        raise bad("BUTTON_DATA_INVALID")
    if "url" in button and not is_link(button["url"]):
        raise bad(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")


def is_link(url: str) -> bool:
    parts = urlsplit(url)
    if parts.scheme == "tg":
        return True
    host = parts.hostname or ""
    return parts.scheme in ("http", "https") and "." in host and not re.search(r"\s", url)
