"""Every page of ours is strict about what may run in it, and speaks the person's language."""

import re
from html.parser import HTMLParser

import pytest
from starlette.requests import Request

from bot.web import pages
from locales import LANGUAGES, Speaker, speaker
from tests.bot.web_room import Room, web_room  # noqa: F401


class Reader(HTMLParser):
    """Collects the elements of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(autouse=True)
def strict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Speaker, "strict", True)


def a_request(path: str = "/") -> Request:
    return Request({"type": "http", "method": "GET", "path": path, "headers": []})


def the_chat(language: str) -> Reader:
    speak = speaker(language)
    page = pages.render(a_request(), "chat.html", speak, words=pages.words(speak))
    return Reader(bytes(page.body).decode())


async def test_a_page_lets_nothing_run_that_is_not_ours(room: Room) -> None:
    async with room.client() as client:
        page = await client.get("/")
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; ")
    for part in ("connect-src 'self'", "form-action 'self'", "frame-ancestors 'none'"):
        assert part in policy
    assert "unsafe" not in policy
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_a_page_needs_an_exception_from_the_policy(language: str) -> None:
    page = the_chat(language)
    for _, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
    assert page.all("style") == []
    linked = [element.get("src") or element.get("href") for _, element in page.elements]
    for address in filter(None, linked):
        assert address.startswith(f"/chat/static/{pages.VERSION}/")
        assert address.rpartition("/")[2] in pages.STATIC
    assert all(element.get("src") for element in page.all("script"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_can_be_used_has_a_name(language: str) -> None:
    page = the_chat(language)
    assert page.all("html")[0]["lang"] == {"zh_CN": "zh-CN", "en": "en"}[language]
    labelled = {label["for"] for label in page.all("label")}
    fields = [field for tag in ("input", "textarea") for field in page.all(tag)]
    assert {field["id"] for field in fields if "hidden" not in field} == labelled
    assert all("alt" in picture for picture in page.all("img"))
    log = next(element for _, element in page.elements if element.get("role") == "log")
    assert log["aria-live"] == "polite"
    assert log["aria-label"]
    assert all(button.get("type") for button in page.all("button"))


@pytest.mark.parametrize(
    ("wish", "lang"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"),
        ("en-US,en;q=0.9", "en"),
        ("fr-FR,en;q=0.5", "en"),
        ("fr", "zh-CN"),
        ("", "zh-CN"),
    ],
)
async def test_the_first_page_speaks_as_the_browser_wishes(
    room: Room, wish: str, lang: str
) -> None:
    async with room.client(**{"accept-language": wish}) as client:
        page = await client.get("/")
    assert f'<html lang="{lang}">' in page.text


async def test_later_pages_speak_as_the_person_has_chosen(room: Room) -> None:
    async with room.visitor() as client:
        turn = {"id": "a", "command": "language", "argument": "en"}
        answer = (await client.post("/chat/turn", json=turn)).json()
        page = await client.get("/")
    assert answer["language"] == "en"
    assert '<html lang="en">' in page.text
    assert "中文" in page.text


async def test_scripts_and_styles_are_kept_for_as_long_as_they_are_these(room: Room) -> None:
    async with room.client() as client:
        for name, content in pages.STATIC.items():
            now = await client.get(f"/chat/static/{pages.VERSION}/{name}")
            before = await client.get(f"/chat/static/earlier/{name}")
            assert now.content == before.content == content
            assert now.headers["content-type"].split(";")[0] in pages.KINDS.values()
            assert now.headers["x-content-type-options"] == "nosniff"
            assert now.headers["cache-control"].endswith("immutable")
            assert before.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("name", ["no.js", "..", "%2e%2e%2freceive.py", "chat.js.map", "%00"])
async def test_nothing_else_lies_behind_the_static_address(room: Room, name: str) -> None:
    async with room.client() as client:
        assert (await client.get(f"/chat/static/{pages.VERSION}/{name}")).status_code == 404


def test_the_scripts_reach_for_nothing_outside() -> None:
    for name, content in pages.STATIC.items():
        addresses = set(re.findall(rb"(?:https?:)?//[\w.-]+\.[\w/-]+", content))
        assert addresses <= {b"http://www.w3.org/2000/svg"}, name
        assert b"innerHTML" not in content
        assert b"eval(" not in content
        assert b"@import" not in content


def test_the_script_asks_only_for_words_the_page_brings() -> None:
    told = set(re.findall(r'unread\(.*?"(\w+)"\)', pages.STATIC["log.js"].decode()))
    asked = {
        key
        for name, content in pages.STATIC.items()
        if name.endswith(".js")
        for key in re.findall(r'\bsay\("(\w+)"', content.decode())
    }
    hints = set(re.findall(r'"(ask_\w+)"', pages.STATIC["field.js"].decode()))
    assert asked | hints | told == pages.SPOKEN.keys()


def test_a_word_of_a_page_is_text_and_never_markup() -> None:
    speak = speaker("zh_CN")
    page = pages.render(a_request(), "chat.html", speak, words='"><script>alert(1)</script>')
    assert "<script>alert" not in bytes(page.body).decode()
