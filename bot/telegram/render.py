"""Telegram out: a Reply becomes one or more messages, with its buttons on the last.

A button carries numbers, never words: Telegram allows 64 bytes, 21 Chinese characters. Texts go
out plain, without a parse mode, so that nothing in them can be taken for markup. Markup is written
in the Bot API's own fields: python-telegram-bot's classes for it cost a twentieth of a turn.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from handlers.chat import Choice, Reply, Tap

Markup = Mapping[str, Any]  # InlineKeyboardMarkup, ReplyKeyboardMarkup or ReplyKeyboardRemove
Button = dict[str, str]

LONGEST = 4096  # UTF-16 units, never fewer than the characters Telegram counts
MOST_BUTTONS = 100
SHORT = 6  # characters; labels this short stand two in a row
STYLES = {"primary": "primary", "danger": "danger"}
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
LONGEST_NUMBER = 12  # digits; fits 64 bits, and three of them 64 bytes
OLD = Tap(step=-1, choice=-1)  # nobody asked this question: taken as an old button


@dataclass(frozen=True)
class Message:
    text: str
    markup: Markup | None = None


def messages(reply: Reply, contact: str) -> list[Message]:
    """What to send, in order. `contact` labels the key that sends the person's own number.

    Telegram takes one keyboard for each message: where buttons and that key are both wanted,
    the key comes with a message of its own.
    """
    *before, last = pages(with_links(reply))
    head = [Message(page) for page in before]
    below = keyboard(reply)
    if reply.expects != "phone":
        return [*head, Message(last, below or cleared(reply))]
    if below is None:
        return [*head, Message(last, phone_key(contact))]
    return [*head, Message(last, below), Message(contact, phone_key(contact))]


def edited(reply: Reply) -> Message:
    """The same for a message already there: one, shortened if it has to be."""
    first, *rest = pages(with_links(reply))
    return Message(cut(first, LONGEST - 1) + "…" if rest else first, keyboard(reply))


def cleared(reply: Reply) -> Markup | None:
    """Takes an unused phone key away; not with a notice that comes in between."""
    return {"remove_keyboard": True} if reply.step and not reply.card else None


def with_links(reply: Reply) -> str:
    """The text, and below it the pages Telegram would allow no button for."""
    refused = [each for each in reply.choices if each.url and not linkable(each.url)]
    return "\n\n".join([reply.text, *(f"{each.label}\n{each.url}" for each in refused)])


def linkable(url: str) -> bool:
    """Telegram takes only addresses with a dot in the host: not localhost."""
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and "." in (parts.hostname or "")


def keyboard(reply: Reply) -> Markup | None:
    buttons = [
        button(choice, carried(reply.step, number, reply.card))
        for number, choice in enumerate(reply.choices[:MOST_BUTTONS])
        if not choice.url or linkable(choice.url)
    ]
    if not buttons:
        return None
    wide = 2 if all(len(each["text"]) <= SHORT for each in buttons) else 1
    return {"inline_keyboard": list(rows(buttons, wide))}


def rows(buttons: Sequence[Button], wide: int) -> Iterable[Sequence[Button]]:
    return (buttons[start : start + wide] for start in range(0, len(buttons), wide))


def button(choice: Choice, pressed: str) -> Button:
    label = choice.label.strip() or "·"
    if choice.url:
        return {"text": label, "url": choice.url}
    style = {"style": STYLES[choice.tone]} if choice.tone in STYLES else {}
    return {"text": label, "callback_data": pressed, **style}


def phone_key(label: str) -> Markup:
    key = {"text": label, "request_contact": True}
    return {"keyboard": [[key]], "resize_keyboard": True, "one_time_keyboard": True}


def carried(step: int, choice: int, card: int) -> str:
    """What a button carries: `step.choice.card` in base 36."""
    return ".".join(in_base_36(number) for number in (step, choice, card))


def tapped(data: str | None) -> Tap:
    """What a pressed button meant; whatever we did not write ourselves is an old button."""
    parts = (data or "").split(".")
    fits = all(0 < len(part) <= LONGEST_NUMBER and set(part) <= set(DIGITS) for part in parts)
    if len(parts) != 3 or not fits:
        return OLD
    step, choice, card = (int(part, 36) for part in parts)
    return Tap(step, choice, card)


def in_base_36(number: int) -> str:
    if number < 0:
        raise ValueError("a button carries no negative numbers")
    digits = ""
    while number or not digits:
        number, rest = divmod(number, 36)
        digits = DIGITS[rest] + digits
    return digits


def pages(text: str) -> list[str]:
    """The text in pieces Telegram takes, split at the ends of lines where there are any."""
    text = text.encode(errors="replace").decode().replace("\x00", "").strip() or "…"
    found = []
    while units(text) > LONGEST:
        piece = cut(text, LONGEST)
        line_end = piece.rfind("\n")
        piece = piece[:line_end] if line_end > len(piece) // 2 else piece
        found.append(piece.strip())
        text = text[len(piece) :].strip()
    return [page for page in (*found, text) if page]


def cut(text: str, most: int) -> str:
    """The beginning of the text, at most so many UTF-16 units, no character halved."""
    return text.encode("utf-16-le")[: most * 2].decode("utf-16-le", "ignore")


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
