"""The review screen, the undertaking of truthfulness, and the submission.

State: scheme, look (summary, change, undertaking).
"""

from core.capacities import elsewhere
from core.decision import Verdict, decide
from core.errors import NotEligible, NotFound, PapersMissing
from core.findings import settled
from core.limits import Guard, of_units
from core.papers import BESIDE
from core.people import normal_certificate
from core.scheme import Scheme
from core.terms import once
from handlers import asking, behalf, knowledge, limits, standing, subject
from handlers.application import missing_papers
from handlers.chat import Reply
from handlers.scheme_text import gains
from handlers.visit import Go, Offer, Outcome, Submission, Visit
from locales import Speaker
from storage.admission import Ticket
from storage.tables import Draft, Worker


async def begin(visit: Visit, scheme_id: str) -> Outcome:
    visit.go("sending", scheme=scheme_id, look="summary", draft=0)
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
        case "about":
            await visit.unit.subjects.forget((await _draft(visit, here(visit))).id)
            return Go("behalf", scheme)
        case "later":
            visit.note(visit.say("papers.kept"))
            return Go("menu")
        case "send":
            return await submission(visit)
        case _:
            visit.note(visit.say("sending.choose"))
    return await proceed(visit)


async def lines(visit: Visit, scheme: Scheme) -> list[str]:
    """What will be sent, as it is read by whoever sends it."""
    say = visit.say
    facts = await knowledge.known(visit, scheme)
    values = await knowledge.values(visit, scheme)
    verdict = decide(scheme, values, visit.today, visit.calendar)
    draft = await _draft(visit, scheme)
    told = [
        say(
            "eligibility.fact",
            name=say.scheme(scheme.asked[fact].name),
            value=asking.shown(visit, scheme, fact, kept["value"]),
            origin=say(f"origin.{kept['origin']}"),
        )
        for fact, kept in facts.items()
    ]
    name = say.scheme(scheme.name)
    text = [say("sending.summary", name=name), *_sums(say, scheme, verdict)]
    text += await behalf.told(visit, scheme, draft)
    if told:
        text += ["", say("sending.answers"), *told]
    if scheme.slots:
        text += ["", say("sending.papers"), *await _papers(visit, scheme)]
    return text


async def _summary(visit: Visit) -> Reply:
    """Every answer and every paper, before anything is sent."""
    scheme, say = here(visit), visit.say
    text = await lines(visit, scheme)
    onward = Offer("undertake", say("sending.go_on"), "primary")
    if not scheme.undertaking:
        onward = Offer("send", say("sending.send"), "primary")
    return visit.ask(
        "\n".join(text),
        [
            onward,
            Offer("change", say("sending.change")),
            Offer("later", say("papers.later")),
        ],
    )


def _sums(say: Speaker, scheme: Scheme, verdict: Verdict) -> list[str]:
    """What there is to get: one sum, or each part with its range."""
    if (fen := settled(verdict)) is not None:
        return [say("sending.amount", amount=say.money(fen))]
    return gains(say, verdict.sums, verdict.totals, scheme.asked)


async def _papers(visit: Visit, scheme: Scheme) -> list[str]:
    there = await visit.unit.drafts.papers((await _draft(visit, scheme)).id)
    counts = [sum(paper.slot == slot for paper in there) for slot in range(len(scheme.slots))]
    brought = [*zip(scheme.slots, counts, strict=True)]
    beside = [(each, sum(paper.slot == slot for paper in there)) for slot, each in BESIDE.items()]
    brought += [(each, count) for each, count in beside if count]
    return [
        visit.say("sending.paper", what=visit.say.scheme(paper.what), count=count)
        for paper, count in brought
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
    offers += [Offer("about", say("subject.name"))] if scheme.about else []
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
    """The folder that was looked through: sent twice, it is still the same one."""
    worker = visit.talk.worker_id
    assert worker is not None
    if visit.state.get("draft"):
        return await visit.unit.drafts.own(worker, visit.state["draft"])
    draft = await visit.folder(scheme.id)
    visit.state["draft"] = draft.id
    return draft


async def submission(visit: Visit) -> Submission:
    """Judged once more from our own records; the ticket holds all that is decided on."""
    scheme = here(visit)
    running = await standing.running(visit.unit, scheme)
    facts = await knowledge.known(visit, scheme)
    values = await knowledge.values(visit, scheme)
    verdict = decide(scheme, values, visit.today, visit.calendar)
    if not verdict.enough:
        raise NotEligible(verdict.failed or verdict.reasons)
    draft = await _draft(visit, scheme)
    there = {paper.slot for paper in await visit.unit.drafts.papers(draft.id)}
    if missing := await missing_papers(visit, scheme, draft, there):
        raise PapersMissing(missing)
    if scheme.undertaking:
        draft.undertaken_at = visit.unit.now
    assert visit.talk.worker_id is not None
    member = await visit.unit.workers.by_id(visit.talk.worker_id)
    if member is None or member.identity_index is None:
        raise NotFound(worker=visit.talk.worker_id)
    person, unit_id = member.identity_index, member.union_id
    await limits.check_record(visit.unit, scheme.id, person, unit_id)
    await subject.check(visit.unit, scheme, draft.id)
    number = values.get(scheme.certificate)
    vault = visit.office.vault
    return Submission(
        Ticket(
            round_id=running.id,
            scheme_id=scheme.id,
            scheme_version=scheme.version,
            worker_id=member.id,
            identity_index=member.identity_index,
            once_index=_once(scheme, member, draft),
            certificate_index=vault.index(normal_certificate(str(number)), "certificate")
            if number
            else None,
            draft_id=draft.id,
            base_union_id=_base(scheme, member, draft),
            accepting_union_id=draft.accepting_union_id,
            year=visit.today.year,
            level=str(values.get(scheme.amount.by, "")),
            trade=str(values.get(scheme.trade, "")),
            amount_fen=verdict.due_fen if scheme.pays else None,
            facts=facts,
            trace=[
                {"say": r.say, "cite": r.cite, "good": r.good.value, "fact": r.fact}
                for r in verdict.every_condition
            ],
            guard=Guard(scheme, values, visit.today.year) if of_units(scheme) else None,
            sent_at=visit.unit.now,
        )
    )


def _base(scheme: Scheme, member: Worker, draft: Draft) -> int:
    """The unit it belongs to: one's own, or that of whom it is for or about."""
    there = draft.accepting_union_id if elsewhere(scheme, draft.capacity) else None
    return there or member.union_id


def _once(scheme: Scheme, member: Worker, draft: Draft) -> str:
    """The key under which but one application may be live in a round."""
    if once(scheme) == "case":
        return f"draft:{draft.id}"
    return member.identity_index or ""
