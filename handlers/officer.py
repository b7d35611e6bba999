"""The officers' side of the chat: connect with a code, take from the queue, post, find, stop.

State: page, and what that page needs. What is decided, and by whom, is checked by the same
clerks that serve the console.
"""

from collections.abc import Mapping

from handlers import (
    announcing,
    answering,
    besides,
    correcting,
    deciding,
    deputising,
    disqualifying,
    ending,
    finding,
    hats,
    investigating,
    leafing,
    naming,
    notice,
    reserving,
    standing_in,
    terminating,
    transferring,
)
from handlers.deciding import me
from handlers.pages import Page
from handlers.transfer import DECIDING
from handlers.visit import Go, Offer, Outcome, Visit


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
    page = _page(visit)
    match visit.token:
        case "home":
            return Go("menu")
        case "menu":
            return await menu(visit)
        case "next":
            return await leafing.next_one(visit)
        case "back" if page in BEFORE:
            visit.state["page"] = BEFORE[page]
            return await proceed(visit)
    return await PAGES[page].hear(visit)


async def menu(visit: Visit) -> Outcome:
    """Who you are here, what waits, and what can be done about it."""
    officer = await me(visit)
    visit.go("officer", page="menu")
    unit, say = visit.unit, visit.say
    waiting = await leafing.waiting(visit, officer)
    lists = await notice.ready(visit.office, unit, officer)
    objections = await investigating.open_before(unit, officer)
    going = await announcing.of(unit, officer)
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
    beside = await besides.before(visit, officer)
    standing = await standing_in.lines(visit.office, unit, officer, say)
    text = "\n".join([text, *besides.lines(say, beside), *standing])
    wanted = {"next": waiting, "list": waiting, "post": lists}
    wanted |= {"objections": objections or await finding.hanging(visit)}
    tokens = [token for token, found in (wanted | {"stop": going}).items() if found]
    tokens += beside
    tokens += ["record"] if await hats.unions(unit, officer, *DECIDING) else []
    tokens += ["standins"] if deputising.may(officer) else []
    offers = [Offer(token, say(f"procedure.menu.{token}")) for token in [*tokens, "help", "home"]]
    return visit.ask(text, offers)


async def _hear_menu(visit: Visit) -> Outcome:
    if visit.token in besides.TOPICS:
        return Go(besides.TOPICS[visit.token])
    match visit.token:
        case "list":
            return await leafing.show(visit)
        case "post":
            return await finding.lists(visit)
        case "objections":
            return await finding.objections(visit)
        case "stop":
            return await announcing.show(visit)
        case "record":
            return Go("recording")
        case "standins":
            return await deputising.show(visit)
        case "help":
            visit.note(
                visit.say("procedure.menu.help_text", url=f"{visit.office.public_url}/console")
            )
    return await menu(visit)


async def _hear_reserve(visit: Visit) -> Outcome:
    return await reserving.heard(visit) or await deciding.again(visit)


async def _hear_reserve_sure(visit: Visit) -> Outcome:
    if visit.token == "yes":
        return await deciding.decided(visit, reserving.decision(visit))
    return await reserving.sure(visit)


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
    "announcements": Page(announcing.show, announcing.hear),
    "standins": Page(deputising.show, deputising.hear),
    "standin_for": Page(deputising.whom, deputising.hear_whom),
    "standin_who": Page(deputising.who, deputising.hear_who),
    "standin_first": Page(deputising.first, deputising.hear_first),
    "standin_last": Page(deputising.last, deputising.hear_last),
    "standin_sure": Page(deputising.sure, deputising.hear_sure),
    "standin_end": Page(deputising.end_sure, deputising.hear_end),
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
    "return": Page(correcting.defects, correcting.hear_defects),
    "return_due": Page(correcting.due, correcting.hear_due),
    "return_why": Page(correcting.why, correcting.hear_why),
    "return_sure": Page(correcting.sure, correcting.hear_sure),
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
# One step back, with what was chosen before; the first page of each leads to where it began.
BEFORE = {
    "return_due": "return",
    "return_why": "return_due",
    "return_sure": "return_due",
    "reject_note": "reject",
    "reject_sure": "reject_note",
    "terminate_note": "terminate",
    "terminate_sure": "terminate_note",
    "disqualify_note": "disqualify",
    "disqualify_sure": "disqualify_note",
    "reserve_sure": "reserve",
    "transfer_why": "transfer",
    "transfer_sure": "transfer_why",
    "finding_reason": "finding",
    "finding_ground": "finding_reason",
    "finding_sure": "finding_reason",
    "third_why": "third",
    "third_sure": "third_why",
    "standin_for": "standins",
    "standin_who": "standins",
    "standin_first": "standin_who",
    "standin_last": "standin_first",
    "standin_sure": "standin_last",
    "standin_end": "standins",
}
