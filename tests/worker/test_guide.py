"""What can I apply for: few questions, every scheme, results by group, resumed at any point."""

import re

from tests.hands import DeskHand
from tests.worker.test_interview import answers

MOST = 60  # questions; a check that needs more of them is no help


async def begins(hand: DeskHand, theme: str, asker: str = "我自己") -> None:
    await hand.begin()
    await hand.say("我能申请什么")
    await hand.tap(asker)
    await hand.tap(next(label for label in hand.labels if label.startswith(theme)))


async def goes_through(hand: DeskHand, answer: str = "不知道") -> int:
    """Answers everything the same way, where it can be answered so; how many questions."""
    for asked in range(MOST):
        if "看完了" in hand.heard:
            return asked
        await hand.tap(answer if answer in hand.labels else "不知道")
    raise AssertionError("it never ends")


async def test_everything_is_asked_and_everything_is_told(hand: DeskHand) -> None:
    await begins(hand, "困难帮扶")
    await goes_through(hand, "不是")
    total = int(re.findall(r"一共 (\d+) 项", hand.heard)[0])
    counted = [int(number) for number in re.findall(r"[✓✗？] .*?(\d+) 项", hand.heard)]
    assert total == sum(counted) > 10


async def test_results_can_be_read_at_any_point_and_the_questions_go_on(hand: DeskHand) -> None:
    await begins(hand, "补贴")
    await answers(hand, "不知道", "不知道")
    asked = hand.heard.splitlines()[-1]
    await hand.tap("先看结果")
    assert "到现在为止" in hand.heard
    await hand.tap("继续回答")
    assert asked in hand.heard


async def test_what_was_answered_is_not_asked_again_another_day(hand: DeskHand) -> None:
    await begins(hand, "补贴")
    first = hand.heard.splitlines()[-1]
    await hand.tap(hand.labels[0])
    await hand.say("菜单")
    await begins(hand, "补贴")
    assert first not in hand.heard


async def test_one_step_back_asks_the_last_question_again(hand: DeskHand) -> None:
    await begins(hand, "荣誉")
    first = hand.heard.splitlines()[-1]
    await hand.tap("不知道")
    assert first not in hand.heard
    await hand.tap("上一步")
    assert first in hand.heard


async def test_why_not_is_told_with_the_article(hand: DeskHand) -> None:
    await begins(hand, "困难帮扶")
    await goes_through(hand, "不是")
    await hand.tap("为什么不适合")
    assert re.search(r"· .+：.+（.+）", hand.heard)


async def test_a_firm_is_asked_about_firms(hand: DeskHand) -> None:
    await begins(hand, "单位的项目", asker="单位（企业、学校）")
    assert hand.labels


async def test_every_page_of_a_scheme_leads_back(hand: DeskHand) -> None:
    await begins(hand, "困难帮扶")
    await goes_through(hand, "不是")
    name = next(label for label in hand.labels if label not in {"重新选", "回首页", "为什么不适合"})
    await hand.tap(name)
    for page in ("要哪些材料", "怎么办、在哪办", "常见问题"):
        if page in hand.labels:
            await hand.tap(page)
            assert "回到这一项" in hand.labels
            await hand.tap("回到这一项")
            assert hand.heard.startswith(name)
