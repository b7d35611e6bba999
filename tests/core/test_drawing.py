"""Drawing a list: everybody once, nobody dropped for want of knowledge."""

from core.catalogue import read_scheme
from core.decision import decide
from core.drawing import Candidate, draw, why_not
from core.periods import ANNOUNCED
from core.rules import Value
from tests.core.trees import TODAY

TEXT = """
id: yn-gift
name: 慰问金
kind: subsidy
applicant: worker
source:
  {document: 甲〔2025〕1号, title: 甲办法, issuer: 省总,
   issued: 2025-01-01, in_force: 2025-02-01}
eligibility:
  all:
    - {say: 是劳模, fact: standing, in: [省劳模, 享受待遇], cite: 第二条}
    - {say: 健在, fact: kept, is: true, cite: 第八条}
  none: [{say: 没有失联, fact: lost, is: true, cite: 第十条}]
questions:
  standing: 
    {ask: 哪一种？, name: 身份, why: 看身份。, answer: choice, register: title,
     choices: [省劳模, 享受待遇, 全国劳模, 都不是]}
  kept: {ask: 还保持吗？, name: 保持, why: 要保持。, register: held}
  lost: {ask: 失联了吗？, name: 失联, why: 要联系。, from: officer}
benefits:
  - {what: 慰问金, by: standing, per: year, cite: 第十四条,
     yuan: {省劳模: 1000, 享受待遇: 600, 全国劳模: 2000}}
list: {per: year, cite: 第十七条}
stages: [{stage: payment, name: 发放, tell: 正在发放, by: provincial_union, cite: 第二十一条}]
"""
SCHEME = read_scheme(TEXT, {}, "gift.yaml")


def entry(number: int, person: str, **facts: Value) -> Candidate:
    return Candidate(number, person, decide(SCHEME, facts, TODAY, ANNOUNCED))


def test_who_is_not_known_to_qualify_is_listed_and_who_surely_does_not_is_set_aside() -> None:
    drawing = draw(
        [
            entry(1, "a", standing="省劳模", kept=True),
            entry(2, "b", standing="省劳模"),
            entry(3, "c", standing="全国劳模", kept=True),
            entry(4, "d", standing="省劳模", kept=False),
        ]
    )
    assert [each.entry for each in drawing.listed] == [1, 2]
    whys = [why_not(each.verdict) for each in drawing.left_out]
    assert [(why.say, why.cite) for why in whys if why] == [
        ("是劳模", "第二条"),
        ("健在", "第八条"),
    ]


def test_whoever_holds_two_titles_stands_once_with_the_better_one() -> None:
    two = [
        entry(1, "a", standing="享受待遇", kept=True),
        entry(2, "a", standing="省劳模", kept=True),
        entry(3, "a", standing="全国劳模", kept=True),
    ]
    drawing = draw(two)
    assert [each.entry for each in drawing.listed] == [2]
    assert [each.entry for each in drawing.twice] == [1]
    assert draw(two, {"a"}).listed == ()
    assert [each.entry for each in draw(two, {"a"}).paid] == [2]
