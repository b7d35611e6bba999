"""The page in a real browser: nothing is lost, nothing happens twice."""

from playwright.async_api import Browser, Route, expect
from sqlalchemy import delete, update

from storage.tables import Line
from tests.bot.web_phone import (
    FIRST,
    opened,
    pressed,
    seen,
    written,
)
from tests.bot.web_room import Room, say, served, web_room_on_sqlite  # noqa: F401
from tests.browser import a_phone, real_browser, watch  # noqa: F401


async def test_an_answered_question_takes_no_more_taps(small_room: Room, browser: Browser) -> None:
    async with served(small_room) as address:
        page = await opened(await a_phone(browser), address)
        small_room.desk.paused.clear()
        await page.get_by_role("button", name=FIRST).dblclick()
        await expect(page.get_by_role("button", name=FIRST)).to_be_disabled()
        await expect(page.locator(".typing")).to_be_visible()
        small_room.desk.paused.set()
        await seen(page, "哪一级证书")
        await expect(page.locator(".typing")).to_have_count(0)
        await expect(page.locator(".chosen")).to_have_text(FIRST)
        await expect(page.get_by_role("button", name="退出")).to_be_disabled()
        notices = page.get_by_role("link", name="看公示")
        await expect(notices).to_have_attribute("href", f"{address}/notices")
        await expect(page.get_by_text("第1问，最多还有3问")).to_be_visible()
    assert [turn.tap is not None for turn in small_room.desk.turns] == [False, True]


async def test_what_could_not_be_sent_waits_even_through_a_reload(
    small_room: Room, browser: Browser
) -> None:
    async with served(small_room) as address:
        page = await opened(await a_phone(browser), address)
        await page.context.set_offline(True)
        await written(page, "我想查补助")
        await expect(page.get_by_role("status")).to_contain_text("网络没连上")
        await expect(page.locator(".mine.waiting .bubble")).to_contain_text("我想查补助")
        await page.context.set_offline(False)
        await seen(page, "哪一级证书")
        await expect(page.get_by_role("status")).to_be_hidden()
        await page.route("**/chat/turn", lambda route: route.abort())
        await written(page, "技师")
        await expect(page.get_by_role("status")).to_contain_text("网络没连上")
        await page.unroute("**/chat/turn")
        await page.reload()
        await seen(page, "发证日期")
    assert [turn.text for turn in small_room.desk.turns] == ["", "我想查补助", "技师"]


async def test_an_answer_that_got_lost_is_asked_for_again_and_nothing_happens_twice(
    small_room: Room, browser: Browser
) -> None:
    lost: list[int] = []

    async def lose_the_first(route: Route) -> None:
        if lost:
            await route.continue_()
        else:
            lost.append((await route.fetch()).status)
            await route.abort()

    async with served(small_room) as address:
        page = await opened(await a_phone(browser), address)
        await page.route("**/chat/turn", lose_the_first)
        await pressed(page, FIRST)
        await seen(page, "哪一级证书")
        await expect(page.locator(".mine .bubble")).to_have_count(1)
    assert lost == [200]
    assert len(small_room.desk.turns) == 2


async def test_whoever_is_asked_to_wait_need_not_do_anything(
    small_room: Room, browser: Browser
) -> None:
    refusals: list[Route] = []

    async def refuse_once(route: Route) -> None:
        if refusals:
            await route.continue_()
            return
        refusals.append(route)
        body = {"error": "您发得有点快，请稍等几秒，我会接着处理。"}
        await route.fulfill(status=429, json=body, headers={"Retry-After": "1"})

    async with served(small_room) as address:
        page = await opened(await a_phone(browser), address)
        await page.route("**/chat/turn", refuse_once)
        await pressed(page, FIRST)
        await expect(page.get_by_role("status")).to_contain_text("有点快")
        await seen(page, "哪一级证书")
        await expect(page.get_by_role("status")).to_be_hidden()
    assert len(small_room.desk.turns) == 2


async def test_words_that_cannot_be_taken_come_back_to_the_field(
    small_room: Room, browser: Browser
) -> None:
    async with served(small_room) as address:
        page = await opened(await a_phone(browser), address)
        refusal = {"error": "这段话太长了。"}
        await page.route("**/chat/turn", lambda route: route.fulfill(status=422, json=refusal))
        await written(page, "很长的话")
        await expect(page.get_by_role("status")).to_have_text("这段话太长了。")
        await expect(page.get_by_label("输入您的话")).to_have_value("很长的话")
        await expect(page.locator(".mine")).to_have_count(0)


async def test_words_said_later_appear_by_themselves(small_room: Room, browser: Browser) -> None:
    async with served(small_room) as address:
        page = await opened(await a_phone(browser), address)
        async with small_room.office.unit() as unit:
            await say(unit, 1, {"text": "您的申请已通过初审。", "choices": [], "step": 0})
        await seen(page, "您的申请已通过初审")
        await expect(page.get_by_role("button", name=FIRST)).to_be_enabled()


