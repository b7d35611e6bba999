"""Small parts of the pages on which an officer ticks, goes back, or names a day."""

from datetime import date, timedelta

from core import reading
from core.numerals import numeral
from core.scheme import Scheme
from handlers.decisions import Defect
from handlers.returning import LATEST
from handlers.visit import Offer, Visit

IN_DAYS = ("天后", "天内", "天", "days", "day")


def toggle(visit: Visit, token: str, label: str) -> Offer:
    sign = "☑" if token in visit.state["chosen"] else "☐"
    return Offer(token, f"{sign} {label.removeprefix('· ')}")


def done(visit: Visit) -> list[Offer]:
    ready = Offer("done", visit.say("procedure.button.done"), "primary")
    return [ready, back(visit)] if visit.state["chosen"] else [back(visit)]


def yes(visit: Visit, key: str, tone: str = "primary") -> Offer:
    return Offer("yes", visit.say(key), tone)


def back(visit: Visit) -> Offer:
    return Offer("back", visit.say("procedure.button.back"))


def defect(token: str) -> Defect:
    kind, _, what = token.partition(":")
    return Defect(slot=int(what)) if kind == "slot" else Defect(fact=what)


def facts(visit: Visit) -> tuple[str, ...]:
    return tuple(token.removeprefix("fact:") for token in visit.state["chosen"])


def days(text: str) -> int | None:
    """3天, 三天后: so many days, not a day of the month."""
    for word in IN_DAYS:
        if text.endswith(word):
            value = numeral(text.removesuffix(word).strip())
            if value is not None and value == int(value) and value <= LATEST.days:
                return int(value)
    return None


def ahead(visit: Visit) -> date:
    """A typed day; without a year it is the next such day, where `read_date` takes the last."""
    if (count := days(visit.text)) is not None:
        return visit.today + timedelta(days=count)
    said = reading.read_date(visit.text, visit.today)
    if said > visit.today:
        return said
    ahead = reading.read_date(visit.text, visit.today + LATEST)
    return said if ahead - said == LATEST else ahead  # 昨天 stays yesterday


async def correctable(visit: Visit, scheme: Scheme) -> list[str]:
    """The papers, then the answers the worker gave."""
    application = await visit.unit.applications.by_id(visit.state["application"])
    given = [
        fact
        for fact, kept in application.facts.items()
        if kept["origin"] == "worker" and fact in scheme.questions
    ]
    slots = [f"slot:{number}" for number in range(len(scheme.slots))]
    return [*slots, *(f"fact:{fact}" for fact in given)]
