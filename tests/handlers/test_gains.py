"""What there is to get, as it is read: the sum, how it was reckoned, and by which article."""

from datetime import date

import pytest

from core.decision import decide
from core.periods import ANNOUNCED
from core.rules import Value
from handlers.scheme_text import gains
from locales import speaker
from tests import run

DAY = date(2026, 3, 10)
YUAN = 100


def told(scheme_id: str, facts: dict[str, Value], language: str = "zh_CN") -> list[str]:
    scheme = run.catalogue().on(scheme_id, DAY)
    found = decide(scheme, facts, DAY, ANNOUNCED)
    lines = gains(speaker(language), found.sums, found.totals, scheme.asked)
    return [line.strip() for line in lines]


def test_a_part_of_a_sum_is_shown_with_its_line_in_principle_and_the_one_above_it() -> None:
    fund = "yn-inclusive-project-fund"
    assert told(fund, {"inclusive_project_cost": 1_000_000 * YUAN})[:4] == [
        "· 项目资金支持（原则上最高为60%，每个不超过100万元）："
        "一般不超过 600,000元，最高 1,000,000元，每个项目（二（一）4）",
        "项目总费用 1,000,000元",
        "× 一般不超过 60%",
        "= 一般不超过 600,000元，最高 1,000,000元",
    ]


@pytest.mark.parametrize(
    ("invested", "lines"),
    [
        (10**8, ["× 1% 至 5%", "= 1,000,000元 至 5,000,000元"]),
        (10**9, ["× 1% 至 5%", "最高 30,000,000元", "= 10,000,000元 至 30,000,000元"]),
    ],
)
def test_where_a_cap_cuts_it_off_the_calculation_says_so(invested: int, lines: list[str]) -> None:
    facts: dict[str, Value] = {"last_year_fixed_investment": invested * YUAN}
    assert told("yn-manufacturing-chain-project-subsidy", facts)[2:] == lines


def test_several_sums_below_one_line_are_added_up() -> None:
    facts: dict[str, Value] = {
        "first_time_hitech_raised": 19,
        "first_time_national_sme_raised": 5,
        "first_time_provincial_sme_raised": 2,
    }
    found = told("yn-incubator-cultivation-reward", facts)
    assert found[1:4] == ["50,000元", "× 首次认定的高新技术企业家数 19", "= 950,000元"]
    assert found[-1].startswith("· 几项合计：1,010,000元，但每年最高 1,000,000元（云政办发")
    found = told("yn-incubator-cultivation-reward", facts | {"first_time_hitech_raised": 3})
    assert "· 几项合计：210,000元（每年最高 1,000,000元）" in found[-1]


def test_a_cap_that_is_a_fact_is_named_and_so_is_who_pays_a_matched_share() -> None:
    due: dict[str, Value] = {"education_surcharges_due": 200_000 * YUAN}
    facts = due | {"vocational_education_investment": 10**6 * YUAN}
    found = told("yn-industry-education-enterprise-tax-credit", facts)
    assert found[2:] == ["× 30%", "不超过 当年应缴的两项附加 200,000元", "= 200,000元"]
    facts = {
        "training_project_kind": "职工（农民工）技能提升培训",
        "training_subsidy_base": 10**5 * YUAN,
    }
    fund, kept = "yn-union-training-fund-2020", "（由州市、县级总工会或产业系统公司工会出）"
    maybe = [line for line in told(fund, facts) if kept in line]
    assert maybe[0].startswith("· 技能提升培训：州市、县级和产业工会的配套：按 不低于 30% 算")
    sure = told(fund, facts | {"own_match_percent": 30, "training_days_enough": True})
    (line,) = [n for n, line in enumerate(sure) if kept in line]
    assert sure[line].startswith("· 技能提升培训：州市、县级和产业工会的配套：不低于 30,000元")
    assert sure[line + 1 : line + 4] == [
        "目录补贴标准合计 100,000元",
        "× 不低于 30%",
        "= 不低于 30,000元",
    ]


def test_in_english_as_well() -> None:
    facts: dict[str, Value] = {"last_year_fixed_investment": 10**8 * YUAN}
    found = told("yn-manufacturing-chain-project-subsidy", facts, "en")
    assert found[2:] == ["× 1% to 5%", "= 1,000,000 yuan to 5,000,000 yuan"]
