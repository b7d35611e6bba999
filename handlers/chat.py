"""What passes between a person and the bot, in no channel's language.

A door turns what arrives into a `Turn`, hands it to `handlers.desk.receive`, and shows the
`Reply`. Nothing else passes between a door and the clerks.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

COMMANDS = (
    "start",
    "menu",
    "guide",
    "help",
    "status",
    "notices",
    "language",
    "privacy",
    "forget",
    "human",
    "officer",
    "resume",
)
WRITTEN = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@\w{1,64})?(?:\s+(.*))?", re.DOTALL)
LONGEST_ARGUMENT = 64  # of /start, and nothing longer means anything to us


def written(text: str) -> tuple[str, str] | None:
    """A command of ours that was typed out, with what follows it: /officer ABC."""
    found = WRITTEN.fullmatch(text.strip())
    if found is None or found[1].lower() not in COMMANDS:
        return None
    return found[1].lower(), (found[2] or "").strip()[:LONGEST_ARGUMENT]


@dataclass(frozen=True)
class Tap:
    """A pressed button: `choice` of the question asked at `step`, or of `card` if that is not 0.

    For a card, `step` is the version of the thing the card was about when it was shown.
    """

    step: int
    choice: int
    card: int = 0


@dataclass(frozen=True)
class File:
    """A file that has arrived and lies at `path` (the door removes it after the turn)."""

    path: Path
    size: int
    album: str = ""  # files with the same album are pages of one paper


@dataclass(frozen=True)
class Turn:
    """One thing a person did. Exactly one of text, tap, command, files, phone is given."""

    channel: str  # web, telegram, terminal
    address: str
    id: str  # of the update; the same id is handled once
    text: str = ""
    tap: Tap | None = None
    command: str = ""
    argument: str = ""  # what follows the command, e.g. of /start
    files: tuple[File, ...] = ()
    trouble: str = ""  # a file could not be fetched: a FileRefused.why
    phone: str = ""  # the person's own number, vouched for by the channel
    language: str = ""  # what the channel knows of the person's language
    inbox: int = 0  # the durable inbox row behind this turn, 0 where the door keeps none


@dataclass(frozen=True)
class Choice:
    """A button. With `url` it opens a page instead of answering."""

    label: str
    tone: str = "plain"  # primary, plain, danger
    url: str = ""


@dataclass(frozen=True)
class Reply:
    """What the person is shown: text, then buttons one below the other.

    `expects` lets a door help: photo, phone, date, number, text. `card` and `step` go into
    every button. `progress` is (answered, at most to ask), or None.
    """

    text: str
    choices: tuple[Choice, ...] = ()
    step: int = 0
    card: int = 0
    expects: str = ""
    progress: tuple[int, int] | None = None
    secret: bool = False  # what the person types next is not to be shown in full

    def as_json(self) -> dict[str, Any]:
        return vars(self) | {"choices": [vars(choice).copy() for choice in self.choices]}

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> "Reply":
        known = {name: value for name, value in body.items() if name in cls.__dataclass_fields__}
        known["choices"] = tuple(Choice(**choice) for choice in body.get("choices", ()))
        if known.get("progress"):
            known["progress"] = tuple(known["progress"])
        return cls(**known)


@dataclass(frozen=True)
class Answer:
    """The outcome of a turn at the desk: the reply, and where the door has to write it down.

    `outbox` is the row already leased to the door (0 where the channel keeps none), `line` the
    id of the bubble in a web chat. `heard` is what may be shown of the person's own words.
    """

    reply: Reply
    conversation: int = 0
    outbox: int = 0
    line: int = 0
    heard: str = ""
