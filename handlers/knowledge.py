"""What we know of the person at the desk: their own words, the roster, and our archive."""

from collections.abc import Sequence
from typing import Any

from core.facts import noted, plain
from core.limits import Award, archive_facts, first_time, of_units
from core.questions import Question, dependants
from core.rules import Value
from core.scheme import Scheme
from core.titles import TitleState, titles_of, told_by_register
from handlers import standards
from handlers.visit import Visit

Noted = dict[str, dict[str, Any]]
Questions = dict[str, Question]


async def known(visit: Visit, scheme: Scheme) -> Noted:
    """Every fact with its origin. The roster outweighs a word, the archive outweighs both."""
    facts: Noted = {f: kept for f, kept in visit.talk.facts.items() if f in scheme.asked}
    facts |= await standards.known(visit.unit, scheme, visit.today.year)
    worker = visit.talk.worker_id
    if worker is None:
        said = first_time(scheme, plain(facts, scheme.asked))
        return facts | {f: noted(value, "worker", visit.today) for f, value in said.items()}
    facts |= {f: kept for f, kept in (await roster(visit)).items() if f in scheme.asked}
    facts |= await _register(visit, scheme, worker)
    for fact in (scheme.earlier, *(limit.fact for limit in scheme.limits)):
        facts.pop(fact, None)
    awards = await visit.once(f"awards:{worker}", lambda: visit.unit.applications.awards(worker))
    awards = [*awards, *await _of_the_unit(visit, scheme, worker)]
    present = plain(facts, scheme.asked)
    found = archive_facts(scheme, awards, present, visit.today.year)
    return facts | {f: noted(value, "archive", visit.today) for f, value in found.items()}


async def _register(visit: Visit, scheme: Scheme, worker: int) -> Noted:
    """What the register of titles says; nothing of whoever is not in it."""
    titles = titles_of(scheme.asked)
    if not titles:
        return {}
    held = await visit.once(f"titles:{worker}", lambda: visit.unit.titles.of_worker(worker))
    mine = sorted((e for e in held if e.title in titles), key=lambda e: titles.index(e.title))
    standing = [entry.title for entry in mine if entry.state == TitleState.HELD]
    if not mine:
        return {}
    found = told_by_register(scheme.asked, (standing or [mine[0].title])[0], standing)
    return {fact: noted(value, "archive", visit.today) for fact, value in found.items()}


async def _of_the_unit(visit: Visit, scheme: Scheme, worker: int) -> Sequence[Award]:
    """What the colleagues have got, where a limit is the whole unit's."""
    schemes = of_units(scheme)
    if not schemes:
        return ()
    look = visit.unit.applications.unit_awards
    return await visit.once(f"unit:{worker}:{scheme.id}", lambda: look(worker, schemes))


async def roster(visit: Visit) -> Noted:
    """What the member roster says of the bound worker."""
    worker = visit.talk.worker_id
    if worker is None:
        return {}
    member = await visit.once(f"member:{worker}", lambda: visit.unit.workers.by_id(worker))
    return dict(member.facts) if member else {}


async def values(visit: Visit, scheme: Scheme) -> dict[str, Value]:
    """The bare values, as the judge wants them."""
    return plain(await known(visit, scheme), scheme.asked)


def keep(visit: Visit, fact: str, value: Value) -> None:
    """Writes down what the person said."""
    visit.talk.facts = {**visit.talk.facts, fact: noted(value, "worker", visit.today)}


def answer(visit: Visit, fact: str, value: Value, before: Value | None, asked: Questions) -> None:
    """Writes a new answer down; what leaned on another one before is asked again."""
    if before is not None and before != value:
        drop(visit, *dependants(fact, asked))
    keep(visit, fact, value)


def drop(visit: Visit, *facts: str) -> None:
    """Forgets answers, so that they are asked again."""
    gone = set(facts)
    visit.talk.facts = {f: kept for f, kept in visit.talk.facts.items() if f not in gone}
