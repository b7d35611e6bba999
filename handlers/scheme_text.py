"""What a scheme file says, in the worker's words: what one gets, which papers, how and where."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.benefits import Benefit
from core.days import Calendar
from core.papers import needed
from core.questions import Question
from core.routes import Apply, Route
from core.scheme import Scheme
from core.sums import Sum, Total
from core.truth import NO, YES, Truth, every
from core.verdict import Facts, holds
from core.window import Window, end
from locales import Speaker
from storage.tables import SHANGHAI


def gains(
    say: Speaker, sums: Iterable[Sum], totals: Iterable[Total], asked: Mapping[str, Question]
) -> list[str]:
    """Each benefit that is not ruled out, with its article, and how it was reckoned; then what
    several of them come to below one ceiling."""
    lines = []
    for each in sums:
        lines.append(_gain(say, each) + cited(say, each.benefit.cite))
        lines += reckoned(say, each, asked)
    return lines + [_total(say, each) + cited(say, each.ceiling.cite) for each in totals]


def reckoned(say: Speaker, found: Sum, asked: Mapping[str, Question]) -> list[str]:
    """The calculation line by line: the standard, less the income; or so many percent of a sum."""
    if found.high is None and not found.low:
        return []
    named = [(say.scheme(asked[fact].name), say.money(int(fen))) for fact, fen in found.parts]
    match named:
        case [(line, standard), (income, sum_)]:
            lines = [say("reckoned.line", name=line, amount=standard)]
            lines.append(say("reckoned.less", name=income, amount=sum_))
        case [(base, sum_)]:
            lines = [say("reckoned.line", name=base, amount=sum_)]
            lines.append(say("reckoned.times", share=share(say, found.benefit)))
        case _ if found.times:
            each = replace(found, low=found.each[0], high=found.each[1])
            lines = [say("reckoned.each", amount=amount(say, each))]
        case _:
            return []
    if found.cut:
        lines.append(_cap(say, found, asked))
    for fact, number in found.times:
        name = say.scheme(asked[fact].name)
        lines.append(say("reckoned.by", name=name, number=f"{number.normalize():f}"))
    return [*lines, say("reckoned.result", amount=amount(say, found))]


def _cap(say: Speaker, found: Sum, asked: Mapping[str, Question]) -> str:
    line = say.money(found.cap)
    if not isinstance(found.benefit.cap, str):
        return say("reckoned.cap", amount=line)
    return say("reckoned.cap_by", name=say.scheme(asked[found.benefit.cap].name), amount=line)


def share(say: Speaker, benefit: Benefit) -> str:
    """So many percent of a sum: exactly, at most, at least, or from so many to so many."""
    match benefit.shares:
        case Decimal() as low, Decimal() as high if low == high:
            return say("share.exact", percent=high)
        case Decimal() as low, Decimal() as high:
            return say("share.range", low=low, high=high)
        case None, Decimal() as high:
            key = "share.in_principle" if benefit.in_principle else "share.up_to"
            return say(key, percent=high)
        case low, _:
            return say("share.at_least", percent=low)


def cited(say: Speaker, cite: str) -> str:
    return say("cite.short", article=say.article(cite)) if cite else ""


def amount(say: Speaker, found: Sum) -> str:
    """A sum as one says it: exact, up to, at least, or who sets it."""
    benefit, low, high = found.benefit, found.low, found.high
    match low, high:
        case int(), int() if low == high:
            return say("sum.exact", amount=say.money(low))
        case ((None | 0), int()):
            if found.most is not None and found.most > high:
                return say(
                    "sum.in_principle_most", amount=say.money(high), most=say.money(found.most)
                )
            key = "sum.in_principle" if found.soft else "sum.up_to"
            return say(key, amount=say.money(high))
        case int(), None if low:
            return say("sum.at_least", amount=say.money(low))
        case int(), int():
            return say("sum.range", low=say.money(low), high=say.money(high))
    if benefit.at_least is not None:
        return say("sum.at_least", amount=say.money(benefit.at_least * 100))
    if benefit.top_up_to:
        return say("sum.top_up")
    if benefit.of:
        return say("sum.share", share=share(say, benefit))
    if benefit.set_by is not None:
        return say("sum.set_by", who=say(f"body.{benefit.set_by}"))
    return say("sum.unsaid")


def _gain(say: Speaker, found: Sum) -> str:
    what = say.scheme(found.benefit.what)
    if not found.benefit.is_money:
        return say("gain.kind", what=what)
    per = say(f"per.{found.benefit.per}")
    gain = say("gain.money", what=what, amount=amount(say, found), per=per)
    payer = found.benefit.paid_by
    return say("gain.paid_by", gain=gain, who=say.scheme(payer)) if payer else gain


def _total(say: Speaker, found: Total) -> str:
    line = say(f"total.{found.ceiling.per}", amount=say.money(found.ceiling.yuan * 100))
    if found.cut:
        return say("total.cut", whole=say.money(found.whole), line=line)
    if found.exact is None:
        return say("total.open", line=line)
    return say("total.exact", amount=say.money(found.exact), line=line)


def papers(
    say: Speaker, scheme: Scheme, facts: Facts, today: date, calendar: Calendar
) -> list[str]:
    """What the applicant brings; what the facts rule out is left away."""
    lines = []
    for paper, truth in needed(scheme.slots, facts, today, calendar):
        if paper.when and truth is NO:
            continue
        line = say("scheme.paper", what=say.scheme(paper.what))
        if paper.copies > 1:
            line += say("scheme.copies", copies=paper.copies)
        if truth is not YES:
            line += say("scheme.paper_maybe")
        lines.append(line + cited(say, paper.cite))
        if paper.hint:
            lines.append(f"　{say.scheme(paper.hint)}")
    return lines


def ways(say: Speaker, scheme: Scheme, facts: Facts, today: date, calendar: Calendar) -> list[str]:
    """Where and how to apply, for this person; the window; who decides; the steps."""
    lines = []
    if scheme.window:
        lines.append(opening(say, scheme.window, today) + cited(say, scheme.window.cite))
    if scheme.apply:
        lines += [_way(say, route) for route in open_to(scheme, facts, today, calendar)]
        lines.append(deciding(say, scheme.apply) + cited(say, scheme.apply.cite))
    for number, stage in enumerate(scheme.stages, 1):
        who = say.scheme(stage.who) if stage.who else say(f"body.{stage.by}")
        lines.append(say("scheme.step", number=number, name=say.scheme(stage.name), who=who))
    if scheme.contacts:
        lines.append(say("scheme.ask_contacts", contacts=contacts(say, scheme)))
    return lines


def deciding(say: Speaker, apply: Apply) -> str:
    """Who decides: the body, or the sentence of the file where no body can be named."""
    if apply.decided:
        return say.scheme(apply.decided)
    return say("scheme.decides", who=say.scheme(apply.decides))


def elsewhere(say: Speaker, scheme: Scheme, facts: Facts, today: date, calendar: Calendar) -> str:
    """What to do about a scheme that this product does not run to its end."""
    if by_itself(scheme):
        return say("verdict.by_itself")
    found = [_way(say, route) for route in open_to(scheme, facts, today, calendar)]
    if found:
        return "\n".join([say("verdict.where"), *found])
    return say("verdict.by_hand", contacts=contacts(say, scheme) or say("body.base_unit"))


def open_to(scheme: Scheme, facts: Facts, today: date, calendar: Calendar) -> Iterator[Route]:
    """The ways in that these facts do not rule out."""
    for route in scheme.apply.routes if scheme.apply else ():
        if _fits(route, facts, today, calendar) is not NO:
            yield route


def contacts(say: Speaker, scheme: Scheme) -> str:
    return say.join(say.scheme(each) for each in scheme.contacts)


def opening(say: Speaker, window: Window, today: date) -> str:
    """When one can apply, in the words of the file where it has some."""
    if window.say:
        return say.scheme(window.say)
    if window.always:
        return say("scheme.window.always")
    if window.within is not None:
        return say("scheme.window.event", within=window.within.said)
    if window.set_by is not None:
        return say("scheme.window.set_by", who=say(f"body.{window.set_by}"))
    opens, closes = window.dates(today)
    if closes is None:
        return say("scheme.window.always")
    closes = end(closes, window.at, SHANGHAI)
    if isinstance(window.closes, str) and opens is not None:
        return say(
            "scheme.window.yearly", opens=say.day(opens, opens), closes=say.until(closes, closes)
        )
    if opens is None:
        return say("scheme.window.until", closes=closes)
    return say("scheme.window.dates", opens=opens, closes=closes)


def by_itself(scheme: Scheme) -> bool:
    """Whether it is paid to everybody it is due to, without an application."""
    return scheme.quota.cite != "" and scheme.quota.order == "everybody" and not scheme.slots


def _fits(route: Route, facts: Facts, today: date, calendar: Calendar) -> Truth:
    return every(holds(test, facts, today, calendar) for test in route.when)


def _way(say: Speaker, route: Route) -> str:
    who = say("scheme.who", who=say.scheme(route.who)) if route.who else ""
    where, how = say.scheme(route.where), say.scheme(route.how)
    return say("scheme.route", who=who, where=where, how=how) + cited(say, route.cite)
