"""What officers find out: still open or answered, judged again, and kept with the decision."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from core.decision import Verdict, decide
from core.errors import FindingsMissing, NotEligible, Unreadable
from core.facts import noted, plain, read_back
from core.findings import findings, settled
from core.questions import Origin
from core.rules import Value
from core.scheme import Scheme
from core.truth import NO
from core.way import Traveller
from handlers import route
from handlers.bench import scheme_of, stage_of
from handlers.decisions import NOTHING, OpenFact
from handlers.office import Office
from storage.tables import Application
from storage.unit import Unit

Noted = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Weighed:
    """The facts as they will stand in the application, and what follows from them."""

    facts: Noted
    verdict: Verdict

    def trace(self, scheme: Scheme) -> dict[str, Any]:
        """What a decision rests on: the text, the facts with their origin, the articles."""
        reasons = [
            {"say": r.say, "cite": r.cite, "good": r.good.value, "fact": r.fact}
            for r in self.verdict.every_condition
        ]
        text = {"scheme": scheme.id, "version": scheme.version}
        return {**text, "facts": self.facts, "reasons": reasons}


async def open_facts(
    office: Office, unit: Unit, application: Application, found: Mapping[str, Value] = NOTHING
) -> tuple[OpenFact, ...]:
    """What the officers of this stage can still say, once they have said what is `found`."""
    who = await route.traveller(office, unit, application)
    who = replace(who, facts={**who.facts, **found})
    return tuple(
        OpenFact(fact, who.scheme.asked[fact], needed)
        for fact, needed in findings(who, application.stage).items()
    )


async def weigh(
    office: Office, unit: Unit, application: Application, found: Mapping[str, Value]
) -> Weighed:
    """Judged again with what was found; nothing is written yet.

    Raises Unreadable for what nobody asks, NotEligible where a condition fails,
    FindingsMissing where somebody has to say more first.
    """
    who = await route.traveller(office, unit, application)
    _check_asked(who, application.stage, found)
    new = {fact: noted(value, "officer", unit.today) for fact, value in found.items()}
    _check_kinds(who.scheme, new)
    facts: Noted = {**await route.noted_facts(office, unit, application), **new}
    known = {**who.facts, **plain(facts, who.scheme.asked)}
    verdict = decide(who.scheme, known, who.on, who.calendar)
    if verdict.truth is NO:
        raise NotEligible(verdict.failed)
    left = findings(replace(who, facts=known), application.stage)
    missing = [who.scheme.asked[fact].name for fact, needed in left.items() if needed]
    if missing:
        raise FindingsMissing(missing, stage_of(office, application).cite)
    return Weighed(facts, verdict)


async def seen(
    office: Office, unit: Unit, application: Application, found: Mapping[str, Value] = NOTHING
) -> Weighed:
    """As it is now, or would be with what was `found`; nothing is checked."""
    who = await route.traveller(office, unit, application)
    verdict = decide(who.scheme, {**who.facts, **found}, who.on, who.calendar)
    return Weighed(await route.noted_facts(office, unit, application), verdict)


def keep(office: Office, application: Application, weighed: Weighed) -> None:
    """Writes what was found, and the sum it leads to."""
    application.facts = weighed.facts
    scheme = scheme_of(office, application)
    amount = settled(weighed.verdict)
    if amount is not None and scheme.gains:
        application.amount_fen = amount


def _check_asked(who: Traveller, stage: int, found: Mapping[str, Value]) -> None:
    """Only what officers are asked here; one answer may open the next. Raises Unreadable."""
    asked = who.scheme.asked
    mine = {fact for fact, question in asked.items() if Origin.OFFICER in question.from_}
    if found.keys() - mine - findings(who, stage).keys():
        raise Unreadable("choice")


def _check_kinds(scheme: Scheme, new: Noted) -> None:
    """Every finding answers its question. Raises Unreadable."""
    for fact, kept in new.items():
        question = scheme.asked[fact]
        if read_back(question, kept["value"]) is None:
            raise Unreadable("fact_value", fact=fact, ask=question.ask)
