"""What can I apply for? Every scheme of the library against what one person has answered.

State: asker, theme, asked (the fact of the question on the table), trail, skipped (answered
不知道), look (who, theme, "" for the questions, results, why). What was answered is kept with the
person's other facts, so the check goes on where it was, today or another day.
"""

from datetime import date
from functools import lru_cache

from core.catalogue import Catalogue
from core.days import Calendar
from core.facts import plain
from core.guide import Asker, Found, Guide
from core.verdict import Facts
from handlers import asking, knowledge
from handlers.asking import BACK, UNKNOWN, WHY
from handlers.chat import Reply
from handlers.guide_text import results, why_not
from handlers.visit import Go, Offer, Outcome, Visit

SHOWN = 8  # buttons of schemes that fit


async def begin(visit: Visit) -> Outcome:
    visit.go("guide", asker="", theme="", asked="", trail=[], skipped=[], look="who")
    return await proceed(visit)


async def proceed(visit: Visit) -> Outcome:
    match visit.state["look"]:
        case "who":
            return _who(visit)
        case "theme":
            return _theme(visit)
    guide, facts = ready(visit), await _facts(visit)
    found = guide.find(facts)
    match visit.state["look"]:
        case "why":
            return _why(visit, found, facts)
        case "results":
            return await _results(visit, guide, found, facts)
    asked = visit.state["asked"] or guide.next_question(found, facts, visit.state["skipped"])
    if not asked:
        visit.state["look"] = "results"
        return await _results(visit, guide, found, facts)
    visit.state["asked"] = asked
    return _question(visit, guide, found, asked)


async def answer(visit: Visit) -> Outcome:
    kind, _, value = visit.token.partition(":")
    match kind:
        case "menu":
            return Go("menu")
        case "scheme":
            return Go("scheme", value)
        case "asker":
            visit.state.update(asker=value, look="theme")
        case "theme":
            visit.state.update(theme=value, asked="", trail=[], skipped=[], look="")
        case "look":
            visit.state.update(look=value)
        case "again":
            return await begin(visit)
        case "open":
            visit.state.update(look="", skipped=[], asked="")
        case _ if visit.state["look"] or not visit.state["asked"]:
            return Go("words")
        case _:
            return await _answered(visit)
    return await proceed(visit)


def ready(visit: Visit) -> Guide:
    """The schemes at hand, made ready for today."""
    asker, theme = Asker(visit.state["asker"]), visit.state["theme"]
    return _ready(visit.office.schemes, asker, theme, visit.today, visit.calendar)


@lru_cache(maxsize=64)  # as many as there are askers and themes, on one day
def _ready(schemes: Catalogue, asker: Asker, theme: str, today: date, calendar: Calendar) -> Guide:
    return Guide(schemes.known(today), asker, today, calendar, theme)


def _who(visit: Visit) -> Reply:
    say = visit.say
    offers = [Offer(f"asker:{asker}", say(f"guide.asker.{asker}")) for asker in Asker]
    return visit.ask(say("guide.who"), [*offers, Offer("menu", say("menu.back"))])


def _theme(visit: Visit) -> Reply:
    """What kind; where there is only one kind, the choice is made."""
    say, guide = visit.say, ready(visit)
    counted = guide.themes()
    if not counted:
        visit.note(say("guide.nothing"))
        return _who(visit)
    offers = [
        Offer(f"theme:{theme}", say(f"guide.theme.{theme}") + say("guide.count", count=count))
        for theme, count in counted.items()
    ]
    everything = say("guide.theme.all") + say("guide.count", count=len(guide.candidates))
    back = Offer("menu", say("menu.back"))
    return visit.ask(say("guide.theme"), [*offers, Offer("theme:", everything), back])


def _question(visit: Visit, guide: Guide, found: Found, fact: str, why: bool = False) -> Reply:
    total, done = len(guide.candidates), len(visit.state["trail"])
    settled, fits = total - len(found.open), len(found.fits)
    if done:
        visit.note(visit.say("guide.progress", settled=settled, total=total, fits=fits))
    look = [Offer("look:results", visit.say("guide.look"))] if done else []
    question = guide.questions[fact]
    left = {each for _, waiting in found.open for each in waiting} - {*visit.state["skipped"]}
    progress = (done + 1, done + len(left | {fact}))
    return asking.put(visit, question, progress=progress, explained=why, more=look)


async def _answered(visit: Visit) -> Outcome:
    guide, fact = ready(visit), visit.state["asked"]
    question = guide.questions.get(fact)
    if question is None:  # the books have changed since
        visit.state["asked"] = ""
        return await proceed(visit)
    match visit.token:
        case t if t == WHY:
            found = guide.find(await _facts(visit))
            return _question(visit, guide, found, fact, why=True)
        case t if t == BACK:
            return await _back(visit)
        case t if t == UNKNOWN:
            visit.state["skipped"].append(fact)
            knowledge.drop(visit, fact)
        case _:
            value = asking.read(visit, question)
            before = (await _facts(visit)).get(fact)
            knowledge.answer(visit, fact, value, before, guide.questions)
    visit.state["trail"] = [f for f in visit.state["trail"] if f != fact] + [fact]
    visit.state["asked"] = ""
    return await proceed(visit)


async def _back(visit: Visit) -> Outcome:
    if not visit.state["trail"]:
        visit.state.update(look="theme", asked="")
        return await proceed(visit)
    fact = visit.state["trail"].pop()
    visit.state["skipped"] = [f for f in visit.state["skipped"] if f != fact]
    visit.state["asked"] = fact
    return await proceed(visit)


async def _results(visit: Visit, guide: Guide, found: Found, facts: Facts) -> Reply:
    say = visit.say
    rest = guide.next_question(found, facts, visit.state["skipped"])
    text = results(say, found, facts, visit.today, visit.calendar, done=not rest)
    offers = [
        Offer(f"scheme:{scheme.id}", say.scheme(scheme.name), "primary")
        for scheme in found.fits[:SHOWN]
    ]
    if rest:
        offers.append(Offer("look:", say("guide.go_on"), "primary"))
    elif visit.state["skipped"] and found.open:
        offers.append(Offer("open", say("eligibility.answer_open")))
    if found.not_for_you:
        offers.append(Offer("look:why", say("guide.why_not")))
    offers += [Offer("again", say("guide.again")), Offer("menu", say("menu.back"))]
    return visit.ask(text, offers)


def _why(visit: Visit, found: Found, facts: Facts) -> Reply:
    say = visit.say
    text = why_not(say, found.not_for_you, facts, visit.today, visit.calendar)
    back = Offer("look:results", say("guide.results"), "primary")
    return visit.ask(text, [back, Offer("menu", say("menu.back"))])


async def _facts(visit: Visit) -> Facts:
    """What the person has said, here or about a single scheme, and what the roster says."""
    noted = visit.talk.facts | await knowledge.roster(visit)
    return plain(noted, ready(visit).questions)
