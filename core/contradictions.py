"""What each line of a scheme file alone cannot show: a rule no answer can meet, and the like."""

from collections.abc import Iterator

from core.answerable import answerable
from core.capacities import confidential
from core.comparison import Comparison
from core.completeness import Flaw, Path, incomplete
from core.knowable import unknowable
from core.questions import Kind
from core.rules import Condition, Rules
from core.scheme import Scheme
from core.stages import Manner

__all__ = ["Path", "comparisons", "contradictions"]


def contradictions(scheme: Scheme) -> Iterator[Flaw]:
    """Path and sentence of everything in the file that does not fit together."""
    for path, comparison in comparisons(scheme):
        yield from answerable(scheme.asked, path, comparison)
    yield from _known_facts(scheme)
    yield from _payable(scheme)
    yield from _events(scheme)
    yield from _levels(scheme)
    yield from _tracks(scheme)
    yield from _names(scheme)
    yield from unknowable(scheme)
    yield from incomplete(scheme)


def comparisons(scheme: Scheme) -> Iterator[tuple[Path, Comparison]]:
    """Every test of the file with its path."""
    yield from _conditions(scheme.eligibility, ("eligibility",))
    for index, wish in enumerate(scheme.soft):
        yield ("soft", index), wish
        for number, eased in enumerate(wish.eased):
            yield ("soft", index, "eased", number), eased
            yield from ((("soft", index, "eased", number, "when"), test) for test in eased.when)
    for index, benefit in enumerate(scheme.benefits):
        yield from ((("benefits", index, "when"), test) for test in benefit.when)
    for index, paper in enumerate(scheme.documents):
        yield from ((("documents", index, "when"), test) for test in paper.when)
    for index, stage in enumerate(scheme.stages):
        yield from ((("stages", index, "when"), test) for test in stage.when)
    for index, given in enumerate(scheme.confers):
        yield from ((("confers", index, "when"), test) for test in given.when)
    for index, ended in enumerate(scheme.ends):
        yield from ((("ends", index, "when"), test) for test in ended.when)
    if scheme.suspends:
        yield from ((("suspends", "when"), test) for test in scheme.suspends.when)
    for index, route in enumerate(scheme.apply.routes if scheme.apply else ()):
        yield from ((("apply", "routes", index, "when"), test) for test in route.when)


def _conditions(rules: Rules, path: Path) -> Iterator[tuple[Path, Condition]]:
    for branch in ("all", "any", "none"):
        for index, part in enumerate(getattr(rules, branch)):
            here = (*path, branch, index)
            if isinstance(part, Condition):
                yield here, part
            else:
                yield from _conditions(part, here)


def _known_facts(scheme: Scheme) -> Iterator[Flaw]:
    asked = scheme.asked
    for path, fact in _named_facts(scheme):
        if fact not in asked:
            yield path, f"no question asks for {fact}"
    for key in ("trade", "certificate"):
        fact = getattr(scheme, key)
        if fact and fact not in scheme.form:
            yield (key,), f"{fact} has to stand in form"
    for index, limit in enumerate(scheme.limits):
        compares = limit.barred_by == "other_trade" or (
            limit.barred_by == "this_year" and limit.needs
        )
        if compares and limit.needs != scheme.trade:
            said = f"{limit.barred_by} compares the scheme's trade: needs has to name it"
            yield ("limits", index), said
    for fact, question in scheme.questions.items():
        for other in question.after:
            if other not in asked:
                yield ("questions", fact), f"after names {other}, which nobody asks for"


def _named_facts(scheme: Scheme) -> Iterator[tuple[Path, str]]:
    """Facts that are named outside of tests."""
    for fact in scheme.why:
        yield ("why", fact), fact
    for index, fact in enumerate(scheme.form):
        yield ("form", index), fact
    for index, fact in enumerate(scheme.ledger):
        yield ("ledger", index), fact
    if scheme.earlier:
        yield ("earlier",), scheme.earlier
    for index, limit in enumerate(scheme.limits):
        if limit.needs:
            yield ("limits", index), limit.needs
    for index, benefit in enumerate(scheme.benefits):
        for fact in benefit.facts:
            yield ("benefits", index), fact
    for index, stage in enumerate(scheme.stages):
        if stage.before:
            yield ("stages", index, "before"), stage.before
    if scheme.window and scheme.window.event:
        yield ("window", "event"), scheme.window.event
    if scheme.suspends and scheme.suspends.same:
        yield ("suspends", "same"), scheme.suspends.same


