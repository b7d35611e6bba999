"""What holds of every verdict, whoever is judged by whatever rules."""

from hypothesis import given
from hypothesis import strategies as st

from core.rules import Rules, Value
from core.truth import NO, UNKNOWN, YES
from core.verdict import conditions, explain, judge, open_facts
from tests.core.trees import TODAY, people, trees, values


@given(trees, people)
def test_a_verdict_is_open_exactly_while_a_fact_can_still_change_it(
    tree: Rules, person: dict[str, Value]
) -> None:
    finding = judge(tree, person, TODAY)
    assert (finding.truth is UNKNOWN) == bool(set(open_facts(finding)))
    assert not set(open_facts(finding)) & set(person)


@given(trees, people)
def test_the_reasons_carry_the_verdict(tree: Rules, person: dict[str, Value]) -> None:
    finding = judge(tree, person, TODAY)
    reasons = list(explain(finding))
    assert reasons
    if finding.truth is NO:
        assert {reason.good for reason in reasons} == {NO}
    if finding.truth is YES:
        assert {reason.good for reason in reasons} == {YES}


@given(trees, people, st.data())
def test_a_settled_verdict_does_not_change_with_further_answers(
    tree: Rules, person: dict[str, Value], data: st.DataObject
) -> None:
    finding = judge(tree, person, TODAY)
    missing = {fact: data.draw(drawn) for fact, drawn in values.items() if fact not in person}
    full = judge(tree, person | missing, TODAY)
    assert full.truth is not UNKNOWN
    if finding.truth is not UNKNOWN:
        assert full.truth is finding.truth


@given(trees, people)
def test_an_officer_sees_every_condition(tree: Rules, person: dict[str, Value]) -> None:
    finding = judge(tree, person, TODAY)
    shown = list(conditions(finding))
    assert {reason.fact for reason in explain(finding)} <= {reason.fact for reason in shown}
