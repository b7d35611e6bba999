"""Ask until the verdict is certain, then give it with the articles behind it.

State: scheme, asked (the fact of the question on the table), trail (facts answered here, in
order), skipped (answered 不知道), look (what is on the table instead of a question).
"""

from core.decision import Verdict, decide
from core.questions import next_question, not_for_a_chat
from core.scheme import Scheme
from core.truth import NO
from core.verdict import Facts, judge, open_facts
from handlers import asking, knowledge, listed
from handlers.asking import BACK, UNKNOWN, WHY
from handlers.chat import Reply
from handlers.scheme_text import elsewhere
from handlers.standing import Call, call
from handlers.verdict_text import standing_offer, told
from handlers.visit import Go, Offer, Outcome, Visit


async def begin(visit: Visit, scheme_id: str, fact: str = "") -> Outcome:
    """Start on a scheme, or come back to one `fact` of it.

    At the start, what is known from before is shown to be confirmed, not asked again.
    """
    visit.go("eligibility", scheme=scheme_id, asked=fact, trail=[], skipped=[], look="")
    facts = await knowledge.known(visit, here(visit))
    if not fact and any(kept["origin"] != "archive" for kept in facts.values()):
        visit.state["look"] = "known"
    return await proceed(visit)


async def judge_again(visit: Visit, scheme_id: str) -> Outcome:
    """Ask what is still open, or tell the verdict, without going over what is known."""
    visit.go("eligibility", scheme=scheme_id, asked="", trail=[], skipped=[], look="")
    return await proceed(visit)


def here(visit: Visit) -> Scheme:
    """The scheme at hand, in the version in force today."""
    return visit.office.schemes.on(visit.state["scheme"], visit.today)


async def proceed(visit: Visit) -> Reply:
    """The next thing to say: what we know, the next question, or the verdict."""
    match visit.state["look"]:
        case "known":
            return await _known(visit)
        case "answers":
            return await _answers(visit)
    scheme = here(visit)
    facts = await knowledge.values(visit, scheme)
    asked = visit.state["asked"] or _next(visit, scheme, facts)
    if not asked:
        return await _verdict(visit, scheme, facts)
    visit.state["asked"] = asked
    return _question(visit, scheme, asked, facts)


async def answer(visit: Visit) -> Outcome:
    token = visit.token
    match token:
        case "menu":
            return Go("menu")
        case "apply":
            return Go("application", visit.state["scheme"])
        case "page":
            return Go("scheme", visit.state["scheme"])
        case "right":
            visit.state["look"] = ""
            return await proceed(visit)
        case "answers":
            visit.state["look"] = "answers"
            return await proceed(visit)
        case "open":
            visit.state["skipped"] = []
            return await proceed(visit)
    if token.startswith("change:"):
        visit.state.update(look="", asked=token.removeprefix("change:"))
        return await proceed(visit)
    if not visit.state["asked"]:
        return Go("words")
    return await _answered(visit)


async def _answered(visit: Visit) -> Outcome:
    scheme, fact = here(visit), visit.state["asked"]
    question = scheme.asked[fact]
    match visit.token:
        case t if t == WHY:
            facts = await knowledge.values(visit, scheme)
            return _question(visit, scheme, fact, facts, explained=True)
        case t if t == BACK:
            return await _back(visit)
        case t if t == UNKNOWN:
            visit.state["skipped"].append(fact)
            knowledge.drop(visit, fact)
        case _:
            value = asking.read(visit, question)
            before = (await knowledge.values(visit, scheme)).get(fact)
            knowledge.answer(visit, fact, value, before, scheme.asked)
            if fact in visit.state["skipped"]:
                visit.state["skipped"].remove(fact)
    visit.state["trail"] = [f for f in visit.state["trail"] if f != fact] + [fact]
    visit.state["asked"] = ""
    return await proceed(visit)


async def _back(visit: Visit) -> Outcome:
    trail = visit.state["trail"]
    if not trail:
        return Go("menu")
    fact = trail.pop()
    visit.state["skipped"] = [f for f in visit.state["skipped"] if f != fact]
    visit.state["asked"] = fact
    return await proceed(visit)


