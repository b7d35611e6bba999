"""Deciding on one application in the chat: pass, reject, and the ways to everything else.

State: page, application, version (as it was shown), chosen (the conditions), note; and what
`handlers.answering` keeps.
"""

from collections.abc import Awaitable, Callable

from core import reading
from core.errors import AlreadyDecided, NotYours, Unreadable
from core.scheme import Scheme
from handlers import (
    answering,
    asking,
    besides,
    cards,
    disqualifying,
    reserving,
    review,
    terminating,
    ticking,
)
from handlers.bench import present, scheme_of
from handlers.card_text import application_text
from handlers.decisions import CardView, Decision, Reject, Yield
from handlers.returning import LONGEST_NOTE
from handlers.visit import Go, Offer, Outcome, Visit
from storage.outbox import CardShown
from storage.tables import Officer

Clerk = Callable[[Visit], Awaitable[Outcome]]


async def me(visit: Visit) -> Officer:
    """The officer this chat belongs to. Raises NotYours for one who has left."""
    officer = await visit.unit.officers.by_id(visit.talk.officer_id or 0)
    if officer is None:
        raise NotYours
    return await present(visit.unit, officer)


async def found(visit: Visit) -> Outcome:
    """The next thing officers have to find out, the sum, a word; then the decision itself."""
    if (each := await answering.next_fact(visit)) is not None:
        return answering.ask(visit, each)
    if visit.state["fen"] is None and (allowed := await answering.room(visit)) is not None:
        visit.state["page"] = "sum"
        return answering.ask_sum(visit, allowed)
    if visit.state["act"] == "enter":
        visit.state["page"] = "enter_note"
        return await answering.ask_note(visit)
    if (await _view(visit)).undertaking:
        visit.state["page"] = "undertake"
        return await undertake(visit)
    return await decided(visit, await answering.passed(visit))


async def hear_found(visit: Visit) -> Outcome:
    each = await answering.next_fact(visit)
    if visit.token == asking.BACK or each is None:
        return await again(visit)
    if not answering.hear(visit, each):
        return answering.ask(visit, each, explained=True)
    return await found(visit)


async def hear_sum(visit: Visit) -> Outcome:
    """Above what is given in principle, the province says why."""
    if visit.token == "back":
        return await again(visit)
    allowed = await answering.room(visit)
    visit.state["fen"] = reading.read_money(visit.text)
    if allowed is None or not await answering.wants_why(visit, allowed, await me(visit)):
        return await found(visit)
    visit.state["page"] = "sum_why"
    return answering.ask_why(visit)


async def hear_why(visit: Visit) -> Outcome:
    if visit.token == "back":
        return await again(visit)
    visit.state["why"] = answering.heard_note(visit)
    return await found(visit)


async def from_card(visit: Visit, shown: CardShown, choice: int) -> Outcome:
    """A button of a card: what it offered follows from the version it showed."""
    view = await review.card(visit.office, visit.unit, await me(visit), shown.ref)
    if view.version != shown.version:
        raise AlreadyDecided
    if view.bar is not None:
        raise view.bar
    action = dict(enumerate((*view.may, *view.also))).get(choice, "")
    return await _choose(visit, view, action)


async def show(visit: Visit, application_id: int) -> Outcome:
    """The application with everything that is known, and what may be done."""
    officer = await me(visit)
    view = await review.card(visit.office, visit.unit, officer, application_id)
    visit.go("officer", page="card", application=view.id, version=view.version)
    say = visit.say
    if view.bar is not None:
        visit.note(say.refusal(view.bar))
    offers = [Offer(each, say(f"procedure.button.{each}"), cards.TONES[each]) for each in view.may]
    offers += [Offer(each, say(f"procedure.button.{each}")) for each in view.also]
    at_once = await besides.about(visit, view, officer)
    offers += [Offer(each, say(f"procedure.menu.{each}"), "primary") for each in at_once]
    console = cards.console(visit.office, view.id)
    offers += [
        Offer("open", say("procedure.button.open"), url=console),
        Offer("next", say("procedure.menu.next")),
        Offer("menu", say("procedure.menu.back")),
    ]
    return visit.ask(application_text(say, view, visit.today), offers)


async def again(visit: Visit) -> Outcome:
    return await show(visit, visit.state["application"])


async def hear_card(visit: Visit) -> Outcome:
    if visit.token in besides.TOPICS:
        return Go(besides.TOPICS[visit.token], f"{visit.token} {visit.state['application']}")
    view = await _view(visit)
    if view.version != visit.state["version"] or visit.token not in (*view.may, *view.also):
        return await again(visit)
    return await _choose(visit, view, visit.token)


