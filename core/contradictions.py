"""What each line of a scheme file alone cannot show: a rule no answer can meet, and the like."""

from collections.abc import Iterator
from datetime import date

from core.questions import Kind
from core.rules import Condition, OneOf, Rules
from core.scheme import Scheme, StageKind

Path = tuple[str | int, ...]
SOME_DAY = date(2000, 1, 1)


def contradictions(scheme: Scheme) -> Iterator[tuple[Path, str]]:
    """Path and sentence of everything in the file that does not fit together."""
    for path, condition in _conditions(scheme.eligibility, ("eligibility",)):
        yield from _answerable(scheme, path, condition)
    yield from _known_facts(scheme)
    yield from _payable(scheme)
    yield from _levels(scheme)
    if scheme.stages[-1].stage is not StageKind.PAYMENT:
        yield ("stages",), "the last stage pays"


def _answerable(scheme: Scheme, path: Path, condition: Condition) -> Iterator[tuple[Path, str]]:
    question = scheme.asked.get(condition.fact)
    if question is None:
        yield path, f"no question asks for {condition.fact}"
        return
    test = condition.test(SOME_DAY)
    if isinstance(test, OneOf):
        for value in test.values:
            if value not in question.values:
                answers = " / ".join(map(str, question.values)) or question.answer
                yield path, f"{value} is not an answer to “{question.ask}” ({answers})"
    elif question.answer not in (Kind.DATE, Kind.NUMBER, Kind.MONEY):
        yield path, f"“{question.ask}” is not answered by a date or a number"
    elif (condition.same_year or condition.within_months) and question.answer is not Kind.DATE:
        yield path, f"“{question.ask}” is not answered by a date"


def _known_facts(scheme: Scheme) -> Iterator[tuple[Path, str]]:
    asked = scheme.asked
    for index, fact in enumerate(scheme.form):
        if fact not in asked:
            yield ("form", index), f"no question asks for {fact}"
    if scheme.earlier and scheme.earlier not in asked:
        yield ("earlier",), f"no question asks for {scheme.earlier}"
    for key in ("trade", "certificate"):
        fact = getattr(scheme, key)
        if fact and fact not in scheme.form:
            yield (key,), f"{fact} has to stand in form"
    for index, limit in enumerate(scheme.limits):
        if limit.needs and limit.needs not in asked:
            yield ("limits", index), f"no question asks for {limit.needs}"
        if limit.barred_by == "other_trade" and limit.needs != scheme.trade:
            yield ("limits", index), "other_trade compares the scheme's trade: needs has to name it"
    for fact, question in scheme.questions.items():
        for other in question.after:
            if other not in asked:
                yield ("questions", fact), f"after names {other}, which nobody asks for"


def _payable(scheme: Scheme) -> Iterator[tuple[Path, str]]:
    question = scheme.asked.get(scheme.amount.by)
    if question is None:
        yield ("amount",), f"no question asks for {scheme.amount.by}"
        return
    for level in scheme.amount.yuan:
        if level not in question.values:
            yield ("amount",), f"{level} is not an answer to “{question.ask}”"


def _levels(scheme: Scheme) -> Iterator[tuple[Path, str]]:
    for index, limit in enumerate(scheme.limits):
        if (limit.barred_by == "level_not_higher") != bool(limit.levels):
            yield ("limits", index), "levels belong to level_not_higher, and it needs them"
        for level in limit.levels:
            if level not in scheme.amount.yuan:
                yield ("limits", index), f"{level} has no amount"


def _conditions(rules: Rules, path: Path) -> Iterator[tuple[Path, Condition]]:
    for branch in ("all", "any", "none"):
        for index, part in enumerate(getattr(rules, branch)):
            here = (*path, branch, index)
            if isinstance(part, Condition):
                yield here, part
            else:
                yield from _conditions(part, here)
