"""What everybody may see: notices that hang, how to object, what we keep, and the chain's head."""

from datetime import timedelta
from pathlib import Path

import pytest

from storage.database import Database
from storage.seal import Sealer
from storage.tables import Notice
from tests.admin.desk import Browser, Console, text
from tests.clock import Clock
from tests.people import identity_number

EVIL = '"><script>alert(1)</script>'


@pytest.fixture
async def notice(console: Console) -> Notice:
    """Hangs in the base unit, about one application."""
    day = console.day
    running = await day.opens_round()
    application = await day.applies(running)
    await day.goes_to(1, running, application)
    return await day.posts("base", application)


@pytest.fixture
async def guest(console: Console) -> Browser:
    return await console.nobody()


def said(notice: Notice, **other: str) -> dict[str, str]:
    return {
        "entry": notice.entries[0]["number"],
        "name": "李小明",
        "identity": identity_number(77),
        "contact": "13812345678",
        "text": "证书不是今年拿到的",
        "consent": "yes",
    } | other


async def test_a_notice_shows_what_it_must_and_nothing_more(guest: Browser, notice: Notice) -> None:
    listed = await guest.get("/notices")
    assert f"/notices/{notice.id}" in listed.text
    page = await guest.get(f"/notices/{notice.id}")
    for shown in (notice.entries[0]["number"], "张*华", "春城机械厂工会", "技师", "1,000元"):
        assert shown in page.text
    assert notice.digest in page.text
    assert "4月5日" in text(page)
    assert "第六条(二)" in text(page)
    assert "张夏华" not in page.text
    assert identity_number(1) not in page.text
    assert "<script" not in page.text


async def test_each_display_is_counted(
    guest: Browser, notice: Notice, console: Console, clock: Clock
) -> None:
    await guest.get(f"/notices/{notice.id}")
    clock.move(hours=2)
    page = await guest.get(f"/notices/{notice.id}")
    assert "已展示2次" in text(page)
    async with console.office.reading() as unit:
        row = await unit.notices.by_id(notice.id)
    assert row.shown == 2
    assert row.first_shown is not None
    assert row.last_shown is not None
    assert row.last_shown - row.first_shown == timedelta(hours=2)


async def test_when_it_is_over_the_names_are_gone(
    guest: Browser, notice: Notice, console: Console
) -> None:
    await console.day.notice_ends(notice)
    page = await guest.get(f"/notices/{notice.id}")
    assert page.status_code == 200
    assert "名单已撤下" in text(page)
    assert "张*华" not in page.text
    assert notice.entries[0]["number"] not in page.text
    assert notice.digest in page.text
    assert f"/notices/{notice.id}" not in (await guest.get("/notices")).text
    late = await guest.post(f"/notices/{notice.id}/objections", **said(notice))
    assert late.status_code == 409


async def test_anybody_objects_under_a_real_name(
    guest: Browser, notice: Notice, console: Console
) -> None:
    sent = await guest.post(f"/notices/{notice.id}/objections", **said(notice))
    assert "已经收到您的异议" in text(await guest.follow(sent))
    async with console.office.reading() as unit:
        [made] = await unit.objections.of_union(notice.union_id)
        objector = unit.objections.objector(made)
    assert (objector.name, objector.identity) == ("李小明", identity_number(77))
    again = await guest.post(f"/notices/{notice.id}/objections", **said(notice))
    assert again.status_code == 303
    async with console.office.reading() as unit:
        assert len(await unit.objections.of_union(notice.union_id)) == 1


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"consent": ""}, "没有您的同意"),
        ({"name": ""}, "姓名没看懂"),
        ({"name": EVIL}, "姓名没看懂"),
        ({"identity": "123"}, "应该是18位"),
        ({"contact": ""}, ""),
        ({"text": "  "}, "这里要您写几个字"),
        ({"text": "长" * 2001}, "太长"),
    ],
)
async def test_what_cannot_be_read_is_asked_again_beside_what_was_typed(
    guest: Browser, notice: Notice, wrong: dict[str, str], why: str
) -> None:
    form = said(notice, contact=EVIL) | wrong
    answer = await guest.post(f"/notices/{notice.id}/objections", **form)
    assert answer.status_code == 422
    assert why in text(answer)
    assert 'role="alert"' in answer.text
    if "text" not in wrong:
        assert form["text"] in answer.text
    assert "<script" not in answer.text


@pytest.mark.parametrize("entry", ["", "1", "202600100099", "'; --", "\x00"])
async def test_an_entry_of_another_notice_is_not_there(
    guest: Browser, notice: Notice, entry: str
) -> None:
    answer = await guest.post(f"/notices/{notice.id}/objections", **said(notice, entry=entry))
    assert answer.status_code == 404


async def test_one_network_cannot_drown_the_office(
    guest: Browser, notice: Notice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("admin.public.OBJECTIONS_AN_HOUR", 2)
    answers = [
        await guest.post(
            f"/notices/{notice.id}/objections", **said(notice, identity=identity_number(n))
        )
        for n in range(70, 73)
    ]
    assert [answer.status_code for answer in answers[:2]] == [303, 303]
    assert "以后可以再试" in text(answers[2])


@pytest.mark.parametrize("language", ["zh_CN", "en"])
async def test_the_privacy_page_says_what_why_who_how_long_and_whom_to_ask(
    guest: Browser, console: Console, language: str
) -> None:
    async with console.office.unit() as unit:
        (await unit.unions.by_id(console.day.province.tree.province.id)).contact = "0871-12351"
    page = text(await guest.get("/privacy", language=language))
    assert "0871-12351" in page
    words = {
        "zh_CN": ("收什么", "为什么收", "谁看得到", "存多久", "您的权利", "180天", "找谁"),
        "en": ("What", "Why", "Who sees it", "How long", "Your rights", "180 days", "Whom to ask"),
    }
    assert [word for word in words[language] if word not in page] == []


async def test_health_says_how_far_behind_the_loops_are(
    guest: Browser, notice: Notice, clock: Clock, database: Database
) -> None:
    first = (await guest.get("/health")).json()
    assert first["archive"] == "reachable"
    clock.move(seconds=90)
    assert (await guest.get("/health")).json()["seal_lag"] >= 90
    await Sealer(database).seal()
    assert (await guest.get("/health")).json() == {
        "archive": "reachable", "seal_lag": 0, "inbox_lag": 0,
    }  # fmt: skip


async def test_the_head_of_the_chain_is_published(
    guest: Browser, notice: Notice, database: Database
) -> None:
    empty = (await guest.get("/heads")).json()
    assert empty == {"seq": 0, "digest": "0" * 64, "at": None}
    sealed = await Sealer(database).seal()
    head = (await guest.get("/heads")).json()
    assert head["seq"] == sealed
    assert len(head["digest"]) == 64
    assert head["at"].endswith("+08:00")


async def test_an_archive_that_is_away_is_said_calmly(
    console: Console, guest: Browser, tmp_path: Path
) -> None:
    away = Database(f"sqlite:///{tmp_path}/nowhere/archive.db", clock=console.office.clock)
    object.__setattr__(console.office, "database", away)
    health = await guest.get("/health")
    assert health.status_code == 503
    assert health.json()["error"]["code"] == "Unavailable"
    page = await guest.get("/notices")
    assert page.status_code == 503
    assert page.headers["retry-after"] == "5"
    assert "系统正忙" in text(page)
    await away.close()
