"""Signing in and out: nobody learns which logins there are, and nobody guesses for long."""

import pytest
from argon2 import PasswordHasher

from handlers.office import Office
from tests.admin.desk import Browser, Console, text
from tests.clock import Clock

PASSWORD = "春城无处不飞花"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture
async def guest(console: Console) -> Browser:
    """In front of the sign-in page; the officer `base` has a password."""
    async with console.office.unit() as unit:
        officer = await unit.officers.by_login("base")
        assert officer is not None
        officer.password_hash = CHEAP.hash(PASSWORD)
    return await console.nobody()


async def test_an_officer_signs_in_and_out(guest: Browser, console: Console) -> None:
    entered = await guest.post("/console/sign-in", login="base", password=PASSWORD)
    assert entered.status_code == 303
    cookie = entered.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Path=/console" in cookie
    home = await guest.follow(await guest.follow(entered))
    assert "待办" in text(home)
    guest.csrf = home.text.split('name="csrf" value="')[1].split('"')[0]
    left = await guest.post("/console/sign-out")
    assert left.headers["location"] == "/console/sign-in"
    assert (await guest.get("/console/queue")).status_code == 401


async def test_the_cookie_is_secure_behind_https(console: Console, guest: Browser) -> None:
    object.__setattr__(console.office, "public_url", "https://gonghui.example")
    entered = await guest.post("/console/sign-in", login="base", password=PASSWORD)
    assert "Secure" in entered.headers["set-cookie"]


async def test_a_wrong_login_and_a_wrong_password_sound_the_same(guest: Browser) -> None:
    unknown = await guest.post("/console/sign-in", login="nobody", password=PASSWORD)
    wrong = await guest.post("/console/sign-in", login="base", password="wrong")
    assert unknown.status_code == wrong.status_code == 401
    assert text(unknown) == text(wrong)
    assert "登录名或密码不对" in text(wrong)


@pytest.mark.parametrize("login", ["base", "nobody"])
async def test_five_wrong_tries_lock_for_fifteen_minutes(
    guest: Browser, clock: Clock, login: str
) -> None:
    for _ in range(5):
        assert (await guest.post("/console/sign-in", login=login, password="x")).status_code == 401
    locked = await guest.post("/console/sign-in", login=login, password=PASSWORD)
    assert locked.status_code == 429
    assert "10:15以后可以再试" in text(locked)
    clock.move(minutes=16)
    again = await guest.post("/console/sign-in", login=login, password=PASSWORD)
    assert again.status_code == (303 if login == "base" else 401)


async def test_capital_letters_are_no_second_set_of_tries(guest: Browser) -> None:
    for login in ("base", "Base", "BASE", " base", "bAse"):
        await guest.post("/console/sign-in", login=login, password="x")
    locked = await guest.post("/console/sign-in", login="base", password=PASSWORD)
    assert locked.status_code == 429


async def test_a_right_password_clears_the_wrong_tries(guest: Browser) -> None:
    for password in ("x", "x", "x", "x", PASSWORD, "x", "x", "x", "x"):
        await guest.post("/console/sign-in", login="base", password=password)
    entered = await guest.post("/console/sign-in", login="base", password=PASSWORD)
    assert entered.status_code == 303


async def test_a_new_sign_in_ends_the_session_the_browser_had(
    guest: Browser, console: Console
) -> None:
    await guest.post("/console/sign-in", login="base", password=PASSWORD)
    first = guest.http.cookies["console"]
    await guest.post("/console/sign-in", login="base", password=PASSWORD)
    other = await console.nobody()
    other.http.cookies.set("console", first)
    assert (await other.get("/console/queue")).status_code == 401
    assert (await guest.get("/console/queue")).status_code == 200


@pytest.mark.parametrize(
    ("then", "lands"),
    [
        ("/console/applications/7", "/console/applications/7"),
        ("https://evil.example/console", "/console"),
        ("//evil.example", "/console"),
        ("/console/\\evil.example", "/console"),
        ("/console/../bank", "/console"),
    ],
)
async def test_after_signing_in_only_our_own_pages_are_opened(
    guest: Browser, then: str, lands: str
) -> None:
    entered = await guest.post("/console/sign-in", login="base", password=PASSWORD, then=then)
    assert entered.headers["location"] == lands


