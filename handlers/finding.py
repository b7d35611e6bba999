"""Posting a list and deciding on an objection in the chat.

State: page; round, stage, union (a list to post); objection, upheld, finding, reason.
"""

from core import reading
from core.conduct import Consequence
from core.errors import AlreadyDecided, NotFound, Unreadable
from handlers import disqualifying, hats, investigating, notice, objection, reserves, ticking
from handlers.bench import beside, scheme_of
from handlers.deciding import me
from handlers.notice import Ready
from handlers.objection import LONGEST_FINDING
from handlers.visit import Go, Offer, Outcome, Visit
from storage.outbox import CardShown
from storage.tables import Notice

UPHELD, DISMISSED = 0, 1  # choices of the card


async def from_posting(visit: Visit, shown: CardShown) -> Outcome:
    """The card stands for the list its application is in."""
    application = await visit.unit.applications.by_id(shown.ref)
    about = {"round": application.round_id, "stage": application.stage}
    visit.go("officer", page="post_sure", union=application.union_id or 0, **about)
    return await post_sure(visit)


async def from_objection(visit: Visit, shown: CardShown, choice: int) -> Outcome:
    return await _about(visit, shown.ref, upheld=choice == UPHELD)


async def lists(visit: Visit) -> Outcome:
    """What this officer's union can post."""
    visit.go("officer", page="post")
    say = visit.say
    found = await notice.ready(visit.office, visit.unit, await me(visit))
    offers = [
        Offer(
            f"post:{each.round_id}:{each.stage}:{each.union_id}",
            say("procedure.posting.row", stage=say.scheme(each.name), count=each.count)
            + beside(say, each.instead_of),
        )
        for each in found
    ]
    key = "procedure.posting.which" if found else "procedure.posting.none"
    return visit.ask(say(key), [*offers, Offer("menu", say("procedure.menu.back"))])


async def hear_lists(visit: Visit) -> Outcome:
    kind, *numbers = visit.token.split(":")
    if kind != "post":
        return await lists(visit)
    round_id, stage, union = map(int, numbers)
    visit.go("officer", page="post_sure", round=round_id, stage=stage, union=union)
    return await post_sure(visit)


async def post_days(visit: Visit) -> Outcome:
    """The document leaves the days open: whoever posts names them."""
    back = Offer("menu", visit.say("procedure.menu.back"))
    return visit.ask(visit.say("officer.notice.days"), [back], expects="number")


async def hear_days(visit: Visit) -> Outcome:
    days = reading.read_number(visit.text)
    if days != int(days) or not 0 < days <= notice.MOST_DAYS:
        raise Unreadable("notice_days", most=notice.MOST_DAYS)
    visit.state.update(page="post_sure", days=int(days))
    return await post_sure(visit)


async def post_sure(visit: Visit) -> Outcome:
    """How many people, for how long; one button posts it."""
    this, say = await _ready(visit), visit.say
    days = this.days or visit.state.get("days", 0)
    if not days:
        visit.state["page"] = "post_days"
        return await post_days(visit)
    text = say(
        "procedure.posting.sure",
        scheme=say.scheme(this.scheme),
        stage=say.scheme(this.name),
        count=this.count,
        days=days,
    )
    post = Offer("yes", say("procedure.button.post"), "primary")
    return visit.ask(text, [post, Offer("menu", say("procedure.menu.back"))])


async def hear_post(visit: Visit) -> Outcome:
    if visit.token != "yes":
        return await post_sure(visit)
    state = visit.state
    officer, days = await me(visit), state.get("days")
    hung = await notice.post(
        visit.office, officer, state["round"], state["stage"], visit.unit, days, state["union"]
    )
    until = visit.say.day(hung.last_day, visit.today)
    visit.note(visit.say("procedure.posting.done", count=len(hung.entries), until=until))
    return Go("officer")


async def objections(visit: Visit) -> Outcome:
    """The open ones; what they say is read in the console."""
    visit.go("officer", page="objections")
    say = visit.say
    officer = await me(visit)
    found = await investigating.open_before(visit.unit, officer)
    offers = []
    for each in found:
        number = (await visit.unit.applications.by_id(each.application_id)).number
        other = (await hats.at(visit.unit, officer, each.union_id)).instead_of
        for word in ("upheld", "dismissed"):
            label = f"{number} {say(f'procedure.button.{word}')}{beside(say, other)}"
            offers.append(Offer(f"{word}:{each.id}", label))
        url = f"{visit.office.public_url}/console/objections/{each.id}"
        offers.append(Offer("open", f"{number} {say('procedure.button.open')}", url=url))
    for hung in await hanging(visit):
        label = say("objections.record.offer", count=len(hung.entries), until=hung.last_day)
        offers.append(Offer(f"record:{hung.id}", label))
    key = "procedure.objection.which" if found else "procedure.objection.none"
    return visit.ask(say(key), [*offers, Offer("menu", say("procedure.menu.back"))])


