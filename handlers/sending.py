"""The review screen, the undertaking of truthfulness, the submission, and the receipt.

State: scheme, look (summary, change, undertaking).
"""

from core.decision import decide
from core.errors import NotEligible, NotFound, PapersMissing
from core.people import normal_certificate
from core.scheme import Scheme, StageKind
from core.truth import YES
from handlers import asking, knowledge, limits
from handlers.application import running_round
from handlers.chat import Reply
from handlers.visit import Go, Offer, Outcome, Submission, Visit
from storage.admission import Admitted, Ticket
from storage.tables import Draft


async def begin(visit: Visit, scheme_id: str) -> Outcome:
    visit.go("sending", scheme=scheme_id, look="summary")
    return await proceed(visit)


def here(visit: Visit) -> Scheme:
    return visit.office.schemes.on(visit.state["scheme"], visit.today)


async def proceed(visit: Visit) -> Outcome:
    match visit.state["look"]:
        case "change":
            return await _changes(visit)
        case "undertaking":
            return _undertaking(visit)
    return await _summary(visit)


async def answer(visit: Visit) -> Outcome:
    scheme = visit.state["scheme"]
    kind, _, what = visit.token.partition(":")
    match kind:
        case "undertake":
            visit.state["look"] = "undertaking"
        case "change":
            visit.state["look"] = "change"
        case "back":
            visit.state["look"] = "summary"
        case "fact":
            return Go("application", scheme, what)
        case "slot":
            return Go("papers", f"{scheme} {what}")
        case "later":
            visit.note(visit.say("papers.kept"))
            return Go("menu")
        case "send":
            return await _submission(visit)
        case _:
            visit.note(visit.say("sending.choose"))
    return await proceed(visit)


async def _summary(visit: Visit) -> Reply:
    """Every answer and every paper, before anything is sent."""
    scheme, say = here(visit), visit.say
    facts = await knowledge.known(visit, scheme)
    verdict = decide(scheme, await knowledge.values(visit, scheme), visit.today)
    lines = [
        say(
            "eligibility.fact",
            name=say.scheme(scheme.asked[fact].name),
            value=asking.shown(visit, scheme, fact, kept["value"]),
            origin=say(f"origin.{kept['origin']}"),
        )
        for fact, kept in facts.items()
    ]
    text = say(
        "sending.summary",
        name=say.scheme(scheme.name),
        amount=say.money(verdict.amount_fen or 0),
        facts="\n".join(lines),
        papers="\n".join(await _papers(visit, scheme)),
    )
    return visit.ask(
        text,
        [
            Offer("undertake", say("sending.go_on"), "primary"),
            Offer("change", say("sending.change")),
            Offer("later", say("papers.later")),
        ],
    )


async def _papers(visit: Visit, scheme: Scheme) -> list[str]:
    there = await visit.unit.drafts.papers((await _draft(visit, scheme)).id)
    counts = [sum(paper.slot == slot for paper in there) for slot in range(len(scheme.slots))]
    return [
        visit.say("sending.paper", what=visit.say.scheme(paper.what), count=count)
        for paper, count in zip(scheme.slots, counts, strict=True)
    ]


async def _changes(visit: Visit) -> Reply:
    scheme, say = here(visit), visit.say
    facts = await knowledge.known(visit, scheme)
    offers = [
        Offer(f"fact:{fact}", say.scheme(scheme.asked[fact].name))
        for fact, kept in facts.items()
        if kept["origin"] == "worker"
    ]
    offers += [Offer(f"slot:{i}", say.scheme(paper.what)) for i, paper in enumerate(scheme.slots)]
    offers.append(Offer("back", say("asking.back")))
    return visit.ask(say("sending.which"), offers)


def _undertaking(visit: Visit) -> Reply:
    scheme, say = here(visit), visit.say
    text = say(
        "sending.undertaking",
        text=say.scheme(scheme.undertaking),
        cite=say.article(scheme.undertaking_cite),
    )
    return visit.ask(
        text,
        [
            Offer("send", say("sending.send"), "primary"),
            Offer("back", say("sending.look_again")),
        ],
    )


async def _draft(visit: Visit, scheme: Scheme) -> Draft:
    assert visit.talk.worker_id is not None
    return await visit.unit.drafts.begin(visit.talk.worker_id, scheme.id)


async def _submission(visit: Visit) -> Submission:
    """Judged once more from our own records; the ticket holds all that is decided on."""
    scheme = here(visit)
    running = await running_round(visit, scheme)
    facts = await knowledge.known(visit, scheme)
    values = await knowledge.values(visit, scheme)
    verdict = decide(scheme, values, visit.today)
    if verdict.truth is not YES or verdict.amount_fen is None:
        raise NotEligible(verdict.failed or verdict.reasons)
    draft = await _draft(visit, scheme)
    there = {paper.slot for paper in await visit.unit.drafts.papers(draft.id)}
    missing = [p.what for i, p in enumerate(scheme.slots) if p.required and i not in there]
    if missing:
        raise PapersMissing(missing)
    draft.undertaken_at = visit.unit.now
    assert visit.talk.worker_id is not None
    member = await visit.unit.workers.by_id(visit.talk.worker_id)
    if member is None or member.identity_index is None:
        raise NotFound(worker=visit.talk.worker_id)
    await limits.check_debts(visit.unit, member.identity_index)
    number = values.get(scheme.certificate)
    vault = visit.office.vault
    return Submission(
        Ticket(
            round_id=running.id,
            scheme_id=scheme.id,
            scheme_version=scheme.version,
            worker_id=member.id,
            identity_index=member.identity_index,
            certificate_index=vault.index(normal_certificate(str(number)), "certificate")
            if number
            else None,
            draft_id=draft.id,
            base_union_id=member.union_id,
            year=visit.today.year,
            level=str(values[scheme.amount.by]),
            trade=str(values.get(scheme.trade, "")),
            amount_fen=verdict.amount_fen,
            facts=facts,
            trace=[
                {"say": r.say, "cite": r.cite, "good": r.good.value, "fact": r.fact}
                for r in verdict.every_condition
            ],
        )
    )


async def receipt(visit: Visit, admitted: Admitted) -> Reply:
    """Number, place, places left, and what comes next and by when."""
    if visit.state.get("scheme"):
        _settle_facts(visit, here(visit))
    say = visit.say
    application = await visit.unit.applications.by_id(admitted.application_id)
    scheme = visit.office.schemes.version(application.scheme_id, application.scheme_version)
    running = await visit.unit.rounds.by_id(application.round_id)
    first = next(stage for stage in scheme.stages if stage.stage is not StageKind.NOTICE)
    text = say(
        "sending.receipt" if admitted.fresh else "sending.already",
        name=say.scheme(scheme.name),
        number=admitted.number,
        rank=admitted.rank,
        left=admitted.places_left,
        amount=say.money(application.amount_fen),
        next=say.scheme(first.name),
        closes=say.day(running.closes, visit.today),
    )
    visit.go("status")
    return visit.ask(
        text,
        [
            Offer("show", say("menu.status"), "primary"),
            Offer("menu", say("menu.back")),
        ],
    )


def _settle_facts(visit: Visit, scheme: Scheme) -> None:
    """What belongs to this certificate stays with the application; the next one is asked anew."""
    gone = _own(scheme)
    visit.talk.facts = {f: kept for f, kept in visit.talk.facts.items() if f not in gone}


def _own(scheme: Scheme) -> set[str]:
    """The facts of the thing applied with: what the sum goes by, and all that leans on it."""
    return {scheme.amount.by} | {
        fact for fact, question in scheme.asked.items() if question.after or question.record
    }
