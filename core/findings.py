"""What officers have to find out about an application, and when at the latest."""

from collections.abc import Mapping
from datetime import date

from core.decision import Verdict, decide
from core.questions import Origin
from core.rules import Value
from core.scheme import Scheme
from core.stages import Manner
from core.way import Traveller, undecided


def findings(who: Traveller, stage: int) -> dict[str, bool]:
    """The facts still open for the officers of this stage, and whether they are needed now.

    What says whether the coming steps apply is needed before they come. What the verdict waits
    for is needed at the last decision before money or the end.
    """
    told = dict.fromkeys(undecided(who, stage), True)
    now = decisive(who.scheme, stage)
    waiting = _open(decide(who.scheme, who.facts, who.on))
    mine = [fact for fact in waiting if Origin.OFFICER in who.scheme.asked[fact].from_]
    return {fact: now for fact in mine} | told


def decisive(scheme: Scheme, stage: int) -> bool:
    """Whether no officer after this stage judges one by one before money flows or it ends."""
    deciding = [n for n, each in enumerate(scheme.stages) if each.manner is Manner.DECIDE]
    entered = [n for n, each in enumerate(scheme.stages) if each.manner is Manner.ENTER]
    among = deciding or entered
    paid = [n for n, each in enumerate(scheme.stages) if each.manner is Manner.PAY and n > stage]
    end = paid[0] if paid else len(scheme.stages)
    return stage in among and not any(stage < other < end for other in among)


def verdict_with(
    scheme: Scheme, facts: Mapping[str, Value], found: Mapping[str, Value], on: date
) -> Verdict:
    """The verdict with what the officers have found."""
    return decide(scheme, {**facts, **found}, on)


def _open(verdict: Verdict) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*verdict.open, *verdict.judged)))
