"""The greeting, the main menu, help, language, and whom to call."""

from handlers.chat import Reply
from handlers.visit import Go, Offer, Outcome, Visit
from locales import LANGUAGES


async def start(visit: Visit) -> Outcome:
    """/start, perhaps with the id of a scheme or an officer's code behind it."""
    wanted = visit.turn.argument
    if wanted.startswith("o_"):
        return Go("officer", wanted.removeprefix("o_"))
    if wanted in visit.office.schemes.ids:
        return Go("eligibility", wanted)
    return await greet(visit)


async def greet(visit: Visit) -> Reply:
    """Three choices: the two subsidies, and everything else; a fourth for an officer."""
    visit.go("menu", page="greeting")
    say = visit.say
    schemes = visit.office.schemes.in_force(visit.today)
    first = [scheme for scheme in reversed(schemes) if scheme.ranks][:2]
    offers = [Offer(f"scheme:{s.id}", say.scheme(s.name), "primary") for s in first]
    desk = [Offer("officer", say("menu.officer"))] if visit.talk.officer_id is not None else []
    return visit.ask(say("menu.greeting"), [*offers, Offer("more", say("menu.more")), *desk])


async def answer(visit: Visit) -> Outcome:
    """A pressed choice, or words that ask for something."""
    token = visit.token
    if token.startswith("scheme:"):
        return Go("eligibility", token.removeprefix("scheme:"))
    if token.startswith("speak:"):
        visit.talk.language = token.removeprefix("speak:")
        return await greet(visit)
    match token:
        case "guide":
            return Go("guide")
        case "more":
            return await more(visit)
        case "status":
            return Go("status")
        case "language":
            return await languages(visit)
        case "human":
            return await human(visit)
        case "handover":
            return Go("handover")
        case "privacy" | "officer" | "noticeboard":
            return Go(token)
        case "menu":
            return await greet(visit)
    return Go("words") if visit.text else await greet(visit)


async def more(visit: Visit) -> Reply:
    visit.go("menu", page="more")
    say = visit.say
    return visit.ask(
        say("menu.more_text"),
        [
            Offer("guide", say("menu.guide"), "primary"),
            Offer("status", say("menu.status"), "primary"),
            Offer("noticeboard", say("menu.notices")),
            Offer("human", say("menu.human")),
            Offer("privacy", say("menu.privacy")),
            Offer("language", say("menu.language")),
            Offer("menu", say("menu.back")),
        ],
    )


async def help_(visit: Visit) -> Reply:
    visit.go("menu", page="help")
    return visit.ask(
        visit.say("menu.help"),
        [
            Offer("menu", visit.say("menu.back"), "primary"),
            Offer("human", visit.say("menu.human")),
        ],
    )


async def languages(visit: Visit) -> Outcome:
    """The choice of languages; with one named, the present question in it."""
    if visit.turn.argument in LANGUAGES:
        visit.talk.language = visit.turn.argument
        return Go("present")
    visit.go("menu", page="language")
    offers = [Offer(f"speak:{code}", name) for code, name in LANGUAGES.items()]
    return visit.ask(visit.say("menu.which_language"), offers)


async def human(visit: Visit) -> Reply:
    """Whom to call: one's own unit first, then the unions above it, then the offices."""
    at_hand = {key: visit.state[key] for key in ("scheme", "hits") if key in visit.state}
    visit.go("menu", page="human", **at_hand)
    say = visit.say
    bodies = await visit.unit.unions.contacts(visit.talk.worker_id)
    lines = [say("menu.contact", name=body.name, contact=body.contact) for body in bodies]
    return visit.ask(
        say("menu.human_text", contacts="\n".join(lines)),
        [
            Offer("handover", say("menu.handover"), "primary"),
            Offer("menu", say("menu.back")),
        ],
    )
