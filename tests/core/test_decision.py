"""What a verdict says beside yes and no: what only officers can tell, what warns, what ranks."""

from datetime import date
from pathlib import Path

from core.decision import Verdict, decide
from core.periods import ANNOUNCED
from core.questions import next_question, not_for_a_chat
from core.rules import Value
from core.truth import NO, UNKNOWN, YES
from storage.schemes import read
from tests.core.trees import TODAY

LIBRARY = read(Path(__file__).parents[2] / "schemes")
AID = LIBRARY.on("yn-model-worker-special-hardship-aid", TODAY)
PROJECT = LIBRARY.on("yn-innovation-project-subsidy", TODAY)
LIVING = LIBRARY.on("yn-model-worker-living-hardship-allowance", TODAY)
ILL: dict[str, Value] = {
    "model_worker_standing": "省劳模或先进工作者",
    "honour_retained": True,
    "hardship_cause": "本人大病或多种疾病",
    "medical_burden_heavy": True,
    "moved_abroad": False,
}
CLEAN: dict[str, Value] = {"discipline_violation": False, "lost_contact": False}


def aid(**more: Value) -> Verdict:
    return decide(AID, ILL | more, TODAY, ANNOUNCED)


def test_the_rest_is_left_to_officers_once_the_worker_has_told_everything() -> None:
    verdict = aid()
    assert verdict.truth is UNKNOWN
    assert verdict.left_to_officers
    assert set(verdict.open) == set(verdict.judged) == set(CLEAN)
    assert not decide(AID, {}, TODAY, ANNOUNCED).left_to_officers


def test_a_chat_asks_nothing_that_only_officers_can_tell() -> None:
    facts: dict[str, Value] = {}
    skipped = not_for_a_chat(AID.asked)
    while (fact := next_question([AID.rules], facts, TODAY, ANNOUNCED, skipped)) is not None:
        assert AID.asked[fact].asked_of_worker
        facts[fact] = ILL[fact]
    assert facts == ILL


def test_a_ceiling_is_no_exact_sum() -> None:
    verdict = decide(AID, ILL | CLEAN, TODAY, ANNOUNCED)
    assert verdict.truth is YES
    assert verdict.amount_fen is None
    assert [(found.low, found.high) for found in verdict.sums] == [(None, 3_000_000)]


def test_a_reason_names_the_way_in_it_belongs_to() -> None:
    verdict = aid(medical_burden_heavy=False)
    assert verdict.truth is NO
    ways = {reason.track: reason.cite for reason in verdict.failed}
    assert ways == {"本人患病": "第七条(一)", "家庭困难": "第七条"}
    assert aid().tracks == ("本人患病",)


def test_a_soft_condition_warns_and_never_refuses() -> None:
    facts: dict[str, Value] = {
        "studio_named_by": "省总工会",
        "studio_kind": "职工创新工作室",
        "innovation_project_kind": "填补技术空白",
        "able_to_finish": True,
        "budget_reasonable": True,
        "filed_by_unit": True,
        "fiscal_funds_cover": False,
        "project_right_lost": False,
        "project_subsidy_this_year": False,
        "unfinished_project": True,
        "project_years": 3,
    }
    verdict = decide(PROJECT, facts, TODAY, ANNOUNCED)
    assert verdict.truth is YES
    assert [(warning.say, warning.cite) for warning in verdict.warnings] == [
        ("没有未完成的补助项目", "第十四条第4项")
    ]
    assert verdict.warnings[0].mend
    assert verdict.judged == ("project_grade",)


def test_a_limit_of_another_year_ends_with_this_one() -> None:
    verdict = decide(PROJECT, {"project_subsidy_this_year": True}, TODAY, ANNOUNCED)
    assert [reason.since for reason in verdict.failed] == [date(2027, 1, 1)]


def test_what_the_sum_goes_by_is_asked_after_the_conditions() -> None:
    facts: dict[str, Value] = (
        ILL
        | CLEAN
        | {
            "employment": "已退休",
            "monthly_pension": 250_000,
            "retired_model_worker_line": 300_000,
            "refuses_work": False,
            "child_self_funded_abroad": False,
            "child_in_costly_school": False,
            "owned_homes": 1,
            "other_unsuitable": False,
        }
    )
    verdict = decide(LIVING, facts, TODAY, ANNOUNCED)
    assert (verdict.truth, verdict.open) == (UNKNOWN, ("monthly_average_income",))
    told = decide(LIVING, facts | {"monthly_average_income": 260_000}, TODAY, ANNOUNCED)
    assert (told.truth, told.amount_fen) == (YES, 40_000)
