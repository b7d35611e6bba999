"""The book of acts in words: who did what, to what, and with which particulars.

The book holds numbers and words of closed sets, nobody's name: officers and unions are named when
it is shown, workers never.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from admin.listing import SOMEBODY, Deed
from admin.seats import Seat
from core.scheme import Scheme
from handlers.bench import scheme_of
from locales import Speaker
from storage.tables import Application, Officer, Union
from storage.unit import Unit

MONEY = ("fen", "amount_fen", "left_fen", "late_fen", "total_fen")
DAYS = ("due", "first", "last", "held_on")
UNIONS = ("union", "to", "namer")
OFFICERS = ("deputy", "instead_of", "present", "told", "went")
CLOSED = ("channel", "door", "proof", "reason", "why")  # words out of closed sets
DIGESTS = ("body", "digest")
COUNTS = ("count", "made", "members", "new", "rows", "unions", "version", "year")
THINGS = (  # told by their number
    *(
        "assignment",
        "attachment",
        "claw_back",
        "duty",
        "inspection",
        "meeting",
        "notice",
        "objection",
        "paper",
    ),
    *("papers", "payment", "recording", "round", "stain", "stand_in", "transfer", "worker"),
)
SHORT = 12  # signs of a digest


@dataclass(frozen=True)
class Told:
    """A line of the book as it is read; `subject` is how the book itself calls what it is about."""

    id: int
    at: datetime
    deed: str
    who: str
    about: str
    subject: str
    particulars: tuple[str, ...]


@dataclass
class Known:
    """The officers, unions and applications these lines speak of."""

    officers: dict[int, Officer] = field(default_factory=dict)
    unions: dict[int, Union] = field(default_factory=dict)
    applications: dict[int, Application] = field(default_factory=dict)


async def told(seat: Seat, unit: Unit, rows: Sequence[Deed]) -> list[Told]:
    """In the language of this officer."""
    known, say = await _known(unit, rows), seat.say
    return [
        Told(
            row.id,
            row.at,
            deed(say, row.what),
            _party(say, known, row.who),
            _party(say, known, row.on),
            row.on,
            tuple(_particulars(seat, known, row)),
        )
        for row in rows
    ]


def deed(say: Speaker, what: str) -> str:
    """An act in words."""
    return _said(say, f"act.{what}", "") or _said(say, f"move.{what}", what)


def _said(say: Speaker, key: str, otherwise: str) -> str:
    """As it is kept, where an older book has a word that nobody writes any more."""
    return say(key) if say.has(key) else otherwise


def _particulars(seat: Seat, known: Known, row: Deed) -> Iterable[str]:
    say = seat.say
    for key, value in row.detail.items():
        words = _words(seat, known, row, key, value)
        yield say("acts.particular", name=_said(say, f"acts.key.{key}", key), value=words)


def _words(seat: Seat, known: Known, row: Deed, key: str, value: Any) -> str:
    say = seat.say
    match value:
        case None:
            return say("acts.none")
        case bool():
            return say("answer.yes" if value else "answer.no")
        case list():
            return say.join(_words(seat, known, row, key, each) for each in value)
    if key in MONEY:
        return say.money(value)
    if key in DAYS:
        return say.day(date.fromisoformat(value))
    if key in UNIONS:
        return _union(say, known, value)
    if key in OFFICERS:
        return _officer(say, known, _number(str(value)))
    if key in CLOSED:
        return _said(say, f"acts.{key}.{value}", str(value))
    if key in DIGESTS:
        return str(value)[:SHORT]
    if key in THINGS:
        return say("acts.thing", number=value)
    if key == "cite":
        return say.article(value)
    return say.scheme(_of_the_law(seat, known, row, key, value))


def _of_the_law(seat: Seat, known: Known, row: Deed, key: str, value: Any) -> str:
    """What a scheme file names, by its name there; a number as it is."""
    match key:
        case "scheme":
            return _newest(seat, value).name
        case "fact":
            asked = (each.asked.get(value) for each in seat.office.schemes.known(seat.today))
            return next((each.name for each in asked if each is not None), str(value))
        case "stage":
            application = known.applications.get(_number(row.on))
            if application is not None:
                stages = scheme_of(seat.office, application).stages
                return stages[int(value)].name
    return str(value)


def _newest(seat: Seat, scheme_id: str) -> Scheme:
    return seat.office.schemes.versions(scheme_id)[-1]


def _party(say: Speaker, known: Known, name: str) -> str:
    """officer:3 by name, application:12 by its number, a worker by nothing but our number."""
    kind, _, _ = name.partition(":")
    number = _number(name)
    if name == SOMEBODY:
        return say("console.private")
    if kind == "officer":
        return _officer(say, known, number)
    if kind == "union" and number:
        return _union(say, known, number)
    if kind == "application" and number in known.applications:
        return say("acts.on.application", number=known.applications[number].number)
    key = f"acts.on.{kind}"
    return say(key, number=number) if say.has(key) else name


def _officer(say: Speaker, known: Known, number: int) -> str:
    there = known.officers.get(number)
    return there.name if there else say("acts.on.officer", number=number)


def _union(say: Speaker, known: Known, number: int) -> str:
    there = known.unions.get(number)
    return say.named(there.name, there.name_en) if there else say("acts.on.union", number=number)


def _number(name: str) -> int:
    """That of officer:3, or of 3; 0 where there is none."""
    last = name.rpartition(":")[2]
    return int(last) if last.isascii() and last.isdecimal() else 0


async def _known(unit: Unit, rows: Iterable[Deed]) -> Known:
    officers, unions, applications = set[int](), set[int](), set[int]()
    for row in rows:
        for name in (row.who, row.on):
            kind, _, _ = name.partition(":")
            there = {"officer": officers, "union": unions, "application": applications}.get(kind)
            if there is not None:
                there.add(_number(name))
        for key, value in row.detail.items():
            mine = {_number(str(each)) for each in (value if isinstance(value, list) else [value])}
            officers |= mine if key in OFFICERS else set()
            unions |= mine if key in UNIONS else set()
    return Known(
        {each.id: each for each in await unit.officers.some(*officers)},
        await unit.unions.some(*unions),
        {each.id: each for each in await unit.applications.some(applications)},
    )
