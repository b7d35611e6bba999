"""A question in plain words, at any moment: the best answer, others to choose from, or a person.

State: question, hits (ids of the schemes offered), about (the scheme last talked of), rejected (ids
that were not meant), tries.
"""

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from core.errors import NotFound
from core.finding.answering import Chosen
from core.finding.matters import PARTS, asks, matters
from core.finding.parts import overview
from core.finding.plain import bare, plain
from core.finding.wording import SMALL_TALK, Beyond
from core.rules import EVERYBODY
from core.scheme import Tier
from core.unanswered import masked
from handlers.answer_text import answered, named
from handlers.chat import Reply
from handlers.visit import Go, Offer, Outcome, Visit

if TYPE_CHECKING:
    from core.finding.finder import Heard, Hit

TRIES = 2  # 都不是 so often, then a person is named
SHORT = 8  # so few characters without any question in them name a scheme, to begin with it
BESIDE = 2  # so many of them may stand beside the name
PAST = re.compile(r"老办法|旧|以前|原来|当时|老的|20\d\d")  # asks for what is no longer in force
LONGEST_ASIDE = 40  # a longer text typed into a form is what was asked for there


async def begin(visit: Visit) -> Outcome:
    """Words that stand outside of any question of ours."""
    if not visit.text:
        return Go("menu")
    if scheme := _begun(visit):
        return _check(visit, scheme)
    state = visit.state if visit.talk.topic == "inquiry" else {}
    shown = state.get("hits", [])
    about = str(visit.state.get("scheme") or (shown[0] if shown else state.get("about", "")))
    if about and not PAST.search(plain(visit.text)):
        about = _now(visit, about)
    again = not shown  # the same wish in other words, as far as we can know
    rejected = list(state.get("rejected", [])) if again else []
    tries = int(state.get("tries", 0)) if again else 0
    heard = _hear(visit, about, rejected)
    if heard.beyond and heard.beyond is not Beyond.ELSEWHERE:
        return _replied(visit, heard.beyond, about)
    visit.go("inquiry", question=visit.text, hits=[], about=about, rejected=rejected, tries=tries)
    if not heard.understood:
        return await _not_found(visit)
    old = bool(PAST.search(plain(visit.text)))
    others = [hit for hit in heard.hits[1:] if old or not hit.bygone(visit.today)]
    visit.state["hits"] = [hit.scheme.id for hit in (heard.hits[0], *others)]
    return _show(visit, heard.hits[0])


async def proceed(visit: Visit) -> Outcome:
    """The answer once more, or the wish for other words."""
    hits = visit.state.get("hits")
    if not hits:
        return _again(visit)
    return _show(visit, visit.office.finder.answer(hits[0], visit.state["question"]))


async def answer(visit: Visit) -> Outcome:
    kind, _, value = visit.token.partition(":")
    match kind:
        case "menu" | "human" | "guide":
            return Go(kind)
        case "check":
            return Go("eligibility", value)
        case "page":
            return Go("scheme", value)
        case "answer":
            hits = visit.state["hits"]
            visit.state["hits"] = [value, *(hit for hit in hits if hit != value)]
            return await proceed(visit)
        case "neither":
            return await _neither(visit)
    return await begin(visit)


def instead(visit: Visit) -> str:
    """In the middle of something else: the answer to what is plainly a question, or nothing."""
    if not visit.text or not asks(plain(visit.text)) or visit.talk.reply.get("secret"):
        return ""
    heard = visit.office.finder.hear(visit.text, str(visit.state.get("scheme") or ""))
    if heard.beyond is Beyond.UNLAWFUL:
        return visit.say("finding.beyond.unlawful")
    return _told(visit, heard.hits[0]) if heard.understood else ""


def interrupts(visit: Visit) -> bool:
    """Whether a question was typed where any text would do as an answer."""
    free = visit.state.get("expects") in ("text", "name") and visit.talk.topic in FORMS
    return free and not visit.token and len(visit.text) <= LONGEST_ASIDE and _ends(visit.text)


def called(visit: Visit) -> Go | None:
    """Another scheme, where nothing but its name was typed as an answer that cannot be read."""
    if not visit.text or visit.token or visit.talk.topic not in FORMS:
        return None
    scheme = _begun(visit)
    return _check(visit, scheme) if scheme not in ("", visit.state.get("scheme")) else None


FORMS = frozenset({"eligibility", "application", "guide"})


def _ends(text: str) -> bool:
    return text.endswith(("?", "？", "吗", "呢", "怎么办", "咋办", "多少钱", "多久", "几天"))


def _begun(visit: Visit) -> str:
    """A name and nothing else begins the scheme it names."""
    said, there = plain(visit.text), visit.office.schemes.in_force(visit.today)
    if exactly := [scheme.id for scheme in there if plain(scheme.name) == said]:
        return exactly[0]
    after = any(matter in PARTS for matter in matters(said))
    if len(bare(said)) > SHORT or after or asks(said):
        return ""
    weights = {
        scheme.id: sum(len(word) for word in scheme.called if word.casefold() in said)
        for scheme in there
    }
    best = max(weights.values(), default=0)
    found = [scheme for scheme, weight in weights.items() if weight == best and best]
    return found[0] if len(found) == 1 and len(bare(said)) <= best + BESIDE else ""


