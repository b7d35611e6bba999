"""What people should not send: it is shown as it is, harms nothing, and breaks nothing."""

import random
import re
from pathlib import Path
from urllib.parse import urlencode

import pytest

import admin
from admin.routes import ROUTES, Route
from admin.sent import FORM, MOST_FIELDS
from core.people import Role
from tests.admin.desk import Browser, Console, text
from tests.admin.files import Files, filled
from tests.admin.test_routes import LOGINS

EVIL = "<script>alert('工')</script>"
QUOTES = "'\"><img src=x onerror=alert(1)>{{7*7}}"
VALUES = (
    "", " ", "0", "1", "2", "-1", "3.5", "yes", "no", "pass", "return", "reject", "paid", "other",
    "2147483647", "2147483648", "9" * 40, "2026-03-11", "2026-02-30", "0000-00-00", "99999-01-01",
    EVIL, QUOTES, "'; DROP TABLE applications; --", "1 OR 1=1", "%s%n", "../../etc/passwd",
    "\x00", "\u202e", "\ud83d\ude00", "長" * 3000, "slot:0", "slot:²", "slot:99999", "fact:trade",
    "certificate", "１２", "٣", "null", "{}", "[]", "true", "张三", "530102199001010015",
)  # fmt: skip
NAMES = (
    "version", "decision", "undertaking", "item", "note:slot:0", "due", "fact", "note", "round",
    "stage", "upheld", "finding", "scheme", "places", "opens", "closes", "stage_days", "minutes",
    "held_on", "refuse", "reason:1", "reason", "line:1", "line:x", "line:", "note:1", "number",
    "identity", "entry", "name", "contact", "text", "consent", "holder", "bank", "token", "old",
    "new", "then", "login", "password", "csrf", "line:²",
)  # fmt: skip
FORMS = [
    route
    for route in ROUTES
    if route.method == "POST" and not route.tag and "/sign-" not in route.path
]
READS = [route for route in ROUTES if route.method == "GET" and route.path != "/console/sign-out"]


@pytest.fixture
async def files(console: Console, tmp_path: Path) -> Files:
    return await filled(console.day, tmp_path)


@pytest.fixture
async def everybody(console: Console) -> dict[Role | None, Browser]:
    seats: dict[Role | None, Browser] = {
        role: await console.officer(login) for role, login in LOGINS.items()
    }
    seats[None] = await console.nobody()
    return seats


def value(chance: random.Random) -> str:
    return chance.choice(VALUES).encode("utf-8", "replace").decode()


def address(chance: random.Random, route: Route, files: Files) -> str:
    path = files.path(route.path)
    if chance.random() < 0.3:
        path = re.sub(r"/\d+", lambda _: f"/{chance.choice(('0', '7', '2147483648'))}", path)
    return path


def body(chance: random.Random, csrf: str) -> bytes:
    if chance.random() < 0.1:
        return chance.randbytes(chance.randrange(200))
    fields = [(chance.choice(NAMES), value(chance)) for _ in range(chance.randrange(12))]
    return urlencode([("csrf", csrf), *fields]).encode()


async def test_hundreds_of_broken_forms_break_nothing(
    console: Console, files: Files, everybody: dict[Role | None, Browser]
) -> None:
    chance, statuses = random.Random(20211112), set()
    for _ in range(150):
        route = chance.choice(FORMS)
        browser = everybody[chance.choice(sorted(route.roles)) if route.roles else None]
        answer = await browser.http.post(
            address(chance, route, files),
            content=body(chance, browser.csrf),
            headers={"content-type": FORM},
        )
        assert answer.status_code < 500, (route.name, answer.request.content)
        statuses.add(answer.status_code)
    assert {403, 404, 422} <= statuses
    assert {303, 409} & statuses  # it did get past the door
    applications = await everybody[Role.AUDITOR].get("/console/applications")
    assert files.number in applications.text


async def test_hundreds_of_broken_addresses_break_nothing(
    console: Console, files: Files, everybody: dict[Role | None, Browser]
) -> None:
    chance = random.Random(19491001)
    asked = ("at", "scheme", "stage", "number", "round", "state", "below", "on", "entry", "done")
    for _ in range(250):
        route = chance.choice(READS)
        browser = everybody[chance.choice(sorted(route.roles)) if route.roles else None]
        query = {chance.choice(asked): value(chance) for _ in range(3)}
        answer = await browser.get(address(chance, route, files), **query)
        assert answer.status_code < 500, (route.name, query)


async def test_what_a_worker_writes_is_shown_as_it_is(console: Console) -> None:
    running = await console.day.opens_round()
    application = await console.day.applies(running, trade=EVIL, number=f"S1{QUOTES}")
    async with console.office.unit() as unit:
        (await unit.unions.by_id(console.day.province.tree.base.id)).name = f"工会{EVIL}"
    await console.day.goes_to(1, running, application)
    notice = await console.day.posts("base", application)
    officer = await console.officer("base")
    guest = await console.nobody()
    for browser, path in (
        (officer, f"/console/applications/{application.id}"),
        (officer, "/console/notices"),
        (officer, f"/console/notices/{notice.id}"),
        (guest, "/notices"),
        (guest, f"/notices/{notice.id}"),
    ):
        page = await browser.get(path)
        assert page.status_code == 200
        assert "<script" not in page.text
        assert "<img src=x" not in page.text
        assert "&lt;script&gt;" in page.text, path
    assert EVIL in text(await officer.get(f"/console/applications/{application.id}"))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"csrf=x&a=%ff%fe", FORM),
        ("csrf=é".encode(), FORM),
        (b"&".join(b"a=1" for _ in range(MOST_FIELDS + 1)), FORM),
        (b'{"csrf":"x"}', "application/json"),
        (b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--x--", "multipart/form-data"),
        (b"", FORM),
    ],
)
async def test_a_body_no_form_of_ours_sends_is_not_read(
    console: Console, content: bytes, kind: str
) -> None:
    officer = await console.officer("manager")
    answer = await officer.http.post(
        "/console/me/token", content=content, headers={"content-type": kind}
    )
    assert answer.status_code == 422
    assert "没有写入任何东西" in text(answer)


async def test_a_body_that_is_too_large_is_not_taken_in(console: Console) -> None:
    officer = await console.officer("manager")
    answer = await officer.post("/console/me/token", note="x" * 600_000)
    assert answer.status_code == 413


@pytest.mark.parametrize("page", ["/console/queue", "/notices", "/privacy", "/console/sign-in"])
async def test_every_page_is_strict_about_what_it_runs_and_tells(
    console: Console, page: str
) -> None:
    answer = await (await console.officer("base")).get(page)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_no_template_holds_script_or_style_of_its_own() -> None:
    folder = Path(admin.__file__).parent / "templates"
    assert list(folder.glob("*.html"))
    for path in folder.glob("*.html"):
        html = path.read_text("utf-8")
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=|javascript:|\|\s*safe", html), path


async def test_a_stylesheet_is_kept_for_ever_under_its_version_only(console: Console) -> None:
    guest = await console.nobody()
    page = await guest.get("/notices")
    address = re.search(r"/console/static/\w+/console\.css", page.text)
    assert address is not None
    sheet = await guest.get(address[0])
    assert "immutable" in sheet.headers["cache-control"]
    old = await guest.get("/console/static/old/console.css")
    assert old.headers["cache-control"] == "no-cache"
    for name in ("../pages.py", "nothing.css", "..%2fpages.py"):
        assert (await guest.get(f"/console/static/x/{name}")).status_code == 404