async def hanging(visit: Visit) -> list[Notice]:
    """What this officer's union has posted and still hangs: somebody may call about it."""
    unions = await hats.unions(visit.unit, await me(visit))
    mine = [each for union in unions for each in await visit.unit.notices.of_union(union)]
    return [each for each in mine if each.state == "running"]


async def hear_objections(visit: Visit) -> Outcome:
    word, _, number = visit.token.partition(":")
    if word == "record":
        return Go("objecting", visit.token.replace(":", " "))
    if word not in ("upheld", "dismissed"):
        return await objections(visit)
    return await _about(visit, int(number), upheld=word == "upheld")


async def finding(visit: Visit) -> Outcome:
    back = Offer("menu", visit.say("procedure.menu.back"))
    return visit.ask(visit.say("procedure.finding.ask"), [back], expects="text")


async def hear_finding(visit: Visit) -> Outcome:
    text = reading.read_prose(visit.prose, LONGEST_FINDING)
    visit.state.update(page="finding_reason", finding=text)
    return await reason(visit)


async def reason(visit: Visit) -> Outcome:
    """What both sides are told."""
    text = visit.say("objections.reason.ask")
    return visit.ask(text, [ticking.back(visit)], expects="text")


async def hear_reason(visit: Visit) -> Outcome:
    text = reading.read_prose(visit.prose, LONGEST_FINDING)
    visit.state.update(page="finding_sure", reason=text, ground=None)
    if visit.state["upheld"] and await _grounds(visit):
        visit.state["page"] = "finding_ground"
        return await cheating(visit)
    return await finding_sure(visit)


async def cheating(visit: Visit) -> Outcome:
    """Whether it was cheating, by the grounds of the file: that goes into the record."""
    say = visit.say
    offers = [
        Offer(f"ground:{n}", f"{say.scheme(each.say)} {say.article(each.cite)}")
        for n, each in enumerate(await _grounds(visit))
    ]
    none = Offer("none", say("disqualify.none"))
    return visit.ask(say("disqualify.which"), [*offers, none, ticking.back(visit)])


async def hear_cheating(visit: Visit) -> Outcome:
    kind, _, number = visit.token.partition(":")
    if kind not in ("ground", "none"):
        return await cheating(visit)
    visit.state.update(page="finding_sure", ground=int(number) if number else None)
    return await finding_sure(visit)


async def finding_sure(visit: Visit) -> Outcome:
    say, state = visit.say, visit.state
    word = "upheld" if state["upheld"] else "dismissed"
    text = say(f"procedure.finding.{word}", finding=state["finding"])
    text += "\n" + say("objections.reason.told", reason=state["reason"])
    if state["upheld"]:
        found = await visit.unit.objections.by_id(state["objection"])
        application = await visit.unit.applications.by_id(found.application_id)
        if (ground := state["ground"]) is not None:
            text += "\n" + say("disqualify.entered", ground=(await _grounds(visit))[ground].say)
        place = await reserves.becomes(visit.office, visit.unit, application, say)
        text += f"\n{place}" if place else ""
    tone = "danger" if state["upheld"] else "primary"
    sure = Offer("yes", say("procedure.button.sure"), tone)
    return visit.ask(text, [sure, ticking.back(visit)])


async def hear_sure(visit: Visit) -> Outcome:
    if visit.token != "yes":
        return await finding_sure(visit)
    state = visit.state
    await objection.decide(
        visit.office,
        await me(visit),
        state["objection"],
        upheld=state["upheld"],
        finding=state["finding"],
        reason=state["reason"],
        ground=state["ground"],
        unit=visit.unit,
    )
    visit.note(visit.say("procedure.finding.done"))
    return Go("officer")


async def _grounds(visit: Visit) -> tuple[Consequence, ...]:
    found = await visit.unit.objections.by_id(visit.state["objection"])
    application = await visit.unit.applications.by_id(found.application_id)
    return disqualifying.grounds(scheme_of(visit.office, application))


async def _about(visit: Visit, objection_id: int, *, upheld: bool) -> Outcome:
    found = await visit.unit.objections.by_id(objection_id)
    if found.state != "open" and found.union_id in await hats.unions(visit.unit, await me(visit)):
        raise AlreadyDecided
    before = await investigating.open_before(visit.unit, await me(visit))
    if objection_id not in {each.id for each in before}:
        raise NotFound(objection=objection_id)
    visit.go("officer", page="finding", objection=objection_id, upheld=upheld)
    return await finding(visit)


async def _ready(visit: Visit) -> Ready:
    wanted = tuple(visit.state[each] for each in ("round", "stage", "union"))
    for each in await notice.ready(visit.office, visit.unit, await me(visit)):
        if (each.round_id, each.stage, each.union_id) == wanted:
            return each
    raise AlreadyDecided
