"""Whether every fact that a condition or a sum goes by can become known, and from whom.

Whoever applies is asked what decides, what the document wishes and the form; officers what is
still open when they decide, what says whether a step applies, and what a step `asks`.
"""

from collections.abc import Iterable, Iterator

from core.comparison import Comparison
from core.completeness import Flaw, Path
from core.questions import Origin, Question
from core.rules import Condition, Rules
from core.scheme import Scheme
from core.stages import Manner

ONE_BY_ONE = (Manner.DECIDE, Manner.ENTER)


def unknowable(scheme: Scheme) -> Iterator[Flaw]:
    """Path and sentence of every fact nobody is ever asked for, and of an `asks` without sense."""
    yield from _asks(scheme)
    if not scheme.runs or scheme.drawn:  # nobody applies here; of a list officers find out all
        return
    for path, fact, deciding in _uses(scheme):
        question = scheme.asked.get(fact)
        if question is not None and not _known(scheme, fact, question, deciding):
            yield (
                path,
                f"nobody is ever asked for {fact}: put it into form, or under asks of a step",
            )


def _known(scheme: Scheme, fact: str, question: Question, deciding: bool) -> bool:
    limits = {limit.fact for limit in scheme.limits} | {scheme.earlier}
    if fact in limits or question.yearly or question.registered or Origin.ROSTER in question.from_:
        return True
    asked_here = {name for stage in scheme.stages for name in _of_step(stage.when, stage.before)}
    if fact in asked_here or any(fact in stage.asks for stage in scheme.stages):
        return True
    if Origin.OFFICER in question.from_ and deciding:
        return any(stage.manner in ONE_BY_ONE for stage in scheme.stages)
    return question.asked_of_worker and fact in _told_by_applicant(scheme)


def _told_by_applicant(scheme: Scheme) -> set[str]:
    """What the chat asks in any case; a sum only where officers leave nothing open before it."""
    decides = {name for condition in _conditions(scheme.eligibility) for name in condition.facts}
    wished = {name for wish in scheme.soft for name in (*wish.facts, *wish.others)}
    event = {scheme.window.event} if scheme.window else set()
    asked = [scheme.asked[fact] for fact in decides if fact in scheme.asked]
    at_once = all(question.asked_of_worker for question in asked)
    sums = {name for _, name in _sums(scheme)} if at_once else set()
    return decides | wished | event | set(scheme.form) | sums


def _uses(scheme: Scheme) -> Iterator[tuple[Path, str, bool]]:
    """Every fact with its place, and whether officers are asked for it before they decide."""
    for condition in _conditions(scheme.eligibility):
        yield from ((("eligibility",), fact, True) for fact in condition.facts)
    yield from ((path, fact, True) for path, fact in _sums(scheme))
    for index, wish in enumerate(scheme.soft):
        names = [*wish.facts, *wish.others]
        yield from ((("soft", index), fact, _decides(scheme, fact)) for fact in names)
    for key in ("documents", "confers", "ends"):
        for index, each in enumerate(getattr(scheme, key)):
            names = _of_step(each.when)
            yield from (((key, index, "when"), fact, _decides(scheme, fact)) for fact in names)
    if scheme.suspends:
        names = _of_step(scheme.suspends.when)
        yield from ((("suspends", "when"), fact, _decides(scheme, fact)) for fact in names)


def _decides(scheme: Scheme, fact: str) -> bool:
    """Whether the verdict or the sum goes by it as well."""
    others = [*_conditions(scheme.eligibility)]
    return any(fact in each.facts for each in others) or fact in {f for _, f in _sums(scheme)}


def _sums(scheme: Scheme) -> Iterator[tuple[Path, str]]:
    if scheme.amount.by:
        yield ("amount",), scheme.amount.by
    for index, benefit in enumerate(scheme.benefits):
        for fact in (*benefit.facts, *_of_step(benefit.when)):
            yield ("benefits", index), fact


def _of_step(tests: Iterable[Comparison], *others: str) -> list[str]:
    return [*(fact for test in tests for fact in test.facts), *filter(None, others)]


def _conditions(rules: Rules) -> Iterator[Condition]:
    for part in (*rules.all, *rules.any, *rules.none):
        if isinstance(part, Condition):
            yield part
        else:
            yield from _conditions(part)


def _asks(scheme: Scheme) -> Iterator[Flaw]:
    for index, stage in enumerate(scheme.stages):
        for fact in stage.asks:
            question = scheme.asked.get(fact)
            if question is None:
                yield ("stages", index, "asks"), f"no question asks for {fact}"
            elif Origin.OFFICER not in question.from_:
                yield ("stages", index, "asks"), f"{fact} is not for officers: from: officer"
