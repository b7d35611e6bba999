"""Sentences made out of a scheme's own data promise no more than its document."""

import re

import pytest

from core.finding.demands import needs, within
from core.finding.matters import Matter
from core.finding.parts import TELLERS, Part
from handlers import answer_text, scheme_text
from locales import speaker
from tests import run

CHINESE = speaker("zh_CN")
FORM = re.compile("这一题|再来问|改答案|就选“|不用再问")


def told(scheme: str, matter: Matter) -> str:
    lines = tuple(TELLERS[matter](run.catalogue().versions(scheme)[-1]))
    return answer_text.told(CHINESE, Part(matter, lines))


@pytest.mark.parametrize(
    ("scheme", "said"),
    [
        ("yn-model-worker-innovation-studio", "每2年一次，每次原则上不超过20个名额"),
        ("yn-talent-science-leader", "一共40个左右的名额"),
        ("yn-yunling-craftsman-selection", "每年最多20个名额"),
        ("yn-most-beautiful-worker", "每年20个名额"),
        ("yn-craftsman-academy", "每次多少个名额，由省总工会定"),
        ("yn-skill-upgrade-subsidy", "文件没有写名额，由省总工会定"),
    ],
)
def test_places_are_told_as_the_document_means_them(scheme: str, said: str) -> None:
    assert told(scheme, Matter.PLACES).splitlines()[0].startswith(said)


@pytest.mark.parametrize(
    ("scheme", "said"),
    [
        ("yn-model-worker-innovation-studio", "由云南省总工会主席办公会决定"),
        ("yn-skill-upgrade-subsidy", "主席办公会终审，由省总工会主席办公会决定（第六条(四)）"),
        ("yn-technology-contract-reward", "文件没有写由哪个部门审核"),
        ("yn-model-worker-title-revocation", "由省委、省政府作出撤销决定（第三十条）"),
        (
            "yn-skills-competition-class1-awards",
            "授予称号，由云南省职工经济技术创新工程领导小组办理",
        ),
    ],
)
def test_who_decides_is_a_body_or_that_none_is_named(scheme: str, said: str) -> None:
    assert told(scheme, Matter.DECIDES).startswith(said)


def test_no_sentence_on_who_decides_says_it_twice() -> None:
    library = run.catalogue()
    heads = {
        each: library.versions(each)[-1].apply.decides
        for each in library.every_id
        if library.versions(each)[-1].apply
    }
    verbs = ("没有写", "决定", "由", "报", "；")
    assert {i: who for i, who in heads.items() if any(verb in who for verb in verbs)} == {}


@pytest.mark.parametrize(
    ("scheme", "said"),
    [
        ("yn-worker-innovation-studio", "所在单位工会，逐级到州市总工会"),
        ("yn-skill-upgrade-subsidy", "先找单位工会办第一步：基层初审"),
        ("yn-inclusive-project-collection", "先找单位工会，第一步逐级办"),
        ("yn-studio-alliance", "先找牵头工作室（站）所在单位工会"),
        ("yn-model-worker-spring-festival-gift", "不用自己申请，由省总劳动和经济工作部列名单"),
    ],
)
def test_where_to_go_is_a_place(scheme: str, said: str) -> None:
    assert told(scheme, Matter.WHERE).startswith(said)


def test_a_rate_is_told_with_what_it_is_multiplied_by() -> None:
    assert "80元 × 学员人数 × 培训天数，每个项目" in told(
        "yn-union-training-fund-2020", Matter.AMOUNT
    )


def test_a_page_names_no_decider_where_the_document_is_silent() -> None:
    apply = run.catalogue().versions("yn-technology-contract-reward")[-1].apply
    assert apply
    assert scheme_text.deciding(CHINESE, apply) == "文件没有写由哪个部门审核"
    named = run.catalogue().versions("yn-most-beautiful-worker")[-1].apply
    assert named
    assert scheme_text.deciding(CHINESE, named) == "由云南省总工会主席办公会决定"


def test_no_sentence_of_the_library_speaks_to_a_form() -> None:
    library = run.catalogue()
    versions = [each for id_ in library.every_id for each in library.versions(id_)]
    spoken = {
        line.values["mend"]
        for scheme in versions
        for line in TELLERS[Matter.AGAIN](scheme)
        if line.values["mend"]
    } | {
        condition.mend
        for scheme in versions
        for need in needs(scheme.eligibility)
        for condition, _ in within(need)
    }
    assert [said for said in spoken if FORM.search(said)] == []
