"""So many go and see, all of them say so, and the paper lies with the file."""

from datetime import date, timedelta

import pytest

from core.errors import (
    Unreadable,
)
from core.inspection import (
    AttachmentMissing,
    InspectionMissing,
    InspectionUnconfirmed,
    Report,
    check,
    read_report,
)
from core.stages import Body, Stage, StageKind

DAY = date(2026, 3, 10)
SERVICE = {"stage": StageKind.SERVICE, "name": "调查", "tell": "正在调查", "cite": "第二十条"}
TWO = Stage(**SERVICE, by=Body.COUNTY_UNION, by_hand=True, inspectors=2, attach="调查报告")
BOTH = {1: "李某", 2: "王某"}


@pytest.mark.parametrize(
    ("report", "hint"),
    [
        (Report(DAY + timedelta(days=1), "属实", BOTH), "date_future"),
        (Report(DAY, " ", BOTH), "text"),
        (Report(DAY, "长" * 2001, BOTH), "too_long"),
    ],
)
def test_a_report_has_a_day_that_was_and_says_something(report: Report, hint: str) -> None:
    with pytest.raises(Unreadable) as no:
        read_report(TWO, report, DAY)
    assert no.value.hint == hint


def test_fewer_than_the_document_wants_are_too_few() -> None:
    with pytest.raises(InspectionMissing) as no:
        read_report(TWO, Report(DAY, "属实", {1: "李某"}), DAY)
    assert (no.value.persons, no.value.cite) == (2, "第二十条")
    assert read_report(TWO, Report(DAY, " 属实 ", BOTH), DAY).findings == "属实"


def test_the_step_is_left_when_all_have_confirmed_and_the_paper_is_there() -> None:
    seen = Report(DAY, "属实", BOTH, frozenset({1}))
    with pytest.raises(InspectionMissing):
        check(TWO, None, 1)
    with pytest.raises(InspectionUnconfirmed) as no:
        check(TWO, seen, 1)
    assert no.value.names == ("王某",)
    confirmed = Report(DAY, "属实", BOTH, frozenset(BOTH))
    with pytest.raises(AttachmentMissing):
        check(TWO, confirmed, 0)
    check(TWO, confirmed, 1)


def test_only_steps_taken_one_by_one_want_them() -> None:
    notice = SERVICE | {"stage": "notice", "by": "base_unit"}
    with pytest.raises(ValueError, match="one by one"):
        Stage.model_validate(notice | {"days": 5, "inspectors": 1})
