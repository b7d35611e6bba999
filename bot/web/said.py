"""The form of what a page sends, checked before it becomes a turn."""

import unicodedata
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from starlette.requests import Request

from bot.web.door import LARGEST_NUMBER
from bot.web.faults import Fault
from handlers.chat import COMMANDS, Tap, Turn, written

LONGEST = 4000  # characters of one message
LARGEST = 64 * 1024  # bytes of one turn without files
NAME = r"^[A-Za-z0-9_-]{1,64}$"

Number = Annotated[int, Field(ge=0, le=LARGEST_NUMBER)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Pressed(Strict):
    step: Number
    choice: Number
    card: Number = 0

    def tap(self) -> Tap:
        return Tap(self.step, self.choice, self.card)


class Said(Strict):
    """One thing a person did: exactly one of text, tap and command.

    `id` is made by the page, and the same when it tries again; `after` is the last bubble it has.
    """

    id: str = Field(pattern=NAME)
    after: Number = 0
    text: str = ""
    tap: Pressed | None = None
    command: str = ""
    argument: str = Field("", max_length=64)

    @model_validator(mode="after")
    def one_thing(self) -> "Said":
        things = (bool(visible(self.text)), self.tap is not None, bool(self.command))
        if things.count(True) != 1 or (self.command and self.command not in COMMANDS):
            raise ValueError("one of text, tap, command")
        return self

    def turn(self, address: str, language: str) -> Turn:
        text, command, argument = visible(self.text), self.command, visible(self.argument)
        if typed := written(text):
            text, (command, argument) = "", typed
        return Turn(
            channel="web",
            address=address,
            id=self.id,
            text=text,
            tap=self.tap.tap() if self.tap else None,
            command=command,
            argument=argument,
            language=language,
        )


def visible(text: str) -> str:
    """Without control characters: PostgreSQL cannot store a NUL, and nobody types one."""
    return "".join(sign for sign in text if sign in "\n\t" or not _control(sign)).strip()


def _control(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cs")


async def read(request: Request) -> Said:
    """What was said. Raises Fault where it is too long, or not what a page of ours would send."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise Fault(413, "web.error.long", limit=LONGEST)
    try:
        said = Said.model_validate_json(bytes(body))
    except ValidationError:
        raise Fault(422, "web.error.form") from None
    if len(said.text) > LONGEST:
        raise Fault(422, "web.error.long", limit=LONGEST)
    return said
