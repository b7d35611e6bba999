"""What was said: words that mean a command anywhere, and what may be shown of a person's words."""

import re

from handlers.oral_code import looks_like_one
from handlers.visit import Visit

LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z])\d[\d\s-]{13,22}[\dXx](?!\d)")
WORDS = (
    *("menu", "guide", "help", "status", "language", "privacy", "forget", "human", "officer"),
    *("notices", "code"),
)
NOTHING_ASKED = ("menu", "inquiry", "status")


def command(visit: Visit) -> str:
    """The command these words stand for, in any language; empty if none."""
    said = visit.text.casefold().strip("/。.!！?？~ ")
    if not said or visit.token:
        return ""
    for name in WORDS:
        for language in ("zh_CN", "en"):
            words = visit.office.speak(language)(f"words.{name}").split("|")
            if said in (name, *words):
                return name
    if visit.talk.topic in NOTHING_ASKED and looks_like_one(visit.text):
        return "code"
    return ""


def heard(visit: Visit) -> str:
    """The person's own words for the log of the chat; secrets only at their ends."""
    turn = visit.turn
    if turn.files:
        return visit.say("desk.heard.files", count=len(turn.files))
    if turn.phone:
        return visit.say("desk.heard.phone")
    if turn.tap:
        return _pressed(visit)
    if visit.talk.reply.get("secret") or looks_like_one(visit.text):
        return _ends(visit.text)
    return veiled(visit.text)


def veiled(text: str) -> str:
    """Long numbers only at their ends."""
    return LONG_NUMBER.sub(lambda found: _ends(found[0]), text)


def _pressed(visit: Visit) -> str:
    """The label of the button, from the reply it stood under."""
    tap = visit.turn.tap
    choices = visit.talk.reply.get("choices", [])
    if tap is None or tap.card or tap.step != visit.talk.step or tap.choice >= len(choices):
        return ""
    return str(choices[tap.choice]["label"])


def _ends(text: str) -> str:
    if len(text) < 4:
        return "*" * len(text)
    return (
        text[0] + "*" * (len(text) - 2) + text[-1]
        if len(text) < 15
        else (text[:3] + "*" * (len(text) - 7) + text[-4:])
    )
