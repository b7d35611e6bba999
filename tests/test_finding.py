"""What people say in a chat, and the scheme and article they are told about."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.finding.finder import Heard
from core.finding.matters import Matter
from core.finding.parts import Part
from core.finding.statements import statements
from core.finding.wording import Beyond
from handlers.answer_text import answered, told
from locales import speaker
from storage.wording import LateFinder
from tests import run

FOUND = run.finder()
COMPLAINT = "yn-labour-supervision-complaint"
SKILL = "yn-skill-upgrade-subsidy"
JOIN = "yn-join-union-flexible-workers"


@pytest.fixture
def finder() -> LateFinder:
    return FOUND


def first(heard: Heard) -> str:
    assert heard.understood
    return heard.hits[0].scheme.id


@pytest.mark.parametrize(
    ("said", "scheme"),
    [
        ("我考了技师证能领多少", SKILL),
        ("技师本本下来了工会给钱不", SKILL),
        ("外卖员能入会吗", JOIN),
        ("厂里欠薪咋办", "yn-labour-supervision-complaint"),
        ("函授本科毕业工会补多少", "yn-degree-upgrade-subsidy"),
        ("打官司请不起律师怎么办", "yn-union-legal-aid"),
        ("劳模过年慰问金多少", "yn-model-worker-spring-festival-gift"),
        ("技能等級晉升補助怎麼申請", SKILL),
        ("jishi zheng neng ling duoshao qian", SKILL),
        ("waimai ruhui", JOIN),
        ("wo shi pao waimai de xiang ru gonghui", JOIN),
        ("云领工匠怎么评", "yn-yunling-craftsman-selection"),
        ("工地上干活包工头不给钱", "yn-construction-worker-wage-protection"),
    ],
)
def test_what_people_say_leads_to_the_scheme(finder: LateFinder, said: str, scheme: str) -> None:
    assert first(finder.hear(said)) == scheme


@pytest.mark.parametrize(
    ("said", "beyond"),
    [
        ("你好", Beyond.GREETING),
        ("谢谢啦", Beyond.THANKS),
        ("明天昆明下雨吗", Beyond.ELSEWHERE),
        ("四川的学历补贴多少钱", Beyond.ELSEWHERE),
        ("帮我做个假的技师证", Beyond.UNLAWFUL),
        ("找人替我考试要多少钱", Beyond.UNLAWFUL),
    ],
)
def test_what_is_none_of_ours_is_told_as_such(
    finder: LateFinder, said: str, beyond: Beyond
) -> None:
    heard = finder.hear(said)
    assert not heard.understood
    assert heard.beyond is beyond


def test_to_report_a_forgery_is_no_wish_for_one(finder: LateFinder) -> None:
    assert finder.hear("公示名单里有人材料造假，怎么举报").understood


@pytest.mark.parametrize(
    ("said", "cite"),
    [("公示几天", "第六条"), ("名额满了怎么办", "第五条"), ("要交什么材料", "第三条")],
)
def test_a_follow_up_is_answered_out_of_the_scheme_at_hand(
    finder: LateFinder, said: str, cite: str
) -> None:
    heard = finder.hear(said, about=SKILL)
    assert first(heard) == SKILL
    assert cite in heard.hits[0].chosen.cite


@pytest.mark.parametrize(
    ("asked", "about", "said"),
    [
        ("事业单位的能领吗", SKILL, "企业职工"),
        ("没有工会的单位怎么办", SKILL, "依法成立了工会"),
        ("被退回来还能再交吗", SKILL, "补正一次"),
        ("造假会怎样", SKILL, "追回"),
        ("谁来拍板", SKILL, "主席办公会"),
        ("公示几天？名额满了怎么办？", SKILL, "名额满了"),
        ("搭车盖楼堂馆所行不行", "yn-venue-county", "楼堂馆所"),
        ("单位多少天要答复", "yn-labour-supervision-opinion-letter", "20日"),
        ("特等奖几个名额", "yn-st-award-progress", "特等奖"),
        ("有几个名额", "yn-st-award-natural-science", "三个奖每年合计不超过200项"),
        ("有几个名额", "yn-tech-enterprise-top50", "高新技术企业50个名额、科技型中小企业50个名额"),
        ("造假会怎样", "yn-special-technician-enterprise-pilot", "确定前发现有问题的，取消资格"),
        ("钱分几次拨", "yn-venue-county", "20%"),
        ("补助能不能发奖金", "yn-worker-innovation-studio", "不得发福利"),
        ("省里掏多少比例", "yn-inclusive-project-fund", "60%"),
        ("补助表上要盖谁的章", "yn-international-skills-exchange-fund", "工会盖章"),
        ("要不要交税", SKILL, "文件没有写要不要交税"),
        ("能代办吗", SKILL, "文件没有写能不能由别人代办"),
        ("人走了家属能领吗", SKILL, "文件没有写本人去世以后怎么办"),
        ("要不要是工会会员", "yn-talent-doctor", "文件没有写要不要是工会会员"),
        ("党员才能报吗", "yn-offshore-top-team", "文件没有写这个条件"),
        ("要什么条件", "yn-may-day-labour-medal", "一共13条，每条都要符合"),
        ("要什么条件", "yn-may-day-labour-medal", "还有7条"),
        (
            "要什么条件",
            "yn-labour-supervision-complaint",
            "下面有一种就可以：单位是企业、个体经济组织、民办非企业等；或者单位是国家机关、事业单位"
            "或社会团体，并且与单位建立了劳动关系",
        ),
        ("要什么条件", "yn-may-day-labour-medal", "或者不是厅局级以上领导干部"),
        ("我不敢用真名", "yn-labour-supervision-complaint", "文件没有写要不要用真名"),
        ("能不能匿名", "qj-zhuyuan-craftsman-notice-objection", "实名"),
    ],
)
def test_a_follow_up_gets_the_sentence_about_it_or_hears_that_there_is_none(
    finder: LateFinder, asked: str, about: str, said: str
) -> None:
    heard = finder.hear(asked, about)
    assert first(heard) == about
    assert said in answered(speaker("zh_CN"), heard.hits[0].chosen)


@pytest.mark.parametrize(
    ("about", "key", "said"),
    [
        (
            "yn-union-chair-transfer-protection",
            "condition_one",
            "其中一种要求：书面征求意见已超过15日。不符合的：还没满15日的，请等上一级工会答复",
        ),
        (
            "yn-training-subsidy-self-enrolled",
            "condition_mend",
            "要求：同工种同等级没有享受过。不符合的：已经享受过的，",
        ),
        (
            "yn-innovation-project-subsidy",
            "condition_mend",
            "别的补助项目。不符合的：明年可以再申报一个",
        ),
        ("yn-innovation-achievement-award", "places.of_them", "其中一等奖原则上不超过5个名额"),
        ("yn-innovation-project-subsidy", "condition", "原则上要求：项目周期不超过3年"),
        ("yn-special-technician-appraisal", "condition", "优先考虑："),
    ],
)
def test_advice_stands_apart_and_softened_words_are_said(
    finder: LateFinder, about: str, key: str, said: str
) -> None:
    lines = [
        each.line for each in statements(finder.answer(about, "").scheme) if each.line.key == key
    ]
    told_all = [told(speaker("zh_CN"), Part(Matter.WHO, (line,))) for line in lines]
    assert any(said in each for each in told_all)


@pytest.mark.parametrize(
    ("about", "said", "meant"),
    [
        (SKILL, "劳模荣誉津贴每月多少钱", "yn-model-worker-honour-allowance"),
        ("yn-construction-worker-wage-protection", "我要告老板不给我交社保", COMPLAINT),
        ("yn-join-union-flexible-workers", "我想申请法律援助", "yn-union-legal-aid"),
    ],
)
def test_a_question_of_another_scheme_leads_there_and_the_one_at_hand_stays_near(
    finder: LateFinder, about: str, said: str, meant: str
) -> None:
    hits = finder.hear(said, about=about).hits
    assert [hits[0].scheme.id, hits[-1].scheme.id] == [meant, about]


@pytest.mark.parametrize("said", ["在哪里", "几岁可以去", "要交什么材料"])
def test_a_follow_up_is_not_taken_for_small_talk(finder: LateFinder, said: str) -> None:
    assert first(finder.hear(said, about="yn-childcare-class")) == "yn-childcare-class"


@pytest.mark.parametrize("said", ["123", "？？？", "3.14"])
def test_numbers_and_signs_mean_no_scheme(finder: LateFinder, said: str) -> None:
    assert not finder.hear(said).understood


def test_what_resembles_thanks_a_little_is_not_thanked_for(finder: LateFinder) -> None:
    assert finder.hear("入了有什么好处").beyond is not Beyond.THANKS


def test_without_a_conversation_nothing_is_known_of_a_follow_up_but_its_words(
    finder: LateFinder,
) -> None:
    assert finder.hear("什么时候").understood is False


@settings(max_examples=80)
@given(st.text(max_size=400), st.sampled_from(["", SKILL, "no-such-scheme"]))
def test_no_message_is_too_odd(said: str, about: str) -> None:
    heard = FOUND.hear(said, about)
    assert len(heard.hits) <= 4
    assert all(FOUND.knows(hit.scheme.id) for hit in heard.hits)
    assert heard.understood or heard.beyond or not heard.hits


@settings(max_examples=60)
@given(st.text(alphabet="技师证补助多少钱吗工会,，。？ ??ａＢ１\u200b\n", max_size=80))
def test_punctuation_and_invisible_signs_change_nothing(said: str) -> None:
    bare = "".join(sign for sign in said if sign.isalnum())
    assert FOUND.hear(f"技师证补助{bare}能领多少").hits[0].scheme.id
    assert (
        FOUND.hear("技师证，能领多少？").hits[0].scheme
        == FOUND.hear("技师证能领多少").hits[0].scheme
    )
