"""A paper of one case is needed in that case only."""

from core.papers import Document, needed
from core.periods import ANNOUNCED
from core.rules import Value
from core.scheme import Body
from core.truth import NO, UNKNOWN, YES, Truth
from tests.core.trees import TODAY

PAPERS = tuple(
    Document.model_validate({"from": "applicant", "cite": "第一条"} | row)
    for row in (
        {"what": "申请表"},
        {"what": "其他材料", "required": False},
        {"what": "诊断证明", "when": {"fact": "cause", "is": "大病"}},
        {
            "what": "举荐证明",
            "when": [{"fact": "cause", "is": "大病"}, {"fact": "old", "is": True}],
        },
    )
)


def truths(facts: dict[str, Value]) -> list[Truth]:
    return [truth for _, truth in needed(PAPERS, facts, TODAY, ANNOUNCED)]


def test_what_is_always_needed_and_what_never() -> None:
    assert truths({"cause": "失业"}) == [YES, NO, NO, NO]
    assert truths({"cause": "大病", "old": True}) == [YES, NO, YES, YES]


def test_unknown_while_the_case_is() -> None:
    assert truths({}) == [YES, NO, UNKNOWN, UNKNOWN]
    assert truths({"cause": "大病"}) == [YES, NO, YES, UNKNOWN]


def test_a_paper_of_one_case_is_not_demanded_of_everybody() -> None:
    assert [paper.required for paper in PAPERS] == [True, False, False, False]
    assert {paper.from_ for paper in PAPERS} == {Body.APPLICANT}
