"""Answers out of a scheme's own data, where nobody has written one: each line with its article.

A line is a key and its values; `locales` makes the sentence.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.finding.demands import Either, Need, needs
from core.finding.gains import sizes, way
from core.finding.matters import Matter
from core.papers import Document
from core.scheme import Scheme
from core.stages import Body, Stage, StageKind

MOST = 6  # lines in one answer


@dataclass(frozen=True)
class Line:
    """One sentence to be said, and the article it rests on."""

    key: str
    cite: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """What the file says of one matter."""

    matter: Matter
    lines: tuple[Line, ...]
    more: int = 0  # lines left out: a chat is no document

    @property
    def cites(self) -> tuple[str, ...]:
        """Every article once, in the order of the lines."""
        return tuple(dict.fromkeys(line.cite for line in self.lines if line.cite))


def part_of(scheme: Scheme, matter: Matter) -> Part | None:
    """What the scheme says of a matter, or None where it has no such part, or says nothing."""
    lines = tuple(TELLERS[matter](scheme)) if matter in TELLERS else ()
    return Part(matter, lines[:MOST], len(lines[MOST:])) if lines else None


def overview(scheme: Scheme) -> Part:
    """Who may, what one gets, and where: for a question that only names the scheme."""
    for matter in (Matter.AMOUNT, Matter.WHO, Matter.WHERE, Matter.STEPS):
        if found := part_of(scheme, matter):
            return found
    source = Line("source", "", {"document": scheme.source.document, "title": scheme.source.title})
    return Part(Matter.BASIS, (source,))


def _amount(scheme: Scheme) -> Iterator[Line]:
    for benefit in scheme.gains:
        about = sizes(benefit)
        about["times"] = [scheme.asked[fact].name for fact in benefit.times if fact in scheme.asked]
        if isinstance(benefit.cap, str):
            about["cap"] = scheme.asked[benefit.cap].name
        yield Line(f"gain.{way(benefit)}", benefit.cite, about)
    for each in scheme.ceilings:
        about = {"yuan": each.yuan, "per": each.per, "track": each.track}
        yield Line("total", each.cite, about)


def _who(scheme: Scheme) -> Iterator[Line]:
    for need in needs(scheme.eligibility):
        yield demanded(need)


def demanded(need: Need) -> Line:
    """What has to hold, in one line; with every way where one of several is enough."""
    if isinstance(need, Either):
        return Line("need_any", need.cite, {"ways": _ways(need)})
    return Line("need", need.cite, {"say": need.say})


def _ways(either: Either) -> tuple[Any, ...]:
    """For each way its name and what it wants: sentences, or ways again."""
    return tuple(
        (way.track, tuple(_ways(n) if isinstance(n, Either) else n.say for n in way.needs))
        for way in either.ways
    )


def _papers(scheme: Scheme) -> Iterator[Line]:
    for paper in scheme.slots:
        yield _paper(paper)


def _paper(paper: Document) -> Line:
    key = "paper.must" if paper.required else "paper.perhaps"
    return Line(key, paper.cite, {"what": paper.what, "copies": paper.copies})


def _notice(scheme: Scheme) -> Iterator[Line]:
    for stage in scheme.stages:
        if stage.stage is StageKind.NOTICE:
            key = f"notice.{stage.day_kind}" if stage.days else "notice.open"
            values = {"name": stage.name, "days": stage.days or 0, "where": stage.where}
            yield Line(key, stage.cite, values)


def _objection(scheme: Scheme) -> Iterator[Line]:
    for stage in scheme.stages:
        if stage.objection:
            yield Line(f"objection.{stage.objection}", stage.cite, {"name": stage.name})
        if stage.vacancy:
            yield Line(f"vacancy.{stage.vacancy}", stage.cite, {"name": stage.name})


def _steps(scheme: Scheme) -> Iterator[Line]:
    if scheme.stages:
        names = [stage.name for stage in scheme.stages]
        cites = "、".join(dict.fromkeys(stage.cite for stage in scheme.stages))
        yield Line("steps", cites, {"names": names})


def _how_long(scheme: Scheme) -> Iterator[Line]:
    for stage in scheme.stages:
        if stage.within:
            yield Line("within", stage.cite, {"name": stage.name, "within": stage.within.said})
        elif stage.by_day:
            yield Line("by_day", stage.cite, {"name": stage.name, "day": stage.by_day.said})
        elif stage.stage is StageKind.NOTICE and stage.days:
            values = {"name": stage.name, "days": stage.days, "where": ""}
            yield Line(f"notice.{stage.day_kind}", stage.cite, values)


def _paying(scheme: Scheme) -> Iterator[Line]:
    for stage in scheme.stages:
        if stage.stage is StageKind.PAYMENT:
            values = _acting(stage) | {"share": stage.share or 0}
            yield Line("paying.share" if stage.share else "stage_by", stage.cite, values)
            if stage.within:
                yield Line("within", stage.cite, {"name": stage.name, "within": stage.within.said})


def _decides(scheme: Scheme) -> Iterator[Line]:
    if scheme.apply and scheme.apply.decides:
        yield Line("decides", scheme.apply.cite, {"who": scheme.apply.decides})
    elif scheme.apply:
        yield Line("said", scheme.apply.cite, {"say": scheme.apply.decided})
    conferrals = [stage for stage in scheme.stages if stage.stage is StageKind.CONFERRAL]
    for stage in conferrals[-1:] if scheme.apply else _deciding(scheme.stages):
        key = "decided_by" if stage.stage is StageKind.APPROVAL else "stage_by"
        yield Line(key, stage.cite, _acting(stage))


def _deciding(stages: Sequence[Stage]) -> Sequence[Stage]:
    """The last approval everybody needs; without one, whatever is approved and conferred."""
    approvals = [stage for stage in stages if stage.stage is StageKind.APPROVAL]
    if final := [stage for stage in approvals if not stage.when]:
        return final[-1:]
    return [stage for stage in stages if stage in approvals or stage.stage is StageKind.CONFERRAL]


def _acting(stage: Stage) -> dict[str, Any]:
    return {"name": stage.name, "by": stage.by, "who": stage.who}


def _where(scheme: Scheme) -> Iterator[Line]:
    for route in scheme.apply.routes if scheme.apply else ():
        yield Line("route", route.cite, {"who": route.who, "where": route.where, "how": route.how})
    if scheme.apply is None:
        for stage in scheme.stages:
            if stage.by is not Body.APPLICANT:
                key = "list_by" if scheme.drawn else "first_step"
                yield Line(key, stage.cite, _acting(stage))
                return


def _contact(scheme: Scheme) -> Iterator[Line]:
    if scheme.contacts:
        yield Line("contacts", "", {"contacts": scheme.contacts})


def _when(scheme: Scheme) -> Iterator[Line]:
    window = scheme.window
    if window is None:
        return
    if window.say:
        yield Line("said", window.cite, {"say": window.say})
    elif window.always:
        yield Line("window.always", window.cite)
    elif window.within:
        yield Line("window.within", window.cite, {"within": window.within.said})
    elif window.set_by:
        yield Line("window.set_by", window.cite, {"by": window.set_by})
    else:
        yield Line("window.dates", window.cite, {"opens": window.opens, "closes": window.closes})


def _places(scheme: Scheme) -> Iterator[Line]:
    quota = scheme.quota
    if not quota.cite:
        return
    soft = quota.in_principle and quota.bound == "at_most"
    values: dict[str, Any] = {"bound": "in_principle" if soft else quota.bound}
    values |= {"per": quota.per, "years": quota.every_years or 0}
    groups = [(band.name, band.places) for band in quota.bands if band.places]
    if quota.places:
        yield Line("places.number", quota.cite, values | {"places": quota.places})
    elif quota.order != "everybody" and not groups:
        key = "places.each_time" if quota.rules else "places.set_by"
        yield Line(key, quota.cite, {"by": quota.set_by, "per": quota.per})
    if groups:
        key = "places.of_them" if quota.places else "places.groups"
        yield Line(key, quota.cite, values | {"groups": groups})
    yield Line(f"places.{quota.order}", quota.cite)
    if quota.order != "everybody":
        yield Line(f"places.full.{quota.when_full or 'unsaid'}", quota.cite)
    for rule in quota.rules:
        yield Line("said", rule.cite, {"say": rule.say})


def _again(scheme: Scheme) -> Iterator[Line]:
    for limit in scheme.limits:
        yield Line("limit", limit.cite, {"say": limit.say, "mend": limit.mend})


def _cheating(scheme: Scheme) -> Iterator[Line]:
    misconduct = scheme.misconduct
    if not misconduct.cite:
        return
    if misconduct.before_payment != "unsaid":
        paid = scheme.pays or any(gain.is_money for gain in scheme.gains)
        kept = "" if paid and misconduct.after_payment != "revoke" else "_unpaid"
        yield Line(f"misconduct.{misconduct.before_payment}{kept}", misconduct.cite)
    if misconduct.after_payment != "unsaid":
        yield Line(f"misconduct.{misconduct.after_payment}", misconduct.cite)
    for rule in misconduct.rules:
        yield Line("said", rule.cite, {"say": rule.say})


def _duties(scheme: Scheme) -> Iterator[Line]:
    for duty in scheme.duties:
        yield Line("said", duty.cite, {"say": duty.say})


def _scoring(scheme: Scheme) -> Iterator[Line]:
    if scheme.scoring:
        for criterion in scheme.scoring.criteria:
            values = {"name": criterion.name, "weight": criterion.weight}
            yield Line("criterion", scheme.scoring.cite, values)


def _basis(scheme: Scheme) -> Iterator[Line]:
    source = scheme.source
    yield Line("source", "", {"document": source.document, "title": source.title})
    yield Line("in_force", "", {"since": source.in_force, "until": source.until})


TELLERS: Mapping[Matter, Callable[[Scheme], Iterator[Line]]] = {
    Matter.NOTICE: _notice,
    Matter.OBJECTION: _objection,
    Matter.PLACES: _places,
    Matter.AGAIN: _again,
    Matter.CHEATING: _cheating,
    Matter.PAPERS: _papers,
    Matter.HOW_LONG: _how_long,
    Matter.PAYING: _paying,
    Matter.CONTACT: _contact,
    Matter.WHEN: _when,
    Matter.AMOUNT: _amount,
    Matter.DECIDES: _decides,
    Matter.STEPS: _steps,
    Matter.WHERE: _where,
    Matter.SCORING: _scoring,
    Matter.DUTIES: _duties,
    Matter.BASIS: _basis,
    Matter.WHO: _who,
}
