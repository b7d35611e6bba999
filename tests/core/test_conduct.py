"""What follows from each ground a file names."""

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from core.conduct import Misconduct, before_payment, consequences
from core.periods import ANNOUNCED
from storage.schemes import read

LIBRARY = read(Path("schemes"))
DAY = date(2026, 3, 2)
RULE = {"say": "弄虚作假的", "cite": "第八条"}


def test_the_upgrade_subsidies_demand_all_back_and_enter_a_record_that_bars_nobody() -> None:
    scheme = LIBRARY.on("yn-skill-upgrade-subsidy", DAY)
    (first,) = consequences(scheme.misconduct, scheme.id)
    assert (first.returns, first.record, first.bar, first.cite) == ("whole", True, None, "第八条")


def test_a_ground_goes_before_what_the_file_says_for_all() -> None:
    said = Misconduct.model_validate(
        {
            "after_payment": "claw_back",
            "bar": "5年",
            "rules": [RULE, {**RULE, "returns": "part", "bar": "forever", "whom": "unit"}],
            "cite": "第八条",
        }
    )
    usual, other = consequences(said, "yn-one")
    assert (usual.returns, usual.whom, usual.bars) == ("whole", "person", ("yn-one",))
    assert usual.until(DAY) == date(2031, 3, 2)
    assert (other.returns, other.whom, other.until(DAY)) == ("part", "unit", None)


def test_where_nothing_follows_the_award_there_is_no_ground() -> None:
    said = Misconduct.model_validate({"rules": [RULE], "cite": "第八条"})
    assert consequences(said, "yn-one") == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"bars": ["yn-two"], "after_payment": "revoke"},
        {"whom": "unit", "after_payment": "revoke"},
        {"returns": "part"},
        {"after_payment": "revoke", "rules": [{**RULE, "ground": False, "record": True}]},
    ],
)
def test_what_does_not_fit_together_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Misconduct.model_validate({"rules": [RULE], "cite": "第八条", **wrong})


def test_misused_money_comes_back_and_who_did_not_finish_stands_in_the_record() -> None:
    scheme = LIBRARY.on("yn-innovation-project-subsidy", DAY)
    misused, unfinished = consequences(scheme.misconduct, scheme.id)
    assert (misused.returns, misused.bar, misused.cite) == ("part", None, "第二十四条")
    assert (unfinished.returns, unfinished.record, unfinished.whom) == ("none", True, "unit")
    assert unfinished.bar is None  # one “一站三室” lost its right: other studios may apply
    award = LIBRARY.on("yn-advanced-operation-method", DAY)
    (stolen,) = consequences(award.misconduct, award.id)
    assert (stolen.bar, len(stolen.bars), stolen.whom) == ("forever", 3, "person")
    assert stolen.bars_whom({"first_completer": "是第一完成者"}, DAY, ANNOUNCED)
    assert not stolen.bars_whom({"first_completer": "不是，但征得了他同意"}, DAY, ANNOUNCED)
    assert not stolen.bars_whom({}, DAY, ANNOUNCED)


def test_where_only_the_record_is_spoken_of_the_award_stands() -> None:
    hosting = LIBRARY.on("yn-skills-competition-class1-hosting", DAY)
    (unfair,) = consequences(hosting.misconduct, hosting.id)
    assert (unfair.takes_back, unfair.returns, unfair.whom) == (False, "none", "unit")
    assert unfair.until(DAY) == date(2031, 3, 2)
    entry = LIBRARY.on("yn-skills-competition-class1-entry", DAY)
    (cheated,) = consequences(entry.misconduct, entry.id)
    assert (cheated.takes_back, cheated.record, cheated.bar) == (False, True, None)


@pytest.mark.parametrize(
    ("id_", "cites"),
    [
        ("yn-skill-upgrade-subsidy", ["第八条"]),
        ("yn-degree-upgrade-subsidy", ["第八条"]),
        ("yn-skills-competition-class1-awards", ["第二十条"]),  # 取消成绩, and into the record
        ("yn-yunling-craftsman-selection", []),  # disqualified, and no word of a record
        ("yn-innovation-achievement-award", []),  # the bar follows the award alone
    ],
)
def test_what_cheating_before_the_award_leaves_in_the_record(id_: str, cites: list[str]) -> None:
    scheme = LIBRARY.on(id_, DAY)
    assert [each.cite for each in before_payment(scheme.misconduct, id_)] == cites
