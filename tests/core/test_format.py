"""What an officer reads when a file is wrong: the line, what is wrong, what would be right."""

from pathlib import Path

import pytest

from core.catalogue import read_facts, read_page
from core.errors import SchemeFileError

SCHEMES = Path(__file__).parents[2] / "schemes"
FACTS = read_facts(
    {
        path.name: path.read_text("utf-8")
        for path in (SCHEMES / "facts.yaml", *sorted((SCHEMES / "facts").glob("*.yaml")))
    }
)
LIVING = "yn-model-worker-living-hardship-allowance"
TEMPORARY = "yn-model-worker-temporary-hardship-aid"
PROJECT = "yn-innovation-project-subsidy"
STATION = "yn-technician-workstation"
OLD = "yn-technician-workstation-2020"
CRAFTSMAN = "yn-yunling-craftsman-selection"
TALENT = "yn-talent-chief-technician"
AID = "yn-legal-aid-case-allowance"
FUND = "yn-union-training-fund-2020"
GOLD = "km-gold-medal-worker-2020"
STUDIO = "yn-craftsman-innovation-studio"
VOUCHED = "yn-technology-contract-reward"

DAMAGE = [
    (FUND, "by_day: 次年12月10日", "by_day: 12-10", "no day of the year: 12月10日"),
    (FUND, "by_day: 次年12月10日", "by_day: 次年13月1日", "no day of the year: 12月10日"),
    (FUND, "by_day: 次年12月10日", "by_day: 12月0日", "no day of the year: 12月10日"),
    (FUND, "by_day: 次年12月10日", "by_day: 12月10日, within: 5日", "is the whole time of a step"),
    (GOLD, "asks: km_outstanding_since_2019, ", "", "nobody is ever asked for km_outstanding"),
    (GOLD, "asks: km_outstanding_since_2019, ", "asks: km_gold_worker_kind, ", "not for officers"),
    (GOLD, "asks: km_outstanding_since_2019, ", "asks: km_whatever, ", "no question asks for"),
    (STUDIO, "studio_funds_received, ", "", "ever asked for studio_funds_received: put it into"),
    (GOLD, "own_places: true, ", "", "each and allocation need the step that gives the places"),
    (
        GOLD,
        "by: base_unit,    days_open: true,",
        "by: base_unit, own_places: true, days_open: true,",
        "own_places belongs to",
    ),
    (
        VOUCHED,
        "track: 登记合同的单位, cite",
        "track: 登记的单位, cite",
        "no group is called 登记的单位",
    ),
    (VOUCHED, "track: 登记合同的单位, cite", "cite", "stands below two ceilings"),
    (LIVING, "tier: handle", "tier: handled", "'handle', 'check', 'answer' or 'superseded'"),
    (LIVING, "kind: relief", "kind: help", "'subsidy', 'relief', 'award'"),
    (LIVING, "applicant: worker", "applicant: workers", "'worker', 'team'"),
    (LIVING, "above: 2,", "abov: 2,", "did you mean above?"),
    (LIVING, "above: 2,", "above: 2元,", "is not a plain number"),
    (LIVING, "above: 2,", "above: 2021-01-01,", "is not a plain number"),
    (LIVING, "below: in_service_model_worker_line", "below: 4000", "is not a sum: 30000元"),
    (
        LIVING,
        "below: in_service_model_worker_line",
        "below: in_service_lin",
        "no question asks for",
    ),
    (
        LIVING,
        "below: in_service_model_worker_line",
        "below: birth_date",
        "answered by date, not by",
    ),
    (LIVING, "age_at_least: 60", "age_at_least: 600", "less than or equal to 120"),
    (LIVING, "fact: birth_date,             age", "fact: owned_homes,  age", "by a date"),
    (
        LIVING,
        "track: 在职, top_up_to",
        "track: 在岗, top_up_to",
        "no group is called 在岗 (在职、退休、农民)",
    ),
    (LIVING, "    - track: 退休\n", "    - track: 在职\n", "two groups are called 在职"),
    (
        LIVING,
        "from: monthly_average_income, per",
        "from: owned_homes, per",
        "is not answered by money",
    ),
    (LIVING, "at_least: 500, set_by", "at_least: 500.5, set_by", "valid integer"),
    (LIVING, "cite: 第十一条}\n\nwindow", "cite: 十一条}\n\nwindow", "right would be: 第六条(三)"),
    (LIVING, "days_open: true, who", "who", "names no number"),
    (LIVING, "every: 1年", "every: 一年", "5个工作日, 15日, 12个月"),
    (LIVING, "乡镇、街道工会, 州市", "0871-63123456, 州市", "a telephone number has no place here"),
    (LIVING, "乡镇、街道工会, 州市", "a.b@c.cn, 州市", "an e-mail address has no place here"),
    (TEMPORARY, "form: [sudden_hardship_told]", "form: []", "nothing here needs it"),
    (
        TEMPORARY,
        "questions:\n",
        "questions:\n  sex: {ask: 性别呢？, name: 性, why: 因为。}\n",
        "asks for it",
    ),
    (PROJECT, "barred_by: this_year", "barred_by: this_yaer", "'this_year', 'this_round'"),
    (
        PROJECT,
        "by: expert_panel,      by_hand: true, who",
        "by: expert_panel, who",
        "by_hand: true",
    ),
    (PROJECT, "share: 20,", "share: 30,", "add up to 110, not to 100"),
    (
        PROJECT,
        "document: 云工办通〔2022〕26号",
        "document: 云工办通〔2022〕27号",
        "write it under also",
    ),
    (PROJECT, "is: 重大创新}, at", "is: 特大创新}, at", "特大创新 is not an answer"),
    (PROJECT, "word: 原则上, say: 没有", "word: 一定, say: 没有", "'原则上', '一般'"),
    (STATION, "yuan: 60000, per", "yuan: 60000.5, per", "valid integer"),
    (STATION, "since: 2年, ", "since: 两年, ", "is not a length of time"),
    (STATION, "tier: handle", "tier: superseded", "needs source.until"),
    (STATION, "stages:\n", "stagse:\n", "did you mean stages?"),
    (OLD, "until: 2022-12-12", "until: 2019-12-12", "until lies before in_force"),
    (OLD, "successor: yn-technician-workstation", "see: yn-a", "needs its successor"),
    (CRAFTSMAN, "most: 600\n", "most: 0\n", "greater than or equal to 1"),
    (CRAFTSMAN, "copies: 3, hint: 三", "copies: 三份, hint: 三", "valid integer"),
    (CRAFTSMAN, "  decides: 云南省总工会主席办公会\n", "", "or decided says it in a sentence"),
    (TALENT, "apply:\n", "applys:\n", "did you mean apply?"),
    (TALENT, "opens: 04-01", "opens: 04-31", "day is out of range"),
    (AID, "answers:\n", "answer:\n", "is not a key of the format here; did you mean answers?"),
    (AID, "    cite: 第三十二条\n", "", "needs the key cite"),
]