async def test_a_session_ends_after_half_an_hour_of_rest(console: Console, clock: Clock) -> None:
    officer = await console.officer("base")
    clock.move(minutes=29)
    assert (await officer.get("/console/queue")).status_code == 200
    clock.move(minutes=29)
    assert (await officer.get("/console/queue")).status_code == 200
    clock.move(minutes=31)
    ended = await officer.get("/console/queue")
    assert ended.status_code == 401
    assert 'name="then" value="/console/queue"' in ended.text


async def test_a_session_ends_after_twelve_hours_of_work(console: Console, clock: Clock) -> None:
    officer = await console.officer("base")
    for _ in range(29):
        clock.move(minutes=25)
        last = await officer.get("/console/queue")
    assert last.status_code == 401


async def test_an_officer_who_has_left_is_out_at_once(console: Console) -> None:
    officer = await console.officer("base")
    machine = await console.machine("base")
    async with console.office.unit() as unit:
        row = await unit.officers.by_login("base")
        assert row is not None
        row.active = False
    assert (await officer.get("/console/queue")).status_code == 401
    assert (await machine.get("/api/v1/queue")).status_code == 401


async def test_a_form_without_its_word_changes_nothing(console: Console, office: Office) -> None:
    officer = await console.officer("manager")
    for csrf in ("", "x" * 43, "错"):
        officer.csrf = csrf
        answer = await officer.post("/console/me/token")
        assert answer.status_code == 422
        assert "没有写入任何东西" in text(answer)
    async with office.reading() as unit:
        row = await unit.officers.by_login("manager")
        assert row is not None
        assert row.token_hash is None


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://e.vil"},
    ],
)
async def test_a_form_on_another_site_is_not_ours(
    console: Console, headers: dict[str, str]
) -> None:
    officer = await console.officer("manager", **headers)
    assert (await officer.post("/console/me/token")).status_code == 403
    guest = await console.nobody(**headers)
    signed = await guest.post("/console/sign-in", login="base", password=PASSWORD)
    assert signed.status_code == 403


async def test_a_link_on_another_site_is_asked_for_once_more_by_ourselves(
    console: Console,
) -> None:
    guest = await console.nobody(**{"sec-fetch-site": "cross-site"})
    bridge = await guest.get("/console/queue")
    assert bridge.status_code == 200
    assert 'content="0;url=/console/queue"' in bridge.text


async def test_a_changed_password_ends_all_sessions(guest: Browser, console: Console) -> None:
    await guest.post("/console/sign-in", login="base", password=PASSWORD)
    officer = await console.officer("base")
    new = "两个黄鹂鸣翠柳一行"
    for old, wrong, why in (
        (PASSWORD, "short", "10到128"),
        ("wrong", new + "白", "现在的密码不对"),
        (PASSWORD, PASSWORD * 2 + "base", ""),
    ):
        answer = await officer.post("/console/me/password", old=old, new=wrong)
        assert why in text(answer)
    assert (await guest.get("/console/queue")).status_code == 401
    entered = await guest.post("/console/sign-in", login="base", password=PASSWORD * 2 + "base")
    assert entered.status_code == 303
    assert "change_password" in await console.acts(f"officer:{console.day.province['base'].id}")


async def test_a_chat_code_works_once_and_a_new_one_replaces_it(console: Console) -> None:
    officer = await console.officer("base")
    codes = []
    for _ in range(2):
        page = await officer.post("/console/me/chat-code")
        codes.append(page.text.split('class="secret" role="status">')[1].split("<")[0])
    async with console.office.unit() as unit:
        assert await unit.codes.use("officer", codes[0]) is None
        assert await unit.codes.use("officer", codes[1]) == console.day.province["base"].id


async def test_a_token_is_shown_once(console: Console) -> None:
    officer = await console.officer("base")
    page = await officer.post("/console/me/token")
    token = page.text.split('class="secret long" role="status">')[1].split("<")[0]
    machine = await console.nobody(authorization=f"Bearer {token}")
    assert (await machine.get("/api/v1/queue")).status_code == 200
    assert token not in (await officer.get("/console/me")).text
    async with console.office.reading() as unit:
        row = await unit.officers.by_login("base")
        assert row is not None
        assert row.token_hash != token
