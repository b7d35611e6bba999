"""Consent before asking: what, why, how long; separately for the identity number.

Consent to the bank account is asked on its own page. State: then (where to go on), purpose.
"""

from hashlib import sha256

from handlers.chat import Reply
from handlers.visit import Go, Offer, Outcome, Visit

PURPOSES = ("general", "identity")


def wording(visit: Visit, purpose: str) -> str:
    """Names the text that was shown: another text asks again."""
    return sha256(visit.say(f"consent.{purpose}").encode()).hexdigest()


def wordings(visit: Visit, purpose: str) -> tuple[str, ...]:
    """The present text in each language: consent given in one holds in the other."""
    languages = ("zh_CN", "en")
    texts = (visit.office.speak(language)(f"consent.{purpose}") for language in languages)
    return tuple(sha256(text.encode()).hexdigest() for text in texts)


async def agreed(visit: Visit) -> bool:
    """Whether consent to everything asked in the chat is there.

    Somebody an officer answers for consents by confirming what was written down.
    """
    return bool(visit.draft) or await _missing(visit) is None


async def begin(visit: Visit, then: str) -> Outcome:
    visit.go("consent", then=then)
    return await proceed(visit)


async def proceed(visit: Visit) -> Outcome:
    purpose = await _missing(visit)
    if purpose is None:
        topic, _, told = visit.state["then"].partition(" ")
        return Go(topic, told)
    visit.state["purpose"] = purpose
    return ask(visit, purpose)


def ask(visit: Visit, purpose: str) -> Reply:
    say = visit.say
    return visit.ask(
        say(f"consent.{purpose}"),
        [
            Offer("agree", say("consent.agree"), "primary"),
            Offer("refuse", say("consent.refuse")),
            Offer("page", say("consent.page"), url=f"{visit.office.public_url}/privacy"),
        ],
    )


async def answer(visit: Visit) -> Outcome:
    match visit.token:
        case "agree":
            purpose = visit.state["purpose"]
            await given(visit, purpose)
            return await proceed(visit)
        case "refuse":
            visit.note(visit.say("consent.refused"))
            return Go("menu")
    visit.note(visit.say("consent.choose"))
    return await proceed(visit)


async def given(visit: Visit, purpose: str) -> None:
    text = wording(visit, purpose)
    await visit.unit.consents.give(visit.talk.id, purpose, text, visit.turn.channel)


async def to(visit: Visit, purpose: str) -> bool:
    """Whether consent to this purpose is there, or belongs to what an officer reads back."""
    return bool(visit.draft) or await _holds(visit, purpose)


async def _holds(visit: Visit, purpose: str) -> bool:
    consents, texts = visit.unit.consents, wordings(visit, purpose)
    return any([await consents.holds(visit.talk.id, purpose, text) for text in texts])


async def _missing(visit: Visit) -> str | None:
    for purpose in PURPOSES:
        if not await _holds(visit, purpose):
            return purpose
    return None
