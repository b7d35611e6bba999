"""What came of the check of all schemes, in the worker's words, group by group."""

from collections.abc import Iterable
from datetime import date

from core.days import Calendar
from core.decision import decide
from core.guide import Found
from core.scheme import Scheme, Tier
from core.truth import NO
from core.verdict import Facts
from core.window import end
from handlers.scheme_text import amount, by_itself, cited, open_to
from locales import Speaker
from storage.tables import SHANGHAI

MOST = 10  # of one group
MOST_REFUSED = 25


def results(
    say: Speaker, found: Found, facts: Facts, today: date, calendar: Calendar, done: bool
) -> str:
    """Fits, paid by itself, elsewhere, closed now, one fact short, open, not for you."""
    groups: dict[str, list[str]] = {"fits": [], "by_itself": [], "elsewhere": [], "closed": []}
    for scheme in found.fits:
        group = _group(scheme, facts, today, calendar)
        groups[group].append(_fit(say, scheme, facts, today, calendar, group))
    total = len(found.fits) + len(found.open) + len(found.not_for_you)
    parts = [say("guide.result" if done else "guide.so_far", total=total)]
    parts += [_listed(say, f"guide.{name}", lines) for name, lines in groups.items() if lines]
    near = [_lacks(say, scheme, fact) for scheme, fact in found.near]
    if near:
        parts.append(_listed(say, "guide.near", near))
    if further := len(found.open) - len(near):
        parts.append(say("guide.open", count=further))
    if found.not_for_you:
        parts.append(say("guide.not", count=len(found.not_for_you)))
    return "\n\n".join(parts)


def why_not(
    say: Speaker, schemes: Iterable[Scheme], facts: Facts, today: date, calendar: Calendar
) -> str:
    """Each scheme with the first condition that is not met, and what would change it."""
    refused = list(schemes)
    lines = []
    for scheme in refused[:MOST_REFUSED]:
        reason = decide(scheme, facts, today, calendar).failed[0]
        name, said = say.scheme(scheme.name), say.scheme(reason.say)
        lines.append(say("guide.because", name=name, say=said, cite=cited(say, reason.cite)))
        if reason.since:
            lines.append(say("reason.since", day=reason.since, days=reason.wait))
        elif reason.mend:
            lines.append(say("reason.mend", mend=say.scheme(reason.mend)))
    if len(refused) > MOST_REFUSED:
        lines.append(say("guide.others", count=len(refused) - MOST_REFUSED))
    return say("guide.not_text", lines="\n".join(lines))


def _group(scheme: Scheme, facts: Facts, today: date, calendar: Calendar) -> str:
    if by_itself(scheme):
        return "by_itself"
    if scheme.window and scheme.window.open_on(today, facts, calendar) is NO:
        return "closed"
    return "elsewhere" if scheme.tier is Tier.CHECK else "fits"


def _fit(
    say: Speaker, scheme: Scheme, facts: Facts, today: date, calendar: Calendar, group: str
) -> str:
    name, sums = say.scheme(scheme.name), decide(scheme, facts, today, calendar).sums
    money = [amount(say, each) for each in sums if each.benefit.is_money]
    told = say("guide.amount", amount=money[0]) if len(money) == 1 else ""
    if group == "elsewhere":
        open_ = open_to(scheme, facts, today, calendar)
        where = next((say.scheme(route.where) for route in open_), "")
        return say("guide.where", name=name, amount=told, where=where)
    closes = scheme.window.dates(today)[1] if scheme.window else None
    deadline = _deadline(say, scheme, closes, today) if closes else ""
    return say("guide.fit", name=name, amount=told, deadline=deadline)


def _deadline(say: Speaker, scheme: Scheme, closes: date, today: date) -> str:
    at = scheme.window.at if scheme.window else None
    return say("guide.closes", day=say.until(end(closes, at, SHANGHAI), today))


def _lacks(say: Speaker, scheme: Scheme, fact: str) -> str:
    lacking = say.scheme(scheme.asked[fact].name)
    return say("guide.lacks", name=say.scheme(scheme.name), fact=lacking)


def _listed(say: Speaker, key: str, lines: list[str]) -> str:
    rest = [say("guide.others", count=len(lines) - MOST)] if len(lines) > MOST else []
    return "\n".join([say(key, count=len(lines)), *lines[:MOST], *rest])
