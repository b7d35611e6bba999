"""Two texts for every step of every handled scheme: the officers' name, and what the worker reads,
with the union that has it and the last day."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from core.bodies import legs
from core.jurisdiction import Node
from core.scheme import Stage
from core.stages import Body, Manner
from core.workflow import State
from handlers import clock as clocks
from handlers import route, whereabouts
from handlers.bench import scheme_of
from handlers.whereabouts import Place
from locales import LANGUAGES, Speaker, speaker
from storage.tables import SHANGHAI, Application
from storage.unit import Unit
from tests.clock import Clock
from tests.house import a_house
from tests.journeys.playing import Play
from tests.journeys.plots import HANDLED

NOW = datetime(2026, 3, 5, 10, tzinfo=SHANGHAI)  # a Thursday
LAST = {  # what the documents give, from that hour on: the last day, or the minute
    "1小时": datetime(2026, 3, 5, 11, tzinfo=SHANGHAI),
    "2小时": datetime(2026, 3, 5, 12, tzinfo=SHANGHAI),
    "7日": date(2026, 3, 12),
    "15日": date(2026, 3, 20),
    "20日": date(2026, 3, 25),
    "30日": date(2026, 4, 7),  # 04-04 to 04-06 is Qingming
    "半年": date(2026, 9, 7),  # 09-05 is a Saturday, and a time does not end on a day of rest
}


@dataclass(frozen=True)
class Told:
    """One union's turn in one step, as the worker reads it in each language."""

    place: Place
    here: Node
    before: tuple[Node, ...]
    after: tuple[Node, ...]
    text: dict[str, str]

    @property
    def stage(self) -> Stage:
        return self.place.stage


async def every_turn(play: Play, home: str) -> list[Told]:
    """Of somebody of this unit: every step of every scheme, at every union that acts in it."""
    found = []
    for scheme in HANDLED:
        sent = await play.applies(scheme, home)
        async with play.office.unit() as unit:
            for number in range(len(scheme.stages)):
                found += await _turns(play, unit, sent.id, number)
    return found


async def _turns(play: Play, unit: Unit, id_: int, number: int) -> list[Told]:
    there = await unit.applications.held(id_)
    scheme = scheme_of(play.office, there)
    tree = await unit.unions.tree(there.base_union_id)
    unions = legs(scheme, number, route.home(there), tree)
    found = []
    for at, here in enumerate(unions):
        _stands(there, scheme.stages[number], number, here.id)
        await clocks.wind(play.office, unit, there, None)
        place = await whereabouts.found(play.office, unit, there)
        text = {each: _text(speaker(each), place, unit.today) for each in LANGUAGES}
        found.append(Told(place, here, unions[:at], unions[at + 1 :], text))
    return found


def _text(say: Speaker, place: Place, today: date) -> str:
    told = whereabouts.lines(say, place, today)
    return "\n".join([*told, *whereabouts.following(say, place.scheme, place.coming)])


def _stands(there: Application, stage: Stage, number: int, union: int) -> None:
    there.state, there.stage, there.union_id = State.IN_STAGE.value, number, union
    there.stage_began = None if stage.manner is Manner.POST else NOW.date()


@pytest.mark.parametrize("home", ["spring", "steel"])
async def test_every_step_is_told_to_officer_and_worker(
    home: str, sqlite_url: str, tmp_path: Path, clock: Clock
) -> None:
    clock.set(NOW)
    zh, en = (speaker(each) for each in ("zh_CN", "en"))
    untold, timed = set(), set()
    async with a_house(sqlite_url, tmp_path, clock) as house:
        for each in await every_turn(Play(house, clock), home):
            stage, told = each.stage, each.text
            about = each.place.scheme.id, stage.name
            assert not re.search("[省市]总(?!工会)", stage.tell), about  # officers' shorthand
            for words in (stage.name, stage.tell):
                if en.scheme(words) == words:
                    untold.add((*about, words))
            if not each.place.posted and stage.manner is Manner.POST:
                assert stage.name in told["zh_CN"], about
            else:
                assert told["zh_CN"].startswith(f"现在：{stage.tell}（第"), about
                assert told["en"].startswith(f"Now: {en.scheme(stage.tell)} (step "), about
            if stage.by is Body.EVERY_LEVEL and each.before:
                line = told["zh_CN"].split("\n")
                assert line[2] == "已经办完：" + zh.join(node.name for node in each.before)
                of = len(each.before) + 1 + len(each.after)
                assert f"{each.here.name}，第{len(each.before) + 1}级（这一步共{of}级）" in line[1]
            if stage.within is not None and not stage.before:
                timed.add(about)
                last = LAST[stage.within.said]
                assert zh.until(last, NOW.date()) in told["zh_CN"], about
                assert en.until(last, NOW.date()) in told["en"], about
    assert untold == set()
    assert len(timed) > 8


def test_the_last_days_are_those_of_the_documents() -> None:
    """Whoever adds a time to a file says here when it ends."""
    said = {
        stage.within.said
        for each in HANDLED
        for stage in each.stages
        if stage.within and not stage.before
    }
    assert said == set(LAST)
    assert LAST["7日"] == NOW.date() + timedelta(days=7)