async def test_without_events_the_page_asks_by_itself(small_room: Room, browser: Browser) -> None:
    async with served(small_room) as address:
        page = await a_phone(browser)
        await page.add_init_script("window.EventSource = undefined")
        await opened(page, address)
        async with small_room.office.unit() as unit:
            await say(unit, 1, {"text": "您的申请已通过初审。"})
        later = page.get_by_text("您的申请已通过初审")
        await expect(later).to_be_visible(timeout=15_000)  # it asks every five seconds


async def test_a_talk_that_went_on_elsewhere_is_taken_up_again(
    small_room: Room, browser: Browser
) -> None:
    async with served(small_room) as address:
        page = await opened(await a_phone(browser), address)
        cookie = (await page.context.cookies())[0]["value"].split(".")[0]
        async with small_room.office.unit() as unit:
            talk = await unit.conversations.of("web", cookie, "zh_CN")
            talk.step += 3  # three answers at another door
            await unit.conversations.write(talk)
        await page.reload()
        await expect(page.locator(".theirs .bubble")).to_have_count(2)
        await expect(page.get_by_role("button", name=FIRST).last).to_be_enabled()
        await expect(page.get_by_role("button", name=FIRST).first).to_be_disabled()
    assert [turn.command for turn in small_room.desk.turns] == ["start", "resume"]


async def test_an_address_that_leads_elsewhere_shows_the_other_log(
    small_room: Room, browser: Browser
) -> None:
    async with served(small_room) as address:
        page = await opened(await a_phone(browser), address)
        other = await opened(await a_phone(browser), address)
        await pressed(other, FIRST)
        await seen(other, "哪一级证书")
        cookie = (await page.context.cookies())[0]["value"].split(".")[0]
        async with small_room.office.unit() as unit:
            talk = await unit.conversations.of("web", cookie, "zh_CN")
            await unit.conversations.lead_to(talk, 2)  # the same worker has signed in here
        await written(page, "高级技师")
        await seen(page, "发证日期")
        await expect(other.locator(".message .bubble")).to_have_count(6)
        await expect(page.locator(".message .bubble")).to_have_count(6)  # the greeting moved along
        theirs = await other.locator(".message .bubble").all_text_contents()
        ours = await page.locator(".message .bubble").all_text_contents()
        assert [text for text in ours if text not in theirs] == []


async def test_a_card_that_was_closed_loses_its_buttons_here_too(
    small_room: Room, browser: Browser
) -> None:
    async with served(small_room) as address:
        page = await opened(await a_phone(browser), address)
        async with small_room.office.unit() as unit:
            choices = [{"label": "通过"}, {"label": "退回"}]
            card = await say(unit, 1, {"text": "待审", "choices": choices, "card": 7, "step": 1})
        await expect(page.get_by_role("button", name="通过")).to_be_enabled()
        async with small_room.office.unit() as unit:  # another officer was faster
            closed = update(Line).where(Line.id == card)
            await unit.connection.execute(closed.values(body={"text": "待审\n已由他人办理"}))
        await pressed(page, "通过")
        await seen(page, "已由他人办理")
        await expect(page.get_by_role("button", name="通过")).to_have_count(0)
        await expect(page.locator(".theirs", has_text="待审")).to_have_count(1)
    tap = small_room.desk.turns[-1].tap
    assert tap is not None
    assert (tap.card, tap.step, tap.choice) == (7, 1, 0)


async def test_whoever_is_forgotten_sees_an_empty_page(small_room: Room, browser: Browser) -> None:
    async with served(small_room) as address:
        page = await opened(await a_phone(browser), address)
        await written(page, "我的秘密")
        await seen(page, "哪一级证书")
        async with small_room.office.unit() as unit:
            await unit.connection.execute(delete(Line))
        await written(page, "好了吗")
        await seen(page, "发证日期")
        await expect(page.locator(".message")).to_have_count(2)
        await expect(page.get_by_text("我的秘密")).to_have_count(0)


async def test_a_link_can_begin_the_talk_with_a_word_of_its_own(
    small_room: Room, browser: Browser
) -> None:
    async with served(small_room) as address:
        page = await opened(await a_phone(browser), f"{address}/?start=notice-7")
        assert page.url == f"{address}/"
    assert [turn.argument for turn in small_room.desk.turns] == ["notice-7"]


async def test_a_lost_cookie_is_replaced_and_nothing_that_was_written_is_lost(
    small_room: Room, browser: Browser
) -> None:
    async with served(small_room) as address:
        page = await opened(await a_phone(browser), address)
        await page.context.clear_cookies()
        await written(page, "还在吗")
        await seen(page, "哪一级证书")
    assert small_room.desk.turns[-1].text == "还在吗"
