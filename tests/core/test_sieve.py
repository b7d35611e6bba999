"""The quick way through all schemes says what the judge says, of every tree and every person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.periods import ANNOUNCED
from core.questions import Kind, Question
from core.rules import Rules, Value
from core.scheme import Scheme
from core.sieve import ready, truth
from core.verdict import Facts, judge, open_facts
from tests.core.trees import TODAY, people, trees
from tests.schemes.pages import CATALOGUE

SCHEMES = CATALOGUE.known(TODAY)


def agree(rules: Rules, facts: Facts) -> None:
    sieve, found = ready(rules, TODAY, ANNOUNCED), judge(rules, facts, TODAY, ANNOUNCED)
    assert truth(sieve, facts) is found.truth
    waiting: dict[str, None] = {}
    if found.truth.value == "unknown":
        sieve.open(facts, waiting)
    assert list(waiting) == list(dict.fromkeys(open_facts(found)))


@given(trees, people)
def test_it_agrees_on_any_tree(rules: Rules, facts: dict[str, Value]) -> None:
    agree(rules, facts)


def value(question: Question) -> st.SearchStrategy[Value]:
    match question.answer:
        case Kind.YES_NO | Kind.CHOICE:
            return st.sampled_from(question.values)
        case Kind.DATE:
            return st.dates(TODAY.replace(year=1950), TODAY)
        case Kind.NUMBER:
            return st.integers(0, 200)
        case Kind.MONEY:
            return st.integers(0, 10_000_000)
        case Kind.TEXT:
            return st.just("写了")


@pytest.mark.parametrize("half", [0, 1])
@given(chance=st.data())
def test_it_agrees_on_every_scheme(half: int, chance: st.DataObject) -> None:
    scheme: Scheme = chance.draw(st.sampled_from(SCHEMES[half::2]))
    answers = {fact: value(question) for fact, question in scheme.asked.items()}
    agree(scheme.rules, chance.draw(st.fixed_dictionaries({}, optional=answers)))
