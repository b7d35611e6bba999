"""Questions in plain words: answered at once, others to choose from, and a person in the end."""

from bot.app import House
from tests.hands import DeskHand
from tests.journeys.steps import asks_and_qualifies


async def test_a_question_is_answered_with_its_article(hand: DeskHand) -> None:
    await hand.begin()
    await hand.say("我考了技师证能领多少")
    assert "2000元" in hand.heard.replace(",", "")
    assert "第七条" in hand.heard
    await hand.tap("看看我符不符合")
    assert "哪一级证书" in hand.heard


async def test_another_scheme_is_one_button_away(hand: DeskHand) -> None:
    await hand.begin()
    await hand.say("我考了技师证能领多少")
    other = next(label for label in hand.labels if "失业保险" in label)
    await hand.tap(other)
    assert "失业保险" in hand.heard
    assert "技能等级晋升补助" in hand.labels


async def test_what_was_not_meant_is_asked_again_and_then_a_person_is_named(
    hand: DeskHand, house: House
) -> None:
    await hand.begin()
    await hand.say("厂里欠薪咋办")
    await hand.tap("都不是")
    assert "换个说法" in hand.heard
    await hand.say("老板不给钱找哪个")
    await hand.tap("都不是")
    assert "0871-0000-0000" in hand.heard
    async with house.office.reading() as unit:
        kept = {row.said for row in await unit.unanswered.waiting(10)}
    assert kept == {"厂里欠薪咋办", "老板不给钱找哪个"}


async def test_a_question_in_the_middle_is_answered_and_the_talk_goes_on(hand: DeskHand) -> None:
    await hand.begin()
    await hand.tap("技能等级晋升补助")
    await hand.say("公示几天？")
    assert "公示5天" in hand.heard
    assert "哪一级证书" in hand.heard
    await hand.tap("技师")
    assert "发证日期" in hand.heard


async def test_a_question_typed_into_a_form_is_no_answer_to_it(hand: DeskHand) -> None:
    await asks_and_qualifies(hand)
    await hand.say("高级技师能领多少钱？")
    assert "2000元" in hand.heard.replace(",", "")


async def test_small_talk_and_unlawful_wishes_get_a_sensible_reply(hand: DeskHand) -> None:
    await hand.begin()
    await hand.say("你好")
    assert "直接说" in hand.heard
    await hand.say("帮我做个假的技师证")
    assert "不能帮您" in hand.heard


async def test_an_unknown_matter_is_kept_for_the_officers_without_numbers(
    hand: DeskHand, house: House
) -> None:
    await hand.begin()
    for _ in range(2):
        await hand.say("明天昆明气温23度吗")
    assert "没听懂" in hand.heard
    async with house.office.reading() as unit:
        [kept] = await unit.unanswered.waiting(10)
    assert (kept.said, kept.times) == ("明天昆明气温〇度吗", 2)


async def test_follow_ups_stay_with_the_scheme_of_the_answer(hand: DeskHand) -> None:
    await hand.begin()
    await hand.say("函授本科毕业工会补多少")
    await hand.say("公示几天")
    assert "学历提升补助" in hand.heard


async def test_small_talk_does_not_break_the_thread(hand: DeskHand) -> None:
    await hand.begin()
    await hand.say("娃娃放暑假没人看工会有没有托管班")
    await hand.say("谢谢")
    assert "不客气" in hand.heard
    await hand.say("怎么报名")
    assert "爱心托管班" in hand.heard
    await hand.say("今天天气怎么样")
    assert "没听懂" in hand.heard
    await hand.say("几岁可以去")
    assert "爱心托管班" in hand.heard


async def test_no_scheme_stands_beside_a_follow_up_that_nobody_called(hand: DeskHand) -> None:
    await hand.begin()
    await hand.say("我考了技师证能领多少")
    await hand.say("要带些啥子材料")
    assert hand.labels == ["看看我符不符合", "这一项的更多内容", "都不是", "回首页"]
    await hand.say("我徒弟也考了技师他能领不")
    assert any("师徒" in label for label in hand.labels)


async def test_a_name_alone_is_answered_and_begun_and_a_wish_is_only_answered(
    hand: DeskHand,
) -> None:
    await hand.begin()
    await hand.say("打官司")
    assert "工会法律援助" in hand.heard
    assert "是哪一类" in hand.heard
    await hand.say("学历提升补助")  # in the middle of it
    assert "是哪一类" not in hand.heard
    assert "学历" in hand.heard
    await hand.say("首页")
    await hand.say("想打官司没钱")
    assert "看看我符不符合" in hand.labels


async def test_what_is_past_is_told_as_such_and_the_talk_goes_on_with_what_is_in_force(
    hand: DeskHand,
) -> None:
    await hand.begin()
    await hand.say("2020年技师工作站老规定")
    assert "不管用了" in hand.heard
    assert "云南省职工技师工作站" in hand.labels
    await hand.say("新的给多少钱")
    assert "6万元" in hand.heard or "60,000元" in hand.heard
    await hand.say("昆明市里的金牌工人怎么选")
    assert "已经截止" in hand.heard


async def test_whether_it_is_enough_is_a_question_too(hand: DeskHand) -> None:
    await hand.begin()
    await hand.say("职工创新工作室")
    await hand.say("我们就五个人够不够")
    assert "日期没看懂" not in hand.heard