def _next(visit: Visit, scheme: Scheme, facts: Facts) -> str:
    """The next fact to ask for: for the verdict, then for the sum. A limit of a known person is
    answered by what it compares."""
    skipped = visit.state["skipped"]
    passed = {*skipped, *not_for_a_chat(scheme.asked)}
    fact = next_question([scheme.rules], facts, visit.today, visit.calendar, passed)
    if fact is None:
        verdict = decide(scheme, facts, visit.today, visit.calendar)
        open_ = [*verdict.open, *_wished(scheme, verdict, facts)]
        return next((each for each in open_ if each not in passed), "")
    limit = next((limit for limit in scheme.limits if limit.fact == fact), None)
    if limit is None:
        return fact
    if visit.talk.worker_id is None:
        answered = scheme.earlier in facts or scheme.earlier in skipped
        return limit.fact if answered or not scheme.earlier else scheme.earlier
    return limit.needs if limit.needs not in skipped else ""


def _wished(scheme: Scheme, verdict: Verdict, facts: Facts) -> list[str]:
    """What warns or puts before others is asked of whoever may apply; and of whom it warns,
    whether it is eased for them."""
    if not verdict.enough or scheme.drawn:
        return []
    names = [fact for wish in scheme.soft for fact in wish.facts]
    for wish, found in zip(scheme.soft, verdict.soft, strict=True):
        names += wish.others if found.reason.good is NO else ()
    return [fact for fact in names if facts.get(fact) is None]


def _question(
    visit: Visit, scheme: Scheme, fact: str, facts: Facts, explained: bool = False
) -> Reply:
    finding = judge(scheme.rules, facts, visit.today, visit.calendar)
    open_ = {*open_facts(finding), fact}
    left = len(open_ - not_for_a_chat(scheme.asked))
    done = len(visit.state["trail"])
    return asking.put(
        visit, scheme.asked[fact], progress=(done + 1, done + left), explained=explained
    )


async def _verdict(visit: Visit, scheme: Scheme, facts: Facts) -> Reply:
    say, verdict = visit.say, decide(scheme, facts, visit.today, visit.calendar)
    text, open_ = told(say, scheme, verdict), None
    if verdict.enough:
        if scheme.drawn:
            text += "\n\n" + await listed.told(visit, scheme)
        elif scheme.runs:
            open_ = await call(visit.unit, scheme)
            text += "\n\n" + standing_offer(say, open_, visit.today)
        else:
            text += "\n\n" + elsewhere(say, scheme, facts, visit.today, visit.calendar)
    return visit.ask(text, _after(visit, verdict, open_))


def _after(visit: Visit, verdict: Verdict, open_: Call | None) -> list[Offer]:
    say = visit.say
    offers = []
    if open_:
        offers.append(Offer("apply", say("eligibility.apply"), "primary"))
    if visit.state["skipped"] and verdict.open:
        offers.append(Offer("open", say("eligibility.answer_open"), "primary"))
    offers.append(Offer("answers", say("eligibility.answers")))
    offers.append(Offer("page", say("scheme.about")))
    offers.append(Offer("menu", say("menu.back")))
    return offers


async def _known(visit: Visit) -> Reply:
    """What we remember, to be confirmed instead of asked again."""
    text, _ = await _listed(visit)
    return visit.ask(
        visit.say("eligibility.known", facts=text),
        [
            Offer("right", visit.say("eligibility.right"), "primary"),
            Offer("answers", visit.say("eligibility.changed")),
        ],
    )


async def _answers(visit: Visit) -> Reply:
    """Every fact with its origin and why it is asked; those of the person can be changed."""
    text, offers = await _listed(visit, why=True)
    done = Offer("right", visit.say("eligibility.right_now"), "primary")
    return visit.ask(visit.say("eligibility.review", facts=text), [*offers, done])


async def _listed(visit: Visit, why: bool = False) -> tuple[str, list[Offer]]:
    scheme, say = here(visit), visit.say
    lines, offers = [], []
    for fact, kept in (await knowledge.known(visit, scheme)).items():
        question = scheme.asked[fact]
        name = say.scheme(question.name)
        value = asking.shown(visit, scheme, fact, kept["value"])
        origin = say(f"origin.{kept['origin']}")
        lines.append(say("eligibility.fact", name=name, value=value, origin=origin))
        if why:
            lines.append(say("eligibility.fact_why", why=say.scheme(question.why)))
        if kept["origin"] == "worker":
            offers.append(Offer(f"change:{fact}", say("eligibility.change", name=name)))
    return "\n".join(lines), offers
