"""The officers' side of the chat: connect with a code, take from the queue, post, find, stop.

State: page, and what that page needs. What is decided, and by whom, is checked by the same
clerks that serve the console.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from core.errors import AlreadyDecided
from handlers import (
    answering,
    bench,
    cards,
    deciding,
    disqualifying,
    ending,
    finding,
    inspection,
    leafing,
    naming,
    notice,
    reserving,
    review,
    standing_in,
    terminating,
    transferring,
)
from handlers.deciding import me
from handlers.transfer import DECIDING
from handlers.visit import Go, Offer, Outcome, Visit
from storage.outbox import CardShown

Clerk = Callable[[Visit], Awaitable[Outcome]]


@dataclass(frozen=True)
class Page:
    """`show` asks the page's question, `hear` takes the answer."""

    show: Clerk
    hear: Clerk


async def begin(visit: Visit, code: str = "") -> Outcome:
    """/officer, perhaps with a code behind it."""
    kind, _, about = code.partition(" ")
    if kind == "show" and visit.talk.officer_id is not None:
        return await deciding.show(visit, int(about))
    code = code or visit.turn.argument
    if code:
        return await _connect(visit, code)
    if visit.talk.officer_id is None:
        visit.go("officer", page="code")
        return await proceed(visit)
    return await menu(visit)


async def proceed(visit: Visit) -> Outcome:
    return await PAGES[_page(visit)].show(visit)


async def answer(visit: Visit) -> Outcome:
    """What the person pressed or typed, on the page at hand."""
    match visit.token:
        case "home":
            return Go("menu")
        case "menu":
            return await menu(visit)
        case "next":
            return await _next(visit)
    return await PAGES[_page(visit)].hear(visit)


async def tapped(visit: Visit) -> Outcome | None:
    """A button under a card; None for a card that is not this person's."""
    tap = visit.turn.tap
    shown = await visit.unit.outbox.shown(tap.card) if tap else None
    if shown is None or tap is None:
        return None
    match shown.kind:
        case "notice":
            return Go("objecting", str(shown.ref))
        case "oral" if visit.talk.worker_id:
            return Go("confirming", f"{shown.ref} {shown.version} {tap.choice}")
        case cards.CORRECTION if visit.talk.worker_id:
            return Go("status") if shown.closed else Go("correction", str(shown.ref))
        case cards.DUTY if visit.talk.worker_id:
            return Go("status") if shown.closed else Go("reporting", str(shown.ref))
    if visit.talk.officer_id is None or shown.kind in (cards.CORRECTION, cards.DUTY):
        return None
    if shown.closed:
        raise AlreadyDecided
    return await _answer_card(visit, shown, tap.choice)


async def _answer_card(visit: Visit, shown: CardShown, choice: int) -> Outcome | None:
    match shown.kind:
        case cards.APPLICATION:
            return await deciding.from_card(visit, shown, choice)
        case cards.POSTING:
            return await finding.from_posting(visit, shown)
        case cards.OBJECTION:
            return await finding.from_objection(visit, shown, choice)
        case cards.TRANSFER:
            return await naming.from_card(visit, shown, choice)
        case cards.INSPECTION:
            return await _confirmed(visit, shown)
    return None


async def _confirmed(visit: Visit, shown: CardShown) -> Outcome:
    officer = await me(visit)
    there = await inspection.confirm(visit.office, officer, shown.ref, visit.unit)
    visit.note(visit.say("steps.inspect.thanks", number=there.number))
    return await menu(visit)


async def menu(visit: Visit) -> Outcome:
    """Who you are here, what waits, and what can be done about it."""
    officer = await me(visit)
    visit.go("officer", page="menu")
    unit, say = visit.unit, visit.say
    waiting = await leafing.waiting(visit, officer)
    lists = await notice.ready(visit.office, unit, officer)
    objections = await finding.open_objections(unit, officer)
    going = await unit.notices.announcements(officer.union_id)
    union = await unit.unions.by_id(officer.union_id)
    text = say(
        "procedure.menu.text",
        name=officer.name,
        union=union.name,
        role=say(f"role.{officer.role}"),
        waiting=waiting,
        lists=len(lists),
        objections=len(objections),
    )
    text = "\n".join([text, *await standing_in.lines(visit.office, unit, officer, say)])
    wanted = {"next": waiting, "list": waiting, "post": lists}
    wanted |= {"objections": objections or await finding.hanging(visit)}
    tokens = [token for token, found in (wanted | {"stop": going}).items() if found]
    tokens += ["record"] if officer.role in DECIDING else []
    offers = [Offer(token, say(f"procedure.menu.{token}")) for token in [*tokens, "help", "home"]]
    return visit.ask(text, offers)


async def _hear_menu(visit: Visit) -> Outcome:
    match visit.token:
        case "list":
            return await leafing.show(visit)
        case "post":
            return await finding.lists(visit)
        case "objections":
            return await finding.objections(visit)
        case "stop":
            return await _announcements(visit)
        case "record":
            return Go("recording")
        case "help":
            visit.note(
                visit.say("procedure.menu.help_text", url=f"{visit.office.public_url}/console")
            )
        case _:
            visit.note(visit.say("procedure.menu.choose"))
    return await menu(visit)


async def _next(visit: Visit) -> Outcome:
    """The one with the nearest date."""
    first = await review.queue(visit.office, visit.unit, await me(visit), limit=1)
    if not first.rows:
        visit.note(visit.say("procedure.menu.nothing"))
        return await menu(visit)
    return await deciding.show(visit, first.rows[0].id)


