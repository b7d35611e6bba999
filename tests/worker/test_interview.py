"""Questions one at a time: why, I don't know, back, change; and the verdict with its article."""

from dataclasses import replace
from datetime import date

import pytest

from core.days import Calendar
from core.facts import noted
from tests.hands import DeskHand
from tests.journeys.applicant import good_example
from tests.journeys.steps import applies, asks_and_qualifies, member
from tests.schemes.pages import CATALOGUE


async def answers(hand: DeskHand, *said: str) -> None:
    for each in said:
        await (hand.tap(each) if each in hand.labels else hand.say(each))


async def test_the_greeting_offers_three_things(hand: DeskHand) -> None:
    await hand.begin()
    assert len(hand.labels) == 3


async def test_a_word_for_the_certificate_is_enough_to_begin(hand: DeskHand) -> None:
    await hand.begin()
    await hand.say("高级技师")
    assert "哪一级证书" in hand.heard


async def test_one_decisive_answer_ends_the_questions_with_the_article(hand: DeskHand) -> None:
    await hand.begin()
    await answers(hand, "技能等级晋升补助", "高级工及以下")
    assert hand.heard.startswith("✗")
    assert "第三条、第七条" in hand.heard
    assert "考取技师" in hand.heard
    assert "现在申请" not in hand.labels


async def test_last_years_certificate_is_a_no_that_says_what_would_change_it(
    hand: DeskHand,
) -> None:
    await hand.begin()
    await answers(hand, "技能等级晋升补助", "技师", "去年12月31日")
    assert "✗ 证书是今年取得的" in hand.heard
    assert "取证当年" in hand.heard


async def test_why_explains_and_asks_the_same_again(hand: DeskHand) -> None:
    await hand.begin()
    await answers(hand, "技能等级晋升补助", "为什么问")
    assert "2000元" in hand.heard
    assert "技师" in hand.labels


async def test_what_one_does_not_know_stays_open_and_can_be_answered_later(
    hand: DeskHand,
) -> None:
    await hand.begin()
    await answers(hand, "技能等级晋升补助", "技师", "3月5日", "不知道")
    await answers(hand, "企业", "是", "是", "工会", "是", "不是")
    assert "还不能下结论" in hand.heard
    await answers(hand, "回答没弄清的问题", "是")
    assert "✓ 您符合" in hand.heard


async def test_what_the_sum_goes_by_is_asked_once_the_verdict_stands(hand: DeskHand) -> None:
    await hand.begin()
    await answers(hand, "阵地建设以奖代补", "看看我符不符合", "县（市、区）总工会", "是", "是")
    assert "争取到多少财政补助资金" in hand.heard
    await answers(hand, "1500000元", "改扩建", "不知道")
    assert "500,000元" in hand.heard, "half of it, at most so much"
    assert "还不能下结论" not in hand.heard, "nobody waits for a sum"


async def test_what_a_document_prefers_is_asked_before_the_verdict_and_told(
    hand: DeskHand,
) -> None:
    await hand.begin()
    await answers(hand, "全省职工职业技能大赛参赛", "看看我符不符合", "全省性职工竞赛（省级一类）")
    await answers(hand, "是", "不是")
    assert "怎么选上来" in hand.heard
    await answers(hand, "没有经过选拔")
    assert "要留意" in hand.heard
    assert "✗ 逐级选拔产生" in hand.heard


async def test_an_age_that_is_eased_for_some_asks_whether_one_is_of_them(hand: DeskHand) -> None:
    chief = CATALOGUE.versions("yn-talent-chief-technician")[-1]
    told = {f: v for f, v in good_example(chief).known.items() if chief.asked[f].asked_of_worker}
    await hand.begin()
    async with hand.office.unit() as unit:
        talk = await unit.conversations.of("web", hand.address, "zh_CN")
        del told["birth_date"]
        talk.facts = {fact: noted(value, "worker", unit.today) for fact, value in told.items()}
        await unit.conversations.write(talk)
    await answers(hand, "首席技师专项", "看看我符不符合", "都对，继续", "1969年1月1日")
    assert "艰苦边远地区" in hand.heard  # 57 years: only there it is no matter
    await answers(hand, "是")
    assert "要留意" not in hand.heard


async def test_back_takes_the_last_answer_back(hand: DeskHand) -> None:
    await hand.begin()
    await answers(hand, "技能等级晋升补助", "技师", "上一步", "高级工及以下")
    assert hand.heard.startswith("✗")


async def test_a_changed_answer_makes_only_what_leans_on_it_stale(hand: DeskHand) -> None:
    await asks_and_qualifies(hand)
    await answers(hand, "看看我的回答", "改：证书等级", "高级技师")
    assert "发证日期" in hand.heard, "the date belonged to the other certificate"
    await answers(hand, "3月5日", "工会", "是")
    assert "2,000元" in hand.heard, "nothing else was asked again"


async def test_a_date_nobody_can_read_is_asked_for_with_an_example(hand: DeskHand) -> None:
    await hand.begin()
    await answers(hand, "技能等级晋升补助", "技师", "2月30日")
    assert hand.heard.startswith("✗")
    assert "哪天" in hand.heard
    await answers(hand, "昨天")
    assert "会员" in hand.heard


async def test_answers_may_be_typed_in_other_words(hand: DeskHand) -> None:
    await hand.begin()
    await answers(hand, "技能等级晋升补助", "技师", "3月5号", "对的", "第一个", "嗯", "有")
    assert "培训" in hand.heard


async def test_english_is_complete_from_the_greeting_to_the_verdict(hand: DeskHand) -> None:
    await hand.begin()
    await hand.turn(command="language", argument="en")
    await answers(hand, "Skill-level upgrade subsidy", "Technician", "5 March 2026", "Yes")
    await answers(hand, "Enterprise", "Yes", "Yes", "Union", "Yes", "No")
    assert "You qualify" in hand.heard
    assert "1,000 yuan" in hand.heard
    english = hand.heard.replace("云工办通〔2021〕27号", "")
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in english)


async def test_what_is_known_is_confirmed_not_asked_again(hand: DeskHand) -> None:
    await applies(hand, member())
    await hand.say("菜单")
    await hand.tap("学历提升补助")
    assert "会员名册" in hand.heard
    await answers(hand, "都对，继续", "本科", "1月10日", "是")
    assert "学信网" in hand.heard
    await hand.tap("是")
    assert "1,500元" in hand.heard


@pytest.mark.parametrize(
    ("overrides", "verdict"), [({}, "✗ 在公示期"), ({date(2026, 3, 9): False}, "✓ 您说的都符合")]
)
async def test_a_day_off_announced_later_leaves_a_day_more_to_object(
    hand: DeskHand, overrides: dict[date, bool], verdict: str
) -> None:
    """The notice began on Monday, 2 March: today is the sixth working day, or the fifth."""
    hand.office = replace(hand.office, calendar=Calendar(overrides))
    await hand.begin()
    await answers(hand, "云岭工匠异议", "看看我符不符合", "是", "3月2日")
    assert verdict in hand.heard
