"""What holds of every verdict, whoever is judged by whatever rules."""

from hypothesis import given
from hypothesis import strategies as st

from core.periods import ANNOUNCED
from core.rules import Rules, Value
from core.truth import NO, UNKNOWN, YES
from core.verdict import Finding, by_fact, conditions, explain, judge, open_facts, tracks
from tests.core.trees import TODAY, people, trees, values


@given(trees, people)
def test_a_verdict_is_open_exactly_while_a_fact_can_still_change_it(
    tree: Rules, person: dict[str, Value]
) -> None:
    finding = judge(tree, person, TODAY, ANNOUNCED)
    assert (finding.truth is UNKNOWN) == bool(set(open_facts(finding)))
    assert not set(open_facts(finding)) & set(person)


@given(trees, people)
def test_the_reasons_carry_the_verdict(tree: Rules, person: dict[str, Value]) -> None:
    finding = judge(tree, person, TODAY, ANNOUNCED)
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
    finding = judge(tree, person, TODAY, ANNOUNCED)
    missing = {fact: data.draw(drawn) for fact, drawn in values.items() if fact not in person}
    full = judge(tree, person | missing, TODAY, ANNOUNCED)
    assert full.truth is not UNKNOWN
    if finding.truth is not UNKNOWN:
        assert full.truth is finding.truth


@given(trees, people, st.data())
def test_what_is_not_open_makes_no_difference(
    tree: Rules, person: dict[str, Value], data: st.DataObject
) -> None:
    asked = set(open_facts(judge(tree, person, TODAY, ANNOUNCED)))
    one, other = (
        {fact: data.draw(drawn) for fact, drawn in values.items() if fact not in person}
        for _ in range(2)
    )
    same = {fact: value for fact, value in one.items() if fact in asked}
    full = judge(tree, person | one, TODAY, ANNOUNCED)
    assert judge(tree, person | other | same, TODAY, ANNOUNCED).truth is full.truth


def test_one_way_in_is_enough() -> None:
    ways = [{"say": f"有{fact}", "fact": fact, "is": True, "cite": "第一条"} for fact in ("a", "b")]
    rest = [{"say": "有c", "fact": "c", "is": True, "cite": "第二条"}]
    tree = Rules.model_validate({"all": rest, "any": ways})
    assert list(open_facts(judge(tree, {"a": True}, TODAY, ANNOUNCED))) == ["c"]
    assert list(open_facts(judge(tree, {"a": False}, TODAY, ANNOUNCED))) == ["c", "b"]


@given(trees, people)
def test_an_officer_sees_every_condition(tree: Rules, person: dict[str, Value]) -> None:
    finding = judge(tree, person, TODAY, ANNOUNCED)
    shown = list(conditions(finding))
    assert {reason.fact for reason in explain(finding)} <= {reason.fact for reason in shown}


@given(trees, people)
def test_what_is_set_aside_decides_nothing_and_the_rest_does(
    tree: Rules, person: dict[str, Value]
) -> None:
    finding = judge(tree, person, TODAY, ANNOUNCED)
    shown = list(conditions(finding))
    aside = {(id(reason.rule), reason.barred) for reason in shown if reason.aside}
    deciding = {(id(reason.rule), reason.barred) for reason in explain(finding)}
    if len({id(reason.rule) for reason in shown}) == len(shown):
        assert not aside & deciding
    assert all(reason.good is not YES for reason in shown if reason.aside)
    if finding.truth is YES:
        assert all(reason.good is YES or reason.aside for reason in shown)
    assert [reason.fact for reason in by_fact(shown)] == list(dict.fromkeys(r.fact for r in shown))


@given(trees, people)
def test_each_way_in_has_the_truth_of_its_own_group(tree: Rules, person: dict[str, Value]) -> None:
    finding = judge(tree, person, TODAY, ANNOUNCED)
    found = list(tracks(finding))
    assert found == [
        (rules.track, judge(rules, person, TODAY, ANNOUNCED).truth) for rules in named(finding)
    ]
    shown = {reason.track for reason in conditions(finding)}
    assert shown <= {"", *(name for name, _ in found)}


def named(finding: Finding) -> list[Rules]:
    here = [finding.rule] if isinstance(finding.rule, Rules) and finding.rule.track else []
    return here + [rules for part in finding.parts for rules in named(part)]
