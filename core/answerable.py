"""Whether a test can be met at all by the answers its question allows."""

from collections.abc import Iterator, Mapping
from datetime import date

from core.comparison import Bound, Comparison, is_sum
from core.completeness import Flaw, Path
from core.questions import Kind, Question

RANGED = (Kind.DATE, Kind.NUMBER, Kind.MONEY)
SHOULD = {
    Kind.DATE: "a date: 2019-01-01",
    Kind.NUMBER: "a plain number",
    Kind.MONEY: "a sum: 30000元",
}


def answerable(asked: Mapping[str, Question], path: Path, test: Comparison) -> Iterator[Flaw]:
    """What is wrong with this test, given the questions."""
    unknown = [fact for fact in test.facts if fact not in asked]
    for fact in unknown:
        yield path, f"no question asks for {fact}"
    question = asked.get(test.fact)
    if question is None:
        return
    if test.is_ is not None or test.in_ is not None:
        yield from _choosable(question, path, test)
    elif question.answer not in RANGED:
        yield path, f"“{question.ask}” is not answered by a date or a number"
    elif test.needs_date:
        if question.answer is not Kind.DATE:
            yield path, f"“{question.ask}” is not answered by a date"
    else:
        for bound in test.bounds:
            yield from _fitting(asked, question, path, bound)
    event = asked.get(test.of)
    if event and event.answer is not Kind.DATE:
        yield path, f"“{event.ask}” is not answered by a date"


def _choosable(question: Question, path: Path, test: Comparison) -> Iterator[Flaw]:
    values = (test.is_,) if test.is_ is not None else test.in_ or ()
    for value in values:
        if value not in question.values:
            answers = " / ".join(map(str, question.values)) or question.answer
            yield path, f"{value} is not an answer to “{question.ask}” ({answers})"


def _fitting(
    asked: Mapping[str, Question], question: Question, path: Path, bound: Bound
) -> Iterator[Flaw]:
    if isinstance(bound, str) and not is_sum(bound):
        other = asked.get(bound)
        if other and other.answer is not question.answer:
            yield path, f"{bound} is answered by {other.answer}, not by {question.answer}"
        return
    kind = Kind.MONEY if is_sum(bound) else Kind.DATE if isinstance(bound, date) else Kind.NUMBER
    if kind is not question.answer:
        yield path, f"{bound} is not {SHOULD[question.answer]}, which “{question.ask}” asks for"
