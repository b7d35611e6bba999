"""What is asked next, and what has to be asked again."""

from pathlib import Path

from core.periods import ANNOUNCED
from core.questions import dependants, next_question
from core.rules import Value
from storage.schemes import read
from tests.core.trees import TODAY

SKILL = read(Path(__file__).parents[2] / "schemes").on("yn-skill-upgrade-subsidy", TODAY)


def asked(facts: dict[str, Value]) -> str | None:
    return next_question([SKILL.rules], facts, TODAY, ANNOUNCED)


def test_the_decisive_question_comes_first() -> None:
    assert asked({}) == "certificate"


def test_nothing_is_asked_once_the_answer_is_certain() -> None:
    assert asked({"certificate": "高级工及以下"}) is None


def test_a_skipped_question_is_not_asked_again() -> None:
    skip = ["certificate"]
    assert next_question([SKILL.rules], {}, TODAY, ANNOUNCED, skip) == "certificate_date"


def test_a_new_certificate_makes_all_that_leans_on_it_stale_and_nothing_else() -> None:
    stale = dependants("certificate", SKILL.asked)
    assert stale == {
        "certificate_date",
        "certificate_online",
        "trained_by",
        "trade",
        "certificate_number",
        "skill_subsidy_not_higher",
        "skill_subsidy_other_trade",
    }
    assert dependants("union_member", SKILL.asked) == set()
