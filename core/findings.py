"""What officers have to find out about an application, and when at the latest."""

from core.decision import Verdict, decide
from core.questions import Origin
from core.stages import OUTSIDE, Manner, Stage, StageKind
from core.way import Traveller, applies, undecided


def findings(who: Traveller, stage: int) -> dict[str, bool]:
    """The facts still open for the officers of this stage, and whether they are needed now.

    What says whether the coming steps apply is needed before they come. What the verdict waits
    for is needed at the last decision before money or the end, what a step `asks` when it is left.
    The day of an event before which a step has to be done may be said as soon as somebody knows it.
    """
    told = dict.fromkeys(undecided(who, stage), True)
    now = decisive(who, stage)
    waiting = _open(decide(who.scheme, who.facts, who.on, who.calendar))
    asked = who.scheme.asked
    if not who.scheme.drawn:  # nobody applied, nobody was asked: all of it is theirs to find out
        waiting = tuple(fact for fact in waiting if Origin.OFFICER in asked[fact].from_)
    beside = [fact for fact in who.scheme.stages[stage].asks if who.facts.get(fact) is None]
    told |= dict.fromkeys(beside, True)
    return dict.fromkeys(_events(who, stage), False) | dict.fromkeys(waiting, now) | told


def _events(who: Traveller, stage: int) -> tuple[str, ...]:
    """The events still to be dated before which a later step has to be done."""
    later = (who.scheme.stages[n].before for n in range(stage, len(who.scheme.stages)))
    return tuple(fact for fact in later if fact and who.facts.get(fact) is None)


def decisive(who: Traveller, stage: int) -> bool:
    """Whether no officer after this stage judges one by one before the unions act on it: before
    money flows, the service is given, the title conferred, or it ends."""
    stages = who.scheme.stages
    mine = [n for n in range(len(stages)) if applies(who, n)]
    deciding = [n for n in mine if stages[n].manner is Manner.DECIDE]
    entered = [n for n in mine if stages[n].manner is Manner.ENTER]
    first = stages[stage].manner is Manner.DECIDE
    ends = [n for n in mine if n > stage and _acts(stages[n], also_done=first)]
    end = ends[0] if ends else len(stages)
    return not any(stage < other < end for other in deciding or entered)


def _acts(stage: Stage, *, also_done: bool) -> bool:
    done = stage.stage in (StageKind.SERVICE, StageKind.CONFERRAL) and stage.by not in OUTSIDE
    return stage.manner is Manner.PAY or (also_done and done)


def last_before_money(who: Traveller, stage: int) -> bool:
    """Whether money flows before any other officer looks at it one by one, or is paid here."""
    stages = who.scheme.stages
    for number in range(stage + 1, len(stages)):
        if applies(who, number) and stages[number].stage is StageKind.PAYMENT:
            return True
        if applies(who, number) and stages[number].manner in (Manner.DECIDE, Manner.ENTER):
            return False
    return True


def sets_the_sum(who: Traveller, stage: int) -> bool:
    """Whether the sum has to stand when this stage is left: it is the last word before money."""
    stages = who.scheme.stages
    ahead = range(stage + 1, len(stages))
    paid = any(stages[n].manner is Manner.PAY and applies(who, n) for n in ahead)
    return paid and decisive(who, stage)


def settled(verdict: Verdict) -> int | None:
    """The one sum the document gives; of what is given by the month, officers say how many."""
    monthly = any(each.benefit.per == "month" for each in verdict.sums if each.benefit.ours)
    return None if monthly else verdict.amount_fen


def _open(verdict: Verdict) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*verdict.open, *verdict.judged)))
