"""What a form has sent: read once, within bounds, and only as text, numbers, days and ticks.

Forms are urlencoded; one with a file comes in parts. Whatever does not fit is Unreadable, never a
bug.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, time
from email.parser import BytesParser
from email.policy import HTTP
from urllib.parse import parse_qs

from starlette.requests import Request

from core.errors import Unreadable
from core.reading import line, read_money

LARGEST_NUMBER = 2**31 - 1  # what both databases hold in an integer
MOST_FIELDS = 12_000  # a meeting on 5,000 applications has two fields for each
FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data"
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)
LONGEST_SUM = 40  # signs


@dataclass(frozen=True)
class Sent:
    """The fields of one form; a field that was not sent is empty."""

    fields: dict[str, list[str]]
    files: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    async def read(cls, request: Request) -> "Sent":
        """Raises Unreadable("form") for anything that no form of ours sends."""
        body = await request.body()
        if not body:
            return cls({})
        kind = request.headers.get("content-type", "")
        if kind.partition(";")[0].strip() == PARTS:
            return cls._parts(kind, body)
        if kind.partition(";")[0].strip() != FORM:
            raise Unreadable("form")
        try:
            text = body.decode("ascii")
            return cls(
                parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
            )
        except ValueError:  # also UnicodeDecodeError
            raise Unreadable("form") from None

    @classmethod
    def _parts(cls, kind: str, body: bytes) -> "Sent":
        """Raises Unreadable("form")."""
        head = b"Content-Type: " + kind.encode("latin-1", "replace") + b"\r\n\r\n"
        whole = BytesParser(policy=HTTP).parsebytes(head + body)
        sent = cls({})
        for part in whole.iter_parts() if whole.is_multipart() else ():
            name = str(part.get_param("name", "", "content-disposition"))
            content = part.get_payload(decode=True)
            if not name or not isinstance(content, bytes) or len(sent.fields) >= MOST_FIELDS:
                raise Unreadable("form")
            if part.get_filename() is not None:
                sent.files[name] = content
            else:
                sent.fields.setdefault(name, []).append(content.decode("utf-8", "replace"))
        return sent

    def file(self, name: str) -> bytes:
        """Raises Unreadable("sheet") where none was chosen."""
        if not (content := self.files.get(name)):
            raise Unreadable("sheet")
        return content

    def raw(self, name: str) -> str:
        """As it was typed: for secrets, and for what a clerk will read by itself."""
        return self.fields.get(name, [""])[0]

    def text(self, name: str, most: int = 200) -> str:
        """One line, perhaps empty. Raises Unreadable("too_long")."""
        with within(name):
            return _at_most(line(self.raw(name)), most)

    def lines(self, name: str, most: int = 1000) -> str:
        """Several lines, perhaps empty. Raises Unreadable("too_long")."""
        lines = map(line, self.raw(name).splitlines())
        with within(name):
            return _at_most("\n".join(lines).strip(), most)

    def said(self, name: str, most: int = 200) -> str:
        """One line that must not be empty. Raises Unreadable("text")."""
        with within(name):
            return _there(self.text(name, most))

    def told(self, name: str, most: int = 1000) -> str:
        """Lines that must not be empty. Raises Unreadable("text")."""
        with within(name):
            return _there(self.lines(name, most))

    def number(self, name: str, least: int = 1) -> int:
        """Raises Unreadable("number")."""
        with within(name):
            return number(self.raw(name), least)

    def perhaps(self, name: str, least: int = 1) -> int | None:
        """A number, or None where the field was left empty."""
        return self.number(name, least) if self.raw(name).strip() else None

    def money(self, name: str) -> int:
        """In fen, however a sum is written. Raises Unreadable("text"), ("money")."""
        said = self.said(name, LONGEST_SUM)
        with within(name):
            return read_money(said)

    def perhaps_money(self, name: str) -> int | None:
        """In fen, or None where the field was left empty."""
        return self.money(name) if self.raw(name).strip() else None

    def day(self, name: str) -> date:
        """As a browser sends a day. Raises Unreadable("date")."""
        with within(name):
            return _day(self.raw(name).strip())

    def hour(self, name: str) -> time | None:
        """As a browser sends an hour (17:00); None where it was left empty. Raises Unreadable."""
        if not (text := self.raw(name).strip()):
            return None
        try:
            return time.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)
        except ValueError:
            raise Unreadable("hour") from None

    def choice(self, name: str, *among: str) -> str:
        """One of these. Raises Unreadable("choice")."""
        with within(name):
            if (chosen := self.raw(name)) not in among:
                raise Unreadable("choice")
            return chosen

    def ticked(self, name: str) -> bool:
        return self.raw(name) == "yes"

    def all(self, name: str) -> tuple[str, ...]:
        return tuple(self.fields.get(name, ()))

    def numbers(self, name: str, least: int = 0) -> tuple[int, ...]:
        with within(name):
            return tuple(number(each, least) for each in self.all(name))


@contextmanager
def within(name: str) -> Iterator[None]:
    """What cannot be read in here stood in this field of the form."""
    try:
        yield
    except Unreadable as no:
        no.field = no.field or name
        raise


def _at_most(text: str, most: int) -> str:
    if len(text) > most:
        raise Unreadable("too_long", most=most)
    return text


def _there(text: str) -> str:
    if not text:
        raise Unreadable("text")
    return text


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Unreadable("date") from None
    if not EARLIEST <= day <= LATEST:
        raise Unreadable("date")
    return day


def number(text: str, least: int = 1) -> int:
    """A whole number that fits into the archive. Raises Unreadable("number")."""
    text = text.strip()
    if not (text.isascii() and text.isdecimal() and len(text) <= 10):
        raise Unreadable("number")
    value = int(text)
    if not least <= value <= LARGEST_NUMBER:
        raise Unreadable("number")
    return value
