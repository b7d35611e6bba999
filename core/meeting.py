"""A meeting (主席办公会, 领导小组): what lay before it, what it decided on each, who was there.

It decides on what its list has shown, in the version that was shown, and on nothing that came
or changed since. Whoever is concerned leaves the room for that one, and the minutes say so.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from core.errors import AlreadyDecided, AppError, Recused, Unreadable

LONGEST_MINUTES, LONGEST_GROUND, LONGEST_OTHERS = 80, 500, 300  # characters


class Ruling(StrEnum):
    """What a meeting can decide on one application."""

    APPROVE = auto()
    REFUSE = auto()
    POSTPONE = auto()  # 暂缓: it stays where it is, for another meeting


@dataclass(frozen=True)
class Point:
    """One application on the list: the version that was shown, and what was decided on it."""

    version: int
    ruling: Ruling = Ruling.APPROVE
    ground: str = ""


@dataclass(frozen=True)
class Minutes:
    """Number and day of the minutes; `present` are officers, `others` names nobody signs in by."""

    number: str
    held_on: date
    present: tuple[int, ...] = ()
    others: str = ""


@dataclass(frozen=True)
class Withdrew:
    """One who was there and left the room for this application (回避)."""

    application: int
    officer: int
    relation: str


def read_minutes(minutes: Minutes, members: Collection[int], today: date) -> Minutes:
    """Raises Unreadable(minutes, date_future, attendance, choice, too_long)."""
    number, others = minutes.number.strip(), minutes.others.strip()
    if not 0 < len(number) <= LONGEST_MINUTES:
        raise Unreadable("minutes")
    if minutes.held_on > today:
        raise Unreadable("date_future")
    if len(others) > LONGEST_OTHERS:
        raise Unreadable("too_long", most=LONGEST_OTHERS)
    present = tuple(sorted(set(minutes.present)))
    if not (present or others):
        raise Unreadable("attendance")
    if not set(present) <= set(members):
        raise Unreadable("choice")
    return Minutes(number, minutes.held_on, present, others)


def read_point(point: Point) -> Point:
    """A refusal needs its ground: the applicant reads it. Raises Unreadable(text, too_long)."""
    ground = point.ground.strip()
    if point.ruling is Ruling.REFUSE and not ground:
        raise Unreadable("text")
    if len(ground) > LONGEST_GROUND:
        raise Unreadable("too_long", most=LONGEST_GROUND)
    return Point(point.version, point.ruling, ground)


def hindrance(
    shown: Point,
    version: int,
    minutes: Minutes,
    recused: Mapping[int, Recused],
    limit: AppError | None,
) -> AppError | None:
    """Why this meeting cannot decide so: changed since it was shown, nobody unconcerned is there,
    or a limit is reached, which is no hindrance to refuse or to postpone.
    """
    if shown.version != version:
        return AlreadyDecided()
    if not minutes.others and set(minutes.present) <= recused.keys():
        return next(iter(recused.values()))
    return limit if shown.ruling is Ruling.APPROVE else None