async def _hear_reserve(visit: Visit) -> Outcome:
    return await reserving.heard(visit) or await deciding.again(visit)


async def _hear_reserve_sure(visit: Visit) -> Outcome:
    if visit.token == "yes":
        return await deciding.decided(visit, reserving.decision(visit))
    return await (deciding.again(visit) if visit.token == "back" else reserving.sure(visit))


async def _announcements(visit: Visit) -> Outcome:
    """What is still being sent to the members, each with a way to stop it."""
    officer = await me(visit)
    visit.go("officer", page="announcements")
    say = visit.say
    going = await visit.unit.notices.announcements(officer.union_id)
    offers = [
        Offer(f"stop:{broadcast}", say("procedure.stop.one", until=hung.last_day), "danger")
        for broadcast, hung in going
    ]
    key = "procedure.stop.text" if going else "procedure.stop.none"
    return visit.ask(say(key), [*offers, Offer("menu", say("procedure.menu.back"))])


async def _hear_announcements(visit: Visit) -> Outcome:
    kind, _, number = visit.token.partition(":")
    if kind != "stop":
        return await _announcements(visit)
    officer = await me(visit)
    going = await visit.unit.notices.announcements(officer.union_id)
    if int(number) in {broadcast for broadcast, _ in going}:
        await visit.unit.broadcasts.stop(int(number))
        who = bench.acting(officer).who
        await visit.unit.acts.append(who, "stop_broadcast", f"broadcast:{number}")
    visit.note(visit.say("procedure.stop.done"))
    return await menu(visit)


async def _connect(visit: Visit, code: str) -> Outcome:
    """A code from the console makes this chat the officer's; five wrong ones lock for an hour."""
    key = f"officer:{visit.turn.channel}:{visit.turn.address}"
    await visit.unit.tries.check(key)
    officer = await visit.unit.codes.use("officer", code)
    if officer is None:
        await visit.unit.tries.wrong(key)
        visit.note(visit.say("procedure.code.wrong"))
        visit.go("officer", page="code")
        return await _code(visit)
    await visit.unit.tries.clear(key)
    visit.talk.officer_id = officer
    who = f"officer:{officer}"
    await visit.unit.acts.append(who, "connect_chat", who, door=visit.turn.channel)
    visit.note(visit.say("procedure.code.connected"))
    return await menu(visit)


async def _code(visit: Visit) -> Outcome:
    home = Offer("home", visit.say("procedure.menu.home"))
    return visit.ask(visit.say("procedure.code.ask"), [home], expects="text", secret=True)


async def _hear_code(visit: Visit) -> Outcome:
    return await _connect(visit, visit.text) if visit.text else await _code(visit)


def _page(visit: Visit) -> str:
    page: str = visit.state.get("page", "menu")
    return page if visit.talk.officer_id is not None else "code"


PAGES: Mapping[str, Page] = {
    "code": Page(_code, _hear_code),
    "menu": Page(menu, _hear_menu),
    "list": Page(leafing.show, leafing.hear),
    "announcements": Page(_announcements, _hear_announcements),
    "card": Page(deciding.again, deciding.hear_card),
    "found": Page(deciding.found, deciding.hear_found),
    "sum": Page(deciding.found, deciding.hear_sum),
    "sum_why": Page(deciding.found, deciding.hear_why),
    "post_days": Page(finding.post_days, finding.hear_days),
    "enter_note": Page(answering.ask_note, ending.hear_enter),
    "undertake": Page(deciding.undertake, ending.hear_undertake),
    "transfer": Page(transferring.where, transferring.hear_where),
    "transfer_why": Page(transferring.why, transferring.hear_why),
    "transfer_sure": Page(transferring.sure, transferring.hear_sure),
    "third": Page(naming.where, naming.hear_where),
    "third_why": Page(naming.why, naming.hear_why),
    "third_sure": Page(naming.sure, naming.hear_sure),
    "return": Page(deciding.defects, deciding.hear_defects),
    "return_due": Page(deciding.due, deciding.hear_due),
    "return_sure": Page(deciding.return_sure, deciding.hear_return),
    "disqualify": Page(disqualifying.ask, ending.hear_cheat),
    "disqualify_note": Page(disqualifying.note, ending.hear_found_out),
    "disqualify_sure": Page(disqualifying.sure, ending.hear_disqualify),
    "terminate": Page(terminating.grounds, ending.hear_ground),
    "terminate_note": Page(terminating.note, ending.hear_end),
    "terminate_sure": Page(terminating.sure, ending.hear_terminate),
    "reject": Page(deciding.conditions, deciding.hear_conditions),
    "reject_note": Page(deciding.note, deciding.hear_note),
    "reject_sure": Page(deciding.reject_sure, deciding.hear_reject),
    "reserve": Page(reserving.ask, _hear_reserve),
    "reserve_sure": Page(reserving.sure, _hear_reserve_sure),
    "post": Page(finding.lists, finding.hear_lists),
    "post_sure": Page(finding.post_sure, finding.hear_post),
    "objections": Page(finding.objections, finding.hear_objections),
    "finding": Page(finding.finding, finding.hear_finding),
    "finding_reason": Page(finding.reason, finding.hear_reason),
    "finding_ground": Page(finding.cheating, finding.hear_cheating),
    "finding_sure": Page(finding.finding_sure, finding.hear_sure),
}
