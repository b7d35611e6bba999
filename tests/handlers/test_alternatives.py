"""Where one of several ways is enough: what officers see of the others, and what a worker reads."""

from dataclasses import replace

import pytest

from core.decision import Verdict, decide
from core.periods import ANNOUNCED
from core.truth import NO, YES
from core.verdict import Aside
from handlers.card_text import beside
from handlers.verdict_text import told
from locales import speaker
from tests.schemes.pages import PAGES

PAGE = PAGES["yn-model-worker-living-hardship-allowance"]
SAY = speaker("zh_CN")


def verdict(name: str) -> Verdict:
    (example,) = [each for each in PAGE.examples if each.row["example"] == name]
    return decide(example.scheme, example.known, PAGE.today, ANNOUNCED)


def test_the_way_that_is_met_stands_for_the_others() -> None:
    shown = verdict("在职，月收入3200元").every_condition
    assert [each.say for each in shown if each.good is NO and not each.aside] == []
    pension = next(each for each in shown if each.say == "月养老金低于退休劳模标准线")
    assert (pension.aside, pension.met_by) == (Aside.MET, ("在职",))
    assert beside(SAY, pension) == "（已由“在职”满足，这条不用看）"
    assert all(beside(SAY, each) == "" for each in shown if each.good is YES)


def test_an_officer_is_asked_once_for_each_fact_and_finds_the_one_that_decides() -> None:
    once = verdict("在职，月收入3200元").by_fact
    assert len({each.fact for each in once}) == len(once)
    (employment,) = [each for each in once if each.fact == "employment"]
    assert employment.say == "在职，或没有退休也不是农民"
    (pension,) = [each for each in once if each.fact == "monthly_pension"]
    assert pension.aside is Aside.MET


def test_who_meets_no_way_reads_that_one_would_do() -> None:
    lines = told(SAY, PAGE.scheme, verdict("退休，养老金正好到线")).split("\n")
    first = lines.index("✗ 下面的情形至少要有一种，现在一种也不满足：")
    assert "　· 退休：月养老金低于退休劳模标准线（第六条(二)）" in lines[first:]
    assert not any(each.startswith("✗") for each in lines[first + 1 :])


@pytest.mark.parametrize("aside", Aside)
def test_every_reason_to_set_something_aside_has_words(aside: Aside) -> None:
    shown = verdict("在职，月收入3200元").every_condition[0]
    for language in ("zh_CN", "en"):
        assert beside(speaker(language), replace(shown, aside=aside, met_by=("在职",)))
