"""Many people with Telegram on their phones, 40 of them at a time waiting for their answer.

Each goes through the interview of every scheme as a person does: reads what is shown, presses
the button or types the date, waits for the answer, and comes again when it is his turn.
"""

import asyncio
import itertools
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import orjson
from aiohttp import ClientSession, TCPConnector

from bench.bot_api import NAME, BotApi, Shown
from core.catalogue import Catalogue
from core.questions import Kind, Question
from core.scheme import Scheme
from locales import speaker

PATH = "/telegram/webhook"
SECRET = "bench"
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}
PATIENCE = 20.0  # seconds until an answer counts as lost
GOOD = {"certificate": "技师", "degree": "本科", "employment": "企业", "trained_by": "工会"}
numbers = itertools.count(int(time.time()))  # of updates


class Person(Protocol):
    """`next` is the update this person sends after `shown`; None if he has finished."""

    chat: int

    def next(self, shown: Shown | None) -> dict[str, Any] | None: ...


@dataclass
class Chatterer:
    """Says the same for ever: for the echo."""

    chat: int

    def next(self, shown: Shown | None) -> dict[str, Any]:
        return said(self.chat, "您好，我想问问技能等级晋升补助")


@dataclass(frozen=True)
class Script:
    """What everybody answers: `answers` by the question's sentence, `doors` by label.

    `home` is the label that only the greeting carries: a person who finds no new door there goes.
    """

    answers: Mapping[str, str]
    doors: tuple[str, ...]
    ways: tuple[str, ...]
    home: str


def script(catalogue: Catalogue, today: date) -> Script:
    say = speaker("zh_CN")
    schemes = catalogue.in_force(today)
    return Script(
        {ask: answer for scheme in schemes for ask, answer in _answers(scheme, today)},
        tuple(scheme.name for scheme in schemes),
        (say("eligibility.right"), say("menu.back")),
        say("menu.more"),
    )


def _answers(scheme: Scheme, today: date) -> Iterator[tuple[str, str]]:
    yes, no = speaker("zh_CN")("asking.yes"), speaker("zh_CN")("asking.no")
    asked: Mapping[str, Question] = scheme.asked
    for fact, question in asked.items():
        match question.answer:
            case Kind.YES_NO:
                yield question.ask, no if question.record else yes
            case Kind.DATE:
                yield question.ask, f"{today.year}年1月1日"
            case _:
                yield question.ask, GOOD.get(fact, question.example)


class Guided:
    """Goes through every scheme of the greeting once, from there to the verdict and back."""

    def __init__(self, chat: int, script: Script) -> None:
        self.chat = chat
        self._script = script
        self._doors = list(script.doors)

    def next(self, shown: Shown | None) -> dict[str, Any] | None:
        if shown is None:
            return said(self.chat, "/start")
        labels = dict(shown.buttons)
        for line in shown.text.splitlines():  # all questions in every text would take longer
            if line in self._script.answers:
                return self._press(shown, labels, self._script.answers[line])
        if door := next((door for door in self._doors if door in labels), ""):
            self._doors.remove(door)
            return self._press(shown, labels, door)
        if way := next((way for way in self._script.ways if way in labels), ""):
            return self._press(shown, labels, way)
        if self._script.home not in labels:
            raise RuntimeError(f"nobody knows what to do about: {shown.text} {list(labels)}")
        return None

    def _press(self, shown: Shown, labels: Mapping[str, str], label: str) -> dict[str, Any]:
        if label not in labels:
            return said(self.chat, label)
        return tapped(self.chat, shown, labels[label])


def said(chat: int, text: str) -> dict[str, Any]:
    return {"message": _message(chat, next(numbers), _who(chat), text)}


def tapped(chat: int, shown: Shown, carried: str) -> dict[str, Any]:
    """A pressed button; like Telegram's, the update brings the whole message again."""
    rows = [[{"text": label, "callback_data": data}] for label, data in shown.buttons]
    message = _message(chat, shown.id, NAME, shown.text)
    return {
        "callback_query": {
            "id": str(next(numbers)),
            "from": _who(chat),
            "message": message | {"reply_markup": {"inline_keyboard": rows}},
            "chat_instance": str(chat),
            "data": carried,
        }
    }


def _who(chat: int) -> dict[str, Any]:
    return {"id": chat, "is_bot": False, "first_name": "某", "language_code": "zh-hans"}


def _message(chat: int, number: int, sender: Mapping[str, Any], text: str) -> dict[str, Any]:
    return {
        "message_id": number,
        "date": int(time.time()),
        "chat": {"id": chat, "type": "private", "first_name": "某"},
        "from": sender,
        "text": text,
    }


@dataclass
class Load:
    """What came of it: `lost` answers did not come in time."""

    per_second: float
    p50_ms: float
    p99_ms: float
    lost: int
    people: int


class Crowd:
    """`people` are in the middle of something at once, `at_a_time` wait for their answer."""

    def __init__(
        self, api: BotApi, port: int, make: Callable[[int], Person], people: int = 200
    ) -> None:
        self._api, self._make = api, make
        self._url = f"http://127.0.0.1:{port}{PATH}"
        self._chats = itertools.count(700_000_000)
        self._ready: deque[tuple[Person, Shown | None]] = deque(
            (make(next(self._chats)), None) for _ in range(people)
        )
        self._took: list[float] = []
        self._lost = self._came = 0

    async def run(self, seconds: float, warm: float = 2.0, at_a_time: int = 40) -> Load:
        """Counts for `seconds`, after having warmed up for `warm` seconds."""
        begin = time.perf_counter() + warm
        end = begin + seconds
        async with ClientSession(connector=TCPConnector(limit=0), headers=HEADERS) as session:
            await asyncio.gather(*(self._client(session, begin, end) for _ in range(at_a_time)))
        took = sorted(self._took)
        return Load(
            per_second=len(took) / seconds,
            p50_ms=took[len(took) // 2] * 1000,
            p99_ms=took[len(took) * 99 // 100] * 1000,
            lost=self._lost,
            people=self._came,
        )

    async def _client(self, session: ClientSession, begin: float, end: float) -> None:
        while (now := time.perf_counter()) < end:
            person, shown = self._ready.popleft()
            update = person.next(shown)
            if update is None:
                person, self._came = self._make(next(self._chats)), self._came + 1
                update = person.next(None)
            try:
                shown = await self._turn(session, person.chat, update or {})
            except TimeoutError:
                self._lost += 1
                continue
            done = time.perf_counter()
            if now >= begin and done < end:
                self._took.append(done - now)
            self._ready.append((person, shown))

    async def _turn(self, session: ClientSession, chat: int, update: dict[str, Any]) -> Shown:
        answer = self._api.next_message(chat)
        body = orjson.dumps({"update_id": next(numbers)} | update)
        async with session.post(self._url, data=body) as acknowledged:
            acknowledged.raise_for_status()
            await acknowledged.read()
        return await asyncio.wait_for(answer, PATIENCE)