def said(scheme: str, right: str, wrong: str) -> str:
    text = next(SCHEMES.glob(f"*/{scheme}.yaml")).read_text("utf-8")
    assert right in text
    with pytest.raises(SchemeFileError) as error:
        read_page(text.replace(right, wrong, 1), FACTS, f"{scheme}.yaml")
    lines = text.count("\n")
    assert all(1 <= line <= lines for _, line, _, _ in error.value.problems)
    return str(error.value)


@pytest.mark.parametrize(("scheme", "right", "wrong", "right_would_be"), DAMAGE)
def test_each_mistake_is_named_with_what_would_be_right(
    scheme: str, right: str, wrong: str, right_would_be: str
) -> None:
    assert right_would_be in said(scheme, right, wrong)


def test_the_line_is_the_one_of_the_mistake() -> None:
    text = (SCHEMES / "province" / f"{LIVING}.yaml").read_text("utf-8")
    line = 1 + text[: text.index("above: 2,")].count("\n")
    found = said(LIVING, "above: 2,", "abov: 2,")
    assert f"{LIVING}.yaml:{line}: eligibility.none.3.abov: abov is not a key" in found


def test_a_mistake_is_said_once() -> None:
    found = said(LIVING, "above: 2,", "above: true,").splitlines()
    assert len(found) == len(set(found))


def test_a_mistake_in_the_shared_questions_names_their_file() -> None:
    good = "member: {ask: 是会员吗？, name: 会员, why: 要会员。}\n"
    with pytest.raises(SchemeFileError, match=r"b\.yaml:1: member: another file asks for it"):
        read_facts({"a.yaml": good, "b.yaml": good})
    with pytest.raises(SchemeFileError, match=r"a\.yaml:1: member: needs the key why"):
        read_facts({"a.yaml": "member: {ask: 是会员吗？, name: 会员}\n"})
    with pytest.raises(SchemeFileError, match="a unit belongs to"):
        read_facts({"a.yaml": good.replace("why", "unit: 个, why")})
