"""One application: what was answered, what holds, which papers, what was done, what may be done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from starlette.responses import Response

from admin import heard
from admin.found import read_found, read_sum
from admin.pages import page, to
from admin.reasons import step_lines
from admin.seats import Form, Id, Seat, Seated
from admin.sent import Sent
from core.duties import LATEST as DUTY_LATEST
from core.errors import Unreadable
from core.inspection import LONGEST_FINDINGS
from core.jurisdiction import Node
from core.scheme import Scheme
from core.transfer import CITY
from core.workflow import State
from handlers import disqualifying, inspection, returning, review, transfer, tribunal
from handlers import owed_duties as owed
from handlers.answering import room_text
from handlers.bench import scheme_of
from handlers.card_text import beside, earlier_lines, on_the_list, shown, softly, standing_for
from handlers.decisions import (
    CardView,
    Decision,
    Defect,
    Disqualify,
    Enter,
    PaperLine,
    Pass,
    Reject,
    Reserve,
    Return,
    Terminate,
    Yield,
)
from handlers.returning import LATEST, LONGEST_NOTE
from handlers.scheme_text import gains
from handlers.whereabouts import following
from storage.unit import Unit

USUAL_DAYS = timedelta(days=10)  # proposed for a correction; the officer sets the date


@dataclass(frozen=True)
class Item:
    """Something that can be found wanting: `name` is its field in the form."""

    name: str
    what: str


async def application(seat: Seated, application_id: Id, done: str = "") -> Response:
    async with seat.office.reading() as unit:
        view, scheme = await card(seat, unit, application_id)
        free = await _companions(seat, unit, view, "inspect")
        carriers = await _companions(seat, unit, view, "assign")
        duties = await owed.lines(seat.office, unit, seat.officer, application_id)
        row = await unit.applications.by_id(application_id)
        asked = bool(await returning.requests(unit, row))
        over = returning.over(seat.office, row, seat.say)
        plea = await heard.shown(seat, unit, row, acts=bool(view.may))
    say = seat.say
    return page(
        seat,
        "application.html",
        view=view,
        scheme=scheme,
        facts=[(line, shown(say, line)) for line in view.facts],
        standing_for=[*standing_for(say, view), *on_the_list(say, view)],
        softly=softly(say, view),
        gains=gains(say, view.sums, view.totals, view.asked),
        papers=by_slot(view.papers),
        steps=[(step, step_lines(say, scheme, step.reason)) for step in view.steps],
        items=_items(say.scheme, scheme),
        tomorrow=seat.today + timedelta(days=1),
        latest=seat.today + LATEST,
        usual=seat.today + USUAL_DAYS,
        longest=LONGEST_NOTE,
        asked=asked,
        over=over,
        bar=say.refusal(view.bar) if view.bar else "",
        places=await _places(seat, view),
        earlier=earlier_lines(say, view),
        room=room_text(say, view.room) if view.room else "",
        done=done,
        companions=free,
        carriers=carriers,
        longest_findings=LONGEST_FINDINGS,
        duties=duties,
        plea=plea,
        grounds=bool(tribunal.grounds(scheme)),
        cheating=disqualifying.grounds(scheme),
        latest_duty=seat.today + DUTY_LATEST,
        beside=beside,
        coming=following(say, scheme, view.coming) if view.state == State.IN_STAGE else [],
    )


async def _companions(seat: Seat, unit: Unit, view: CardView, wanted: str) -> list[tuple[int, str]]:
    """Whom this officer can name as having gone along, or to carry it, where either is wanted."""
    if wanted not in view.also:
        return []
    row = await unit.applications.by_id(view.id)
    there = await inspection.companions(seat.office, unit, row)
    others = [each for each in there if wanted == "assign" or each.id != seat.officer.id]
    return [(each.id, each.name) for each in others]


async def decide(seat: Seated, sent: Form, application_id: Id) -> Response:
    """`version` is the one the page was made from: a stale page says who was faster."""
    version = sent.number("version")
    async with seat.office.reading() as unit:
        view, _ = await card(seat, unit, application_id)  # nobody else hears how far it has come
    decision = read_decision(sent, view)
    await review.decide(seat.office, seat.officer, application_id, version, decision)
    return to(f"/console/applications/{application_id}", done=sent.raw("decision"))


async def _places(seat: Seat, view: CardView) -> list[tuple[str, list[Node]]]:
    """The unions it may be handed to, under the name of their prefecture or line."""
    if "transfer" not in view.may:
        return []
    async with seat.office.reading() as unit:
        row = await unit.applications.by_id(view.id)
        open_ = await transfer.targets(seat.office, unit, row)
        names = await unit.unions.names(*{node.parent or node.id for node in open_})
    groups: dict[str, list[Node]] = {}
    for node in open_:
        top = node.name if node.level in CITY else names.get(node.parent or 0, node.name)
        groups.setdefault(top, []).append(node)
    return list(groups.items())


async def card(seat: Seat, unit: Unit, application_id: int) -> tuple[CardView, Scheme]:
    """What this officer may see of it. Raises NotFound, OutsideJurisdiction."""
    view = await review.card(seat.office, unit, seat.officer, application_id)
    row = await unit.applications.by_id(application_id)
    return view, scheme_of(seat.office, row)


def read_decision(sent: Sent, view: CardView) -> Decision:
    """Raises Unreadable."""
    match sent.raw("decision"):
        case "pass":
            found, note = read_found(sent, view.open), sent.lines("note", LONGEST_NOTE)
            return Pass(sent.ticked("undertaking"), found, note, read_sum(sent))
        case "enter":
            found, note = read_found(sent, view.open), sent.told("note", LONGEST_NOTE)
            return Enter(note, found, read_sum(sent))
        case "return":
            items = tuple(_defect(sent, name) for name in sent.all("item"))
            return Return(items, sent.day("due"), sent.lines("why", LONGEST_NOTE))
        case "yield":
            return Yield()
        case "disqualify":
            return Disqualify(sent.number("ground", 0), sent.told("note", LONGEST_NOTE))
        case "terminate":
            return Terminate(sent.number("ground", 0), sent.told("note", LONGEST_NOTE))
        case "reserve":
            return Reserve(sent.number("rank"), sent.lines("note", LONGEST_NOTE))
        case "reject":
            return Reject(tuple(sent.all("fact")), sent.lines("note", LONGEST_NOTE))
        case _:
            raise Unreadable("choice")


def by_slot(papers: Sequence[PaperLine]) -> list[tuple[str, list[PaperLine]]]:
    """The pages of each paper, in the order of the checklist."""
    return [(what, list(pages)) for what, pages in groupby(papers, lambda paper: paper.what)]


def _items(words: Callable[[str], str], scheme: Scheme) -> list[Item]:
    papers = [Item(f"slot:{n}", words(slot.what)) for n, slot in enumerate(scheme.slots)]
    return papers + [Item(f"fact:{f}", words(q.name)) for f, q in scheme.questions.items()]


def _defect(sent: Sent, name: str) -> Defect:
    kind, _, which = name.partition(":")
    note = sent.lines(f"note:{name}", LONGEST_NOTE)
    if kind == "slot" and which.isascii() and which.isdecimal() and len(which) < 4:
        return Defect(slot=int(which), note=note)
    if kind == "fact":
        return Defect(fact=which, note=note)
    raise Unreadable("choice")
