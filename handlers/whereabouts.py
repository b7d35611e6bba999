"""Where an application stands, in the worker's words: what is done, by whom, by when, what next.

The same lines in the answer to “进度” and in what we say unasked after every step.
"""

from dataclasses import dataclass
from datetime import date

from core.bodies import legs
from core.lying import Call
from core.scheme import Scheme
from core.stages import OUTSIDE, Body, Manner, Stage
from core.way import Ahead, ahead
from handlers import bank, lying, route
from handlers.bench import scheme_of
from handlers.office import Office
from locales import Speaker
from storage.tables import Application, Union
from storage.unit import Unit


@dataclass(frozen=True)
class Place:
    """A step of an application: `unions` act in it one after the other, `at` is whose turn it is.

    `due` is the last day, or the minute where the document counts hours. `objected` stops the
    clock of a notice, `account` says that money waits for an account to be sent to, `lain` for how
    many working days it has lain, where nobody has set a time and somebody was reminded.
    """

    scheme: Scheme
    number: int  # from 0
    unions: tuple[Union, ...]
    at: int
    due: date | None
    late: bool
    posted: bool
    objected: bool
    account: bool
    lain: int | None
    coming: Ahead

    @property
    def stage(self) -> Stage:
        return self.scheme.stages[self.number]

    @property
    def before(self) -> Union | None:
        """Who has just passed it on within this step."""
        return self.unions[self.at - 1] if self.at else None


async def found(office: Office, unit: Unit, application: Application) -> Place:
    """Of an application that stands in a step."""
    scheme, tree = scheme_of(office, application), await unit.unions.tree(application.base_union_id)
    who = await route.traveller(office, unit, application)
    there = [node.id for node in legs(scheme, application.stage, who.home, tree)]
    here = application.union_id
    if here is not None and here not in there:  # it was handed over
        there = [here]
    unions = await unit.unions.some(*there)
    stage = scheme.stages[application.stage]
    hangs = stage.manner is Manner.POST and application.stage_began is not None
    by_the_hour = stage.within is not None and stage.within.unit == "hours"
    return Place(
        scheme=scheme,
        number=application.stage,
        unions=tuple(unions[each] for each in there),
        at=there.index(here) if here is not None else 0,
        due=application.due_at if by_the_hour else application.due,
        late=application.due_at is not None and unit.now >= application.due_at,
        posted=hangs,
        objected=hangs and bool(await unit.objections.open_on([application.id])),
        account=await bank.wanted(unit, application),
        lain=lying.lain(office, application.lies_since, unit.today),
        coming=ahead(who, tree, application.stage),
    )


def lines(say: Speaker, place: Place, today: date) -> list[str]:
    """What is being done, by whom, and by when."""
    stage = place.stage
    about = {"number": place.number + 1, "total": len(place.scheme.stages)}
    if stage.manner is Manner.POST and not place.posted:
        now = say("stands.unposted", name=say.scheme(stage.name), **about)
    else:
        now = say("stands.now", tell=say.scheme(stage.tell), **about)
    return [now, *_whose(say, place), *_until(say, place, today)]


def following(say: Speaker, scheme: Scheme, coming: Ahead) -> list[str]:
    """What comes next, and what may come before it."""
    names = [say.scheme(stage.name) for stage in scheme.stages]
    maybe = say.join(names[number] for number in coming.maybe)
    if coming.sure is None:
        return [say("stands.next_maybe", maybe=maybe)] if maybe else []
    key = "stands.next_or" if maybe else "stands.next"
    return [say(key, next=names[coming.sure], maybe=maybe)]


def left(say: Speaker, place: Place, name: str, number: str, gone: Stage) -> str:
    """That the step `gone` is behind it: judged, hung out or done; or one union of several has
    dealt with it and the next one has it now."""
    about = {"scheme": say.scheme(name), "number": number, "stage": say.scheme(gone.name)}
    if gone == place.stage and place.before is not None:
        return say("stands.passed_on", union=_name(say, place.before), **about)
    match gone.manner:
        case Manner.POST:
            return say("stands.hung", **about)
        case Manner.ENTER | Manner.PAY:
            return say("stands.done", **about)
    return say("stands.passed", **about)


def _whose(say: Speaker, place: Place) -> list[str]:
    """Which union has it; where it goes up from one to the next, how far it has come."""
    stage = place.stage
    if not place.unions:
        return []
    union = _name(say, place.unions[place.at])
    if stage.by is Body.APPLICANT:
        return [say("stands.yours", union=union)]
    if stage.by in OUTSIDE or stage.manner in (Manner.MEET, Manner.PAY):
        return [say("stands.account")] if place.account else []
    if len(place.unions) == 1:
        return [say("stands.at", union=union)]
    done = [_name(say, each) for each in place.unions[: place.at]]
    level = say("stands.level", union=union, leg=place.at + 1, legs=len(place.unions))
    return [level, *([say("stands.behind", unions=done)] if done else [])]


def _until(say: Speaker, place: Place, today: date) -> list[str]:
    if place.objected:
        return [say("stands.objected")]
    if place.due is None:
        return _lies(say, place)
    if place.posted:
        return [say("stands.hangs", day=say.day(place.due, today))]
    key = "stands.late" if place.late else "stands.expected"
    return [say(key, day=say.until(place.due, today))]


def _lies(say: Speaker, place: Place) -> list[str]:
    if place.lain is None or not place.unions:
        return []
    key = "lying.stands_above" if place.lain >= Call.ESCALATE else "lying.stands"
    return [say(key, days=place.lain, union=_name(say, place.unions[place.at]))]


def _name(say: Speaker, union: Union) -> str:
    return say.named(union.name, union.name_en)
