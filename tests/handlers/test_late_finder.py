"""What is searched is made while the doors are open already: only who asks for it waits."""

import asyncio
from dataclasses import replace
from threading import Event

import pytest

from core.finding.finder import Finder, library
from handlers.office import Office
from storage import wording
from storage.wording import LateFinder
from tests import run
from tests.handlers.province import Day
from tests.hands import DeskHand

SKILL = "yn-skill-upgrade-subsidy"
QUESTION = "我考了技师证能领多少"


def a_finder(office: Office) -> Finder:
    """Over one scheme."""
    schemes = [office.schemes.on(SKILL, office.today())]
    return Finder(schemes, library(schemes, wording.read(run.SCHEMES), {}))


async def test_who_asks_before_everything_is_ready_waits_and_is_answered(day: Day) -> None:
    may_go_on = Event()

    def make() -> Finder:
        may_go_on.wait()
        return a_finder(day.office)

    office = replace(day.office, finder=LateFinder(make))
    early, other = DeskHand(office, "early"), DeskHand(office, "other")
    asking = [asyncio.create_task(early.say(QUESTION)) for _ in range(2)]
    try:
        await other.begin()  # who needs nothing of it is answered meanwhile
        assert other.labels
        assert not any(asked.done() for asked in asking)
        impatient = asyncio.create_task(DeskHand(office, "impatient").say(QUESTION))
        await other.tap(other.labels[0])
        impatient.cancel()  # gone: nobody else is sent away with him
    finally:
        may_go_on.set()
    await asyncio.gather(*asking)
    assert "技能" in early.heard


async def test_what_could_not_be_made_is_made_when_somebody_asks_again(day: Day) -> None:
    tries = []

    def make() -> Finder:
        tries.append(1)
        if len(tries) == 1:
            raise MemoryError
        return a_finder(day.office)

    hand = DeskHand(replace(day.office, finder=LateFinder(make)))
    with pytest.raises(MemoryError):
        await hand.say(QUESTION)
    await hand.say(QUESTION)
    assert "技能" in hand.heard
