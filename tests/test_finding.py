"""What people say in a chat, and the scheme and article they are told about."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.finding.finder import Heard
from core.finding.wording import Beyond
from storage.wording import LateFinder
from tests import run

FOUND = run.finder()
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


def test_another_scheme_that_is_plainly_named_leads_away(finder: LateFinder) -> None:
    assert first(finder.hear("劳模荣誉津贴每月多少钱", about=SKILL)) != SKILL


def test_without_a_conversation_nothing_is_known_of_a_follow_up_but_its_words(
    finder: LateFinder,
) -> None:
    assert finder.hear("什么时候").understood is False


@settings(max_examples=150)
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