def _names(scheme: Scheme) -> Iterator[Flaw]:
    """A notice shows who has applied."""
    for index, stage in enumerate(scheme.stages):
        if stage.manner is Manner.POST and confidential(scheme):
            yield ("stages", index), "a notice would show who has complained; let it be entered"


def _payable(scheme: Scheme) -> Iterator[Flaw]:
    """Tables are by an answer, and sums are reckoned out of numbers."""
    tables: list[tuple[Path, str, dict[str, int]]] = []
    if scheme.amount.by:
        tables.append((("amount",), scheme.amount.by, scheme.amount.yuan))
    tables += [
        (("benefits", index), benefit.by, benefit.yuan)
        for index, benefit in enumerate(scheme.benefits)
        if isinstance(benefit.yuan, dict)
    ]
    for path, by, table in tables:
        question = scheme.asked.get(by)
        if question is None:
            yield path, f"no question asks for {by}"
            continue
        for level in table:
            if level not in question.values:
                yield path, f"{level} is not an answer to “{question.ask}”"
    for index, benefit in enumerate(scheme.benefits):
        cap = benefit.cap if isinstance(benefit.cap, str) else ""
        money = (benefit.of, benefit.top_up_to, benefit.from_, cap)
        wanted = {fact: (Kind.MONEY,) for fact in money if fact}
        wanted |= dict.fromkeys(benefit.times, (Kind.NUMBER,))
        wanted |= {benefit.by: (Kind.NUMBER,)} if benefit.tiers else {}
        for fact, kinds in wanted.items():
            question = scheme.asked.get(fact)
            if question and question.answer not in kinds:
                yield ("benefits", index), f"“{question.ask}” is not answered by {kinds[0]}"


def _events(scheme: Scheme) -> Iterator[Flaw]:
    for index, stage in enumerate(scheme.stages):
        question = scheme.asked.get(stage.before)
        if question and question.answer is not Kind.DATE:
            yield ("stages", index, "before"), f"“{question.ask}” is not answered by date"


def _levels(scheme: Scheme) -> Iterator[Flaw]:
    for index, limit in enumerate(scheme.limits):
        if (limit.barred_by == "level_not_higher") != bool(limit.levels):
            yield ("limits", index), "levels belong to level_not_higher, and it needs them"
        question = scheme.asked.get(limit.needs)
        for level in limit.levels:
            if scheme.amount.by and level not in scheme.amount.yuan:
                yield ("limits", index), f"{level} has no amount"
            elif question and level not in question.values:
                yield ("limits", index), f"{level} is not an answer to “{question.ask}”"


def _tracks(scheme: Scheme) -> Iterator[Flaw]:
    named = list(_named_tracks(scheme.eligibility))
    for name in {name for name in named if named.count(name) > 1}:
        yield ("eligibility",), f"two groups are called {name}"
    tracked = [
        (("benefits", index, "track"), each.track) for index, each in enumerate(scheme.benefits)
    ]
    tracked += [
        (("ceilings", index, "track"), each.track) for index, each in enumerate(scheme.ceilings)
    ]
    for path, track in tracked:
        if track and track not in named:
            there = "、".join(named) or "none has a name"
            yield path, f"no group is called {track} ({there})"
    for index, benefit in enumerate(scheme.benefits):
        if sum(ceiling.covers(benefit) for ceiling in scheme.ceilings) > 1:
            yield ("benefits", index), "stands below two ceilings: give each a track of its own"


def _named_tracks(rules: Rules) -> Iterator[str]:
    if rules.track:
        yield rules.track
    for part in (*rules.all, *rules.any, *rules.none):
        if isinstance(part, Rules):
            yield from _named_tracks(part)
