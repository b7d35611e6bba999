"""Lists nobody applies for (慰问金, 荣誉津贴): an office opens this year's from the register.

Each holder's line is an application that nobody has sent: it is checked, approved and paid as the
file says, by the same clerks as every other. Nobody is dropped because something is not known.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.decision import decide
from core.drawing import Candidate, Drawing, draw, why_not
from core.errors import ListThere, NotEligible, NotFound, OutsideJurisdiction, Unreadable
from core.facts import noted, plain
from core.people import Role, normal_identity
from core.scheme import Scheme
from core.titles import TitleState, titles_of, told_by_register
from core.truth import NO
from handlers import register, standards
from handlers.bench import acting, present, within
from handlers.office import Office
from storage.drawn import Place
from storage.tables import DrawnList, Officer, Passage, Round, Title, Union, Worker
from storage.unit import Unit

FULL = "round_full"  # the timer that starts what is waiting
LONGEST_OCCASION = 40
LISTED = "listed"  # how the file calls that somebody was put on the list by hand
Noted = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Known:
    """An entry with what register, roster and the yearly lines say of its holder."""

    entry: Title
    facts: Noted


def schemes(office: Office) -> tuple[Scheme, ...]:
    """Those whose lists are drawn."""
    return tuple(each for each in office.schemes.in_force(office.today()) if each.drawn)


async def open_list(
    office: Office,
    officer: Officer,
    scheme_id: str,
    occasion: str = "",
    expected_on: date | None = None,
    unit: Unit | None = None,
) -> DrawnList:
    """This year's list, or that of this occasion, with everybody who qualifies or may qualify.

    Raises NotYours, OutsideJurisdiction, ListThere, NotFound for an empty one, Unreadable.
    """
    async with within(office, unit) as work:
        officer = await present(work, officer, Role.OFFICE, Role.VERIFIER)
        scheme = await _own_scheme(office, work, officer, scheme_id)
        occasion = _occasion(scheme, occasion)
        if expected_on is not None and expected_on < work.today:
            raise Unreadable("date_past")
        await _check_there(work, scheme, occasion)
        known = await _known(office, work, scheme)
        drawing = await _draw(office, work, scheme, known)
        if not drawing.listed:
            await _check_there(work, scheme, occasion)  # or somebody has just listed them all
            raise NotFound(scheme=scheme.id)
        running = await work.rounds.add(_round(scheme, work))
        new = DrawnList(
            round_id=running.id,
            scheme_id=scheme.id,
            year=running.year,
            occasion=occasion,
            union_id=officer.union_id,
            officer_id=officer.id,
            expected_on=expected_on,
            set_aside=_set_aside(drawing),
            at=work.now,
        )
        if not await work.drawn.add(new):
            raise ListThere(running.year, occasion)
        places = [_place(scheme, known[each.entry], each) for each in drawing.listed]
        await _enlist(work, officer, running, places)
        return new


async def _check_there(work: Unit, scheme: Scheme, occasion: str) -> None:
    if await work.drawn.there(scheme.id, work.today.year, occasion):
        raise ListThere(work.today.year, occasion)


async def add(
    office: Office,
    officer: Officer,
    round_id: int,
    identity: str,
    proof: str,
    unit: Unit | None = None,
) -> None:
    """Somebody the list misses: who is in the register now, and does not surely fail.

    Raises NotYours, OutsideJurisdiction, NotFound for a number nobody in the register has,
    ListThere for one who is listed or has this year's, NotEligible, Unreadable.
    """
    async with within(office, unit) as work:
        officer = await present(work, officer, Role.OFFICE, Role.VERIFIER)
        running = await work.rounds.held(round_id)
        scheme = await _own_scheme(office, work, officer, running.scheme_id)
        proof = register.said(proof)
        index = work.vault.index(normal_identity(identity, work.today), "identity")
        known = await _known(office, work, scheme, index)
        if not known:
            raise NotFound(round=round_id)
        drawing = await _draw(office, work, scheme, known)
        if drawing.left_out:
            raise NotEligible(drawing.left_out[0].verdict.failed)
        lines = {line.identity_index for line in await work.drawn.lines(round_id) if line.live}
        if index in lines or not drawing.listed:
            raise ListThere(running.year)
        (best,) = drawing.listed
        await _enlist(work, officer, running, [_place(scheme, known[best.entry], best)], proof)


async def _own_scheme(office: Office, unit: Unit, officer: Officer, scheme_id: str) -> Scheme:
    """Lists are opened by the office the scheme names, or by the province where it is missing."""
    scheme = office.schemes.on(scheme_id, unit.today)
    if scheme.drawn is None:
        raise Unreadable("choice")
    body = await opener(unit, scheme)
    if officer.union_id != body.id:
        raise OutsideJurisdiction(body.name)
    return scheme


async def opener(unit: Unit, scheme: Scheme) -> Union:
    """The body that opens the lists of this scheme."""
    return await unit.unions.coded_or_none(scheme.office) or await unit.unions.top()


async def _known(office: Office, unit: Unit, scheme: Scheme, person: str = "") -> dict[int, Known]:
    """By entry: everybody who has one of the titles this scheme asks for, or this person."""
    entries = [
        entry
        for entry in await unit.titles.titled(titles_of(scheme.asked))
        if not person or entry.holder_index == person
    ]
    held = _held(entries)
    lines = await standards.known(unit, scheme, unit.today.year)
    people = await unit.applications.people({e.worker_id for e in entries if e.worker_id})
    return {
        entry.id: Known(entry, _facts(scheme, entry, people, held, unit.today) | lines)
        for entry in entries
    }


def _held(entries: Sequence[Title]) -> dict[str, set[str]]:
    """Person -> the titles in force."""
    held: dict[str, set[str]] = {}
    for entry in entries:
        if entry.state == TitleState.HELD:
            held.setdefault(entry.holder_index, set()).add(entry.title)
    return held


def _facts(
    scheme: Scheme,
    entry: Title,
    people: Mapping[int, Worker],
    held: Mapping[str, set[str]],
    today: date,
) -> Noted:
    """The roster, and above it the register."""
    roster = people[entry.worker_id or 0].facts
    facts: Noted = {fact: kept for fact, kept in roster.items() if fact in scheme.asked}
    mine = held.get(entry.holder_index, set())
    told = told_by_register(scheme.asked, entry.title, mine)
    return facts | {fact: noted(value, "archive", today) for fact, value in told.items()}


async def _draw(office: Office, unit: Unit, scheme: Scheme, known: Mapping[int, Known]) -> Drawing:
    candidates = []
    for id_, each in known.items():
        facts = plain(each.facts, scheme.asked)
        verdict = decide(scheme, facts, unit.today, office.calendar)
        candidates.append(Candidate(id_, each.entry.holder_index, verdict))
    assert scheme.drawn is not None
    yearly = scheme.drawn.per == "year"
    awarded = await unit.drawn.awarded(scheme.id, unit.today.year) if yearly else ()
    return draw(candidates, awarded)


def _set_aside(drawing: Drawing) -> list[dict[str, Any]]:
    rows = []
    for kind in ("left_out", "twice", "paid"):
        for each in getattr(drawing, kind):
            why = why_not(each.verdict) if each.verdict.truth is NO else None
            said = {"say": why.say, "cite": why.cite} if why else {"say": "", "cite": ""}
            rows.append({"entry": each.entry, "kind": kind, **said})
    return rows


def _place(scheme: Scheme, known: Known, candidate: Candidate) -> Place:
    verdict = candidate.verdict
    trace = [
        {"say": r.say, "cite": r.cite, "good": r.good.value, "fact": r.fact}
        for r in verdict.every_condition
    ]
    return Place(known.entry, verdict.due_fen if scheme.pays else None, known.facts, trace)


async def _enlist(
    unit: Unit, officer: Officer, running: Round, places: Sequence[Place], proof: str = ""
) -> None:
    """The book of acts holds no words somebody has typed: the proof lies with the file."""
    made = await unit.drawn.enlist(running, places)
    by = acting(officer)
    who = by.who
    on = f"round:{running.id}"
    await unit.acts.append(who, "draw_list" if not proof else "add_to_list", on, count=len(made))
    for line in made:
        await unit.acts.append(who, "listed", f"application:{line.id}", round=running.id)
        if proof:
            unit.passages.add(
                Passage(
                    application_id=line.id,
                    version=0,
                    stage=0,
                    move=LISTED,
                    officer_id=by.officer_id,
                    instead_of_id=by.other_id,
                    union_id=by.union_id,
                    reason={"note": proof},
                    at=unit.now,
                )
            )
    await unit.timers.set(FULL, running.id, unit.now)


def _round(scheme: Scheme, unit: Unit) -> Round:
    """Closed to everybody from the start."""
    return Round(
        scheme_id=scheme.id,
        scheme_version=scheme.version,
        year=unit.today.year,
        opens=unit.today,
        closes=unit.today,
        places=None,
        standing=False,
        at_once=True,
        taken=0,
        last_rank=0,
        state="reviewing",
        started_at=unit.now,
    )


def _occasion(scheme: Scheme, occasion: str) -> str:
    """Named where the scheme has a list on each occasion, empty where it has one a year."""
    occasion = occasion.strip()
    assert scheme.drawn is not None
    if len(occasion) > LONGEST_OCCASION:
        raise Unreadable("too_long", most=LONGEST_OCCASION)
    if bool(occasion) != (scheme.drawn.per == "occasion"):
        raise Unreadable("occasion")
    return occasion
