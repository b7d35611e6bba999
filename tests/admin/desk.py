"""What an officer's browser does, without a browser: pages, forms, and what stands on them."""

import re
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import httpx
from fastapi import FastAPI

from admin.app import console
from core.people import Role
from handlers.office import Office
from tests.handlers.province import Day
from tests.people import an_officer

HERE = "http://127.0.0.1"
TAG = re.compile(r"<[^>]+>")
FIELD = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
JSON = {"accept": "application/json"}


@dataclass
class Browser:
    """One officer (or nobody) in front of the console."""

    http: httpx.AsyncClient
    csrf: str = ""

    async def get(self, path: str, **query: Any) -> httpx.Response:
        return await self.http.get(path, params=query or None)

    async def post(self, path: str, **fields: Any) -> httpx.Response:
        """A form of ours; `csrf` goes with it."""
        return await self.http.post(path, data={"csrf": self.csrf, **fields})

    async def follow(self, answer: httpx.Response) -> httpx.Response:
        assert answer.status_code == 303, text(answer)
        return await self.http.get(answer.headers["location"])


@dataclass
class Console:
    """The app, and a browser for each officer who is asked for."""

    office: Office
    day: Day
    app: FastAPI = field(init=False)

    def __post_init__(self) -> None:
        self.app = console(self.office)
        self._open = AsyncExitStack()

    async def furnish(self) -> None:
        """Two officers the procedure does not need, but the console does."""
        province = self.day.province
        async with self.office.unit() as unit:
            for login, union in (
                ("auditor", province.tree.province),
                ("dali-auditor", province.other_prefecture),
            ):
                officer = await an_officer(unit, union, Role.AUDITOR, login, name=f"经办{login}")
                province.officers[login] = officer

    async def close(self) -> None:
        await self._open.aclose()

    async def nobody(self, **headers: str) -> Browser:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        http = httpx.AsyncClient(transport=transport, base_url=HERE, headers=headers)
        return Browser(await self._open.enter_async_context(http))

    async def officer(self, login: str, **headers: str) -> Browser:
        """Signed in, with the cookie and the word its forms carry."""
        browser = await self.nobody(**headers)
        async with self.office.unit() as unit:
            secret, session = await unit.officers.sign_in(self.day.province[login])
            browser.csrf = session.csrf
        browser.http.cookies.set("console", secret)
        return browser

    async def machine(self, login: str) -> Browser:
        """With a token for the API."""
        async with self.office.unit() as unit:
            officer = await unit.officers.by_id(self.day.province[login].id)
            assert officer is not None
            token = await unit.officers.give_token(officer)
        return await self.nobody(authorization=f"Bearer {token}")

    async def acts(self, on: str) -> list[str]:
        async with self.office.reading() as unit:
            return [act.what for act in await unit.acts.of(on)]


def text(answer: httpx.Response) -> str:
    """What stands on the page, as a person reads it."""
    return " ".join(unescape(TAG.sub(" ", answer.text)).split())


def hidden(answer: httpx.Response, name: str) -> str:
    """The value of a hidden field."""
    return unescape(dict(FIELD.findall(answer.text))[name])