def _hear(visit: Visit, about: str, rejected: list[str]) -> "Heard":
    heard = visit.office.finder.hear(visit.text, about)
    if not rejected:
        return heard
    hits = tuple(hit for hit in heard.hits if hit.scheme.id not in rejected)
    return replace(heard, hits=hits)


def _replied(visit: Visit, beyond: Beyond, about: str) -> Outcome:
    """Small talk is answered, and the talk goes on where it was."""
    said = visit.say(f"finding.beyond.{beyond}")
    if beyond not in SMALL_TALK or not visit.office.finder.knows(about):
        visit.note(said)
        return Go("menu")
    visit.go("inquiry", question=visit.text, hits=[about], rejected=[], tries=0)
    back = Offer("menu", visit.say("menu.back"))
    return visit.ask(said, [*_onward(visit, visit.office.finder.answer(about, "")), back])


def _onward(visit: Visit, hit: "Hit") -> list[Offer]:
    """What one can do with the scheme at hand."""
    page = Offer(f"page:{hit.scheme.id}", visit.say("finding.page"))
    if hit.scheme.eligibility == EVERYBODY or hit.bygone(visit.today):
        return [page]
    return [Offer(f"check:{hit.scheme.id}", visit.say("finding.check"), "primary"), page]


def _show(visit: Visit, hit: "Hit") -> Reply:
    say = visit.say
    offers = _onward(visit, hit)
    others = visit.state["hits"][1:]
    now = _now(visit, hit.scheme.id)
    if now != hit.scheme.id:
        others = [now, *(other for other in others if other != now)]
    for other in others:
        name = say.scheme(visit.office.schemes.versions(other)[-1].name)
        offers.append(Offer(f"answer:{other}", name))
    offers.append(Offer("neither", say("finding.neither")))
    offers.append(Offer("menu", say("menu.back")))
    return visit.ask(_told(visit, hit), offers)


def _told(visit: Visit, hit: "Hit") -> str:
    """The answer; of an old document also what came after it, of a past window that it is over."""
    say, scheme = visit.say, hit.scheme
    text = named(say, scheme, hit.chosen)
    if hit.bygone(visit.today):
        return _past(visit, hit)
    if scheme.window and scheme.window.over(visit.today) and isinstance(scheme.window.closes, date):
        return text + "\n" + say("finding.over", closes=say.day(scheme.window.closes, visit.today))
    return text


def _past(visit: Visit, hit: "Hit") -> str:
    """The file of a superseded scheme tells first since when it is, and what it is now."""
    say, old = visit.say, answered(visit.say, hit.chosen)
    first = next(iter(hit.scheme.answers), None)
    if hit.scheme.tier is not Tier.SUPERSEDED or first is None or first is hit.chosen.written:
        return named(say, hit.scheme, hit.chosen) + "\n" + say("finding.bygone")
    since = named(say, hit.scheme, Chosen(written=first))
    return "\n".join([since, say("finding.once"), old])


def _check(visit: Visit, scheme_id: str) -> Go:
    """What one gets, then the questions of a scheme that was only named."""
    scheme = visit.office.schemes.on(scheme_id, visit.today)
    visit.note(named(visit.say, scheme, Chosen(part=overview(scheme))))
    return Go("eligibility", scheme_id)


def _now(visit: Visit, scheme_id: str) -> str:
    """The scheme that stands in the place of one of the past, or itself."""
    try:
        now = visit.office.schemes.instead(scheme_id, visit.today).id
    except NotFound:
        return scheme_id
    return now if visit.office.finder.knows(now) else scheme_id


async def _neither(visit: Visit) -> Outcome:
    state = visit.state
    state["tries"] += 1
    state["rejected"] = [*state["rejected"], *state["hits"]]
    await _keep(visit, state["question"])
    if state["tries"] >= TRIES:
        return _person(visit)
    state.update(hits=[], about="")
    return _again(visit)


async def _not_found(visit: Visit) -> Outcome:
    visit.state["tries"] += 1
    await _keep(visit, visit.text)
    if visit.state["tries"] > TRIES:
        return _person(visit)
    offers = [
        Offer("guide", visit.say("menu.guide"), "primary"),
        Offer("human", visit.say("menu.human")),
        Offer("menu", visit.say("menu.back")),
    ]
    return visit.ask(visit.say("finding.beyond.elsewhere"), offers)


def _again(visit: Visit) -> Reply:
    offers = [
        Offer("human", visit.say("menu.human")),
        Offer("menu", visit.say("menu.back")),
    ]
    return visit.ask(visit.say("finding.again"), offers)


def _person(visit: Visit) -> Go:
    visit.note(visit.say("finding.give_up"))
    return Go("human")


async def _keep(visit: Visit, question: str) -> None:
    """For the officers, without what tells who asked."""
    await visit.unit.unanswered.note(masked(question))
