"""One scheme of the library: what it is, what one gets, which papers, how, and what people ask.

State: scheme, page ("", papers, how, questions, or answer:n).
"""

from core.errors import NotFound
from core.rules import EVERYBODY
from core.scheme import Scheme, Tier
from core.sums import sums, totals
from core.truth import UNKNOWN
from handlers import knowledge, listed
from handlers.chat import Reply
from handlers.scheme_text import cited, contacts, gains, papers, ways
from handlers.standing import Call, call
from handlers.verdict_text import standing_offer
from handlers.visit import Go, Offer, Outcome, Visit
from locales import Speaker

MOST_QUESTIONS = 8


async def begin(visit: Visit, scheme_id: str, page: str = "") -> Outcome:
    """The page of a scheme; of its successor where its document is no longer in force."""
    visit.go("scheme", scheme=scheme_id, page=page)
    return await proceed(visit)


async def proceed(visit: Visit) -> Outcome:
    try:
        scheme = visit.office.schemes.instead(visit.state["scheme"], visit.today)
    except NotFound:
        visit.note(visit.say("scheme.gone"))
        return Go("menu")
    if scheme.id != visit.state["scheme"]:
        visit.note(visit.say("scheme.instead", name=visit.say.scheme(scheme.name)))
        visit.state.update(scheme=scheme.id, page="")
    page, _, number = visit.state["page"].partition(":")
    match page:
        case "papers":
            return await _papers(visit, scheme)
        case "how":
            return await _how(visit, scheme)
        case "questions":
            return _questions(visit, scheme)
        case "answer" if int(number) < len(scheme.answers):
            return _answer(visit, scheme, int(number))
    return await _about(visit, scheme)


async def answer(visit: Visit) -> Outcome:
    match visit.token:
        case "check":
            return Go("eligibility", visit.state["scheme"])
        case "apply":
            return Go("application", visit.state["scheme"])
        case "menu":
            return Go("menu")
        case "":
            return Go("words")
    visit.state["page"] = visit.token.removeprefix("about")
    return await proceed(visit)


async def _about(visit: Visit, scheme: Scheme) -> Reply:
    say = visit.say
    facts = await knowledge.values(visit, scheme)
    lines = [say.scheme(scheme.name), _tier(say, scheme)]
    tracks = dict.fromkeys((b.track for b in scheme.gains if b.track), UNKNOWN)
    there = list(sums(scheme.gains, facts, visit.today, visit.calendar, tracks))
    found = gains(say, there, totals(scheme.ceilings, there), scheme.asked)
    if found:
        lines += ["", say("verdict.gains"), *found]
    lines += ["", source(say, scheme)]
    open_ = await call(visit.unit, scheme) if scheme.applied_for else None
    if scheme.drawn:
        lines.append(await listed.told(visit, scheme))
    elif scheme.runs:
        lines.append(standing_offer(say, open_, visit.today))
    return visit.ask("\n".join(lines), _offers(visit, scheme, open_))


def _offers(visit: Visit, scheme: Scheme, open_: Call | None) -> list[Offer]:
    say = visit.say
    offers = []
    if open_ and open_.left != 0 and scheme.eligibility == EVERYBODY:
        offers.append(Offer("apply", say("scheme.apply"), "primary"))
    if scheme.eligibility != EVERYBODY:
        offers.append(Offer("check", say("scheme.check"), "primary"))
    if scheme.tier is not Tier.ANSWER:
        offers.append(Offer("papers", say("scheme.papers")))
        offers.append(Offer("how", say("scheme.how")))
    if scheme.answers:
        offers.append(Offer("questions", say("scheme.questions")))
    return [*offers, Offer("menu", say("menu.back"))]


def source(say: Speaker, scheme: Scheme) -> str:
    """The document; one without a number goes by its title."""
    if scheme.source.document == scheme.source.title:
        return say("scheme.untitled", title=say.scheme(scheme.source.title))
    title = say.scheme(scheme.source.title)
    return say("scheme.in_force", document=scheme.source.document, title=title)


def _tier(say: Speaker, scheme: Scheme) -> str:
    if scheme.tier is Tier.CHECK and scheme.apply and scheme.apply.decided:
        return say("scheme.tier.check_decided", decided=say.scheme(scheme.apply.decided))
    who = say.scheme(scheme.apply.decides) if scheme.apply else say("body.authority")
    return say(f"scheme.tier.{scheme.tier}", who=who)


async def _papers(visit: Visit, scheme: Scheme) -> Reply:
    say, name = visit.say, visit.say.scheme(scheme.name)
    facts = await knowledge.values(visit, scheme)
    lines = papers(say, scheme, facts, visit.today, visit.calendar)
    if not lines:
        whom = contacts(say, scheme) or say("body.base_unit")
        return visit.ask(say("scheme.no_papers", contacts=whom), _back(visit))
    return visit.ask(say("scheme.papers_text", name=name, papers="\n".join(lines)), _back(visit))


async def _how(visit: Visit, scheme: Scheme) -> Reply:
    say, name = visit.say, visit.say.scheme(scheme.name)
    facts = await knowledge.values(visit, scheme)
    lines = ways(say, scheme, facts, visit.today, visit.calendar)
    return visit.ask(say("scheme.how_text", name=name, lines="\n".join(lines)), _back(visit))


def _questions(visit: Visit, scheme: Scheme) -> Reply:
    say = visit.say
    asked = [
        Offer(f"answer:{number}", say.scheme(each.ask[0]))
        for number, each in enumerate(scheme.answers[:MOST_QUESTIONS])
    ]
    text = say("scheme.questions_text", name=say.scheme(scheme.name))
    return visit.ask(text, [*asked, *_back(visit)])


def _answer(visit: Visit, scheme: Scheme, number: int) -> Reply:
    say, found = visit.say, scheme.answers[number]
    told = say("scheme.answered", answer=say.scheme(found.answer), cite=cited(say, found.cite))
    text = "\n\n".join([told, source(say, scheme)])
    others = [Offer("questions", say("scheme.questions"))] if len(scheme.answers) > 1 else []
    return visit.ask(text, [*others, *_back(visit)])


def _back(visit: Visit) -> list[Offer]:
    say = visit.say
    return [Offer("about", say("scheme.back"), "primary"), Offer("menu", say("menu.back"))]