async def undertake(visit: Visit) -> Outcome:
    view, say = await _view(visit), visit.say
    text = say("procedure.undertake", number=view.number, text=say.scheme(view.undertaking))
    return visit.ask(text, [ticking.yes(visit, "procedure.button.undertake"), ticking.back(visit)])


async def conditions(visit: Visit) -> Outcome:
    """Every condition and limit, to say which of them fails."""
    say = visit.say
    found = (await _view(visit)).by_fact
    offers = [ticking.toggle(visit, f"fact:{each.fact}", say.scheme(each.say)) for each in found]
    return visit.ask(say("procedure.reject.what"), [*offers, *ticking.done(visit)])


async def hear_conditions(visit: Visit) -> Outcome:
    return await toggled(visit, conditions, "reject_note", note)


async def note(visit: Visit) -> Outcome:
    skip = Offer("skip", visit.say("procedure.button.skip"))
    text = visit.say("procedure.reject.note")
    return visit.ask(text, [skip, ticking.back(visit)], expects="text")


async def hear_note(visit: Visit) -> Outcome:
    if visit.token != "skip" and not visit.text:
        raise Unreadable("text")
    if len(visit.text) > LONGEST_NOTE:
        raise Unreadable("too_long", most=LONGEST_NOTE)
    visit.state.update(page="reject_sure", note="" if visit.token == "skip" else visit.prose)
    return await reject_sure(visit)


async def reject_sure(visit: Visit) -> Outcome:
    say, facts = visit.say, ticking.facts(visit)
    found = (await _view(visit)).by_fact
    lines = [f"✗ {say.scheme(each.say)}" for each in found if each.fact in facts]
    lines += [visit.state["note"]] if visit.state["note"] else []
    text = say("procedure.reject.sure", reasons="\n".join(lines))
    yes = ticking.yes(visit, "procedure.button.reject_yes", "danger")
    return visit.ask(text, [yes, ticking.back(visit)])


async def hear_reject(visit: Visit) -> Outcome:
    if visit.token != "yes":
        return await reject_sure(visit)
    return await decided(visit, Reject(ticking.facts(visit), visit.state["note"]))


async def _choose(visit: Visit, view: CardView, action: str) -> Outcome:
    """The first page of a decision, or the decision itself where nothing is to be said first."""
    about = {"application": view.id, "version": view.version, "chosen": []}
    match action:
        case "transfer":
            return Go("transferring", f"{view.id} {view.version}")
        case "yield":
            visit.state.update(about)
            return await decided(visit, Yield())
        case "pass" | "enter":
            answering.begin(visit, view, action)
            return await found(visit)
        case "inspect" | "attach":
            return Go("inspecting", f"{view.id} {view.version} {action}")
        case "identify":
            return Go("identifying", f"{view.id} {view.version}")
        case "hear":
            return Go("confronting", f"{view.id} {view.version}")
        case "assign":
            return Go("assigning", f"{view.id} {view.version}")
        case "reserve":
            return await reserving.begin(visit, view.id, view.version)
        case "return":
            visit.go("officer", page="return", **about)
            return Go("present")
        case "terminate":
            return await terminating.begin(visit, view)
        case "disqualify":
            return await disqualifying.begin(visit, view)
        case "reject":
            visit.go("officer", page="reject", **about)
            return await conditions(visit)
    return await show(visit, view.id)


async def decided(visit: Visit, decision: Decision) -> Outcome:
    application = await review.decide(
        visit.office,
        await me(visit),
        visit.state["application"],
        visit.state["version"],
        decision,
        visit.unit,
    )
    done = type(decision).__name__.lower()
    visit.note(visit.say(f"procedure.decided.{done}", number=application.number))
    return Go("officer")


async def _view(visit: Visit) -> CardView:
    about = visit.state["application"]
    return await review.card(visit.office, visit.unit, await me(visit), about)


async def _scheme(visit: Visit) -> Scheme:
    application = await visit.unit.applications.by_id(visit.state["application"])
    return scheme_of(visit.office, application)


async def toggled(visit: Visit, here: Clerk, page: str, after: Clerk) -> Outcome:
    """One more chosen or let go, or on to the next page once something is chosen."""
    token, chosen = visit.token, visit.state["chosen"]
    if token == "back":
        return await again(visit)
    if token == "done" and chosen:
        visit.state["page"] = page
        return await after(visit)
    if ":" in token:
        left = [each for each in chosen if each != token]
        visit.state["chosen"] = left if token in chosen else [*chosen, token]
    return await here(visit)
