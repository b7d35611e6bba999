"""From rows of the inbox to a turn at the desk, and the answer out again.

Nothing is decided here. What the desk has committed stands in the outbox too, so an answer
that is lost on the way is sent by `bot.delivery`.
"""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial

from bot.delivery import DeliveryError, Postman
from bot.lanes import Arrived, Say
from bot.telegram.files import Files
from bot.telegram.receive import (
    CHANNEL,
    Heard,
    Unparsable,
    album_of,
    lane_of,
    language_in,
    read,
    together,
    understand,
)
from bot.telegram.sender import Sender
from handlers.chat import Answer, Reply, Turn
from handlers.office import Office

log = logging.getLogger(__name__)

Receive = Callable[[Office, Turn], Awaitable[Answer]]


class Turns:
    """`receive` is the desk."""

    def __init__(
        self, office: Office, receive: Receive, sender: Sender, files: Files, postman: Postman
    ) -> None:
        self._office, self._receive = office, receive
        self._sender, self._files, self._postman = sender, files, postman

    def album(self, raw: bytes) -> str:
        try:
            return album_of(read(raw))
        except Unparsable:
            return ""

    async def handle(self, arrived: Sequence[Arrived]) -> Say | None:
        """Raises Unparsable, and whatever the desk raises."""
        parts = [understand(each.raw, each.id) for each in arrived]
        heard = parts[0] if len(parts) == 1 else together(parts)
        if heard.left:
            await self._gone(heard.left)
        if heard.group:
            await self._show_the_way(heard)
        if heard.turn is None:
            return None
        answer = await self._at_the_desk(heard, heard.turn)
        # Without a row this update was answered before, by a process that died since.
        return partial(self._say, heard.turn, answer) if answer.outbox else None

    async def apologise(self, arrived: Arrived) -> None:
        """Said once, and not kept: whoever writes again is answered again."""
        try:
            update = read(arrived.raw)
        except Unparsable:
            return
        address = lane_of(update).partition(":")[2]
        if int(address) > 0:  # a person
            speak = self._office.speak(language_in(update))
            await self._mention(address, speak("door.trouble"))

    async def _at_the_desk(self, heard: Heard, turn: Turn) -> Answer:
        if not heard.papers:
            return await self._receive(self._office, turn)
        async with self._files.fetched(heard.papers, heard.album) as fetched:
            trouble = turn.trouble or fetched.trouble
            files = () if trouble else tuple(fetched.files)
            return await self._receive(self._office, replace(turn, files=files, trouble=trouble))

    async def _say(self, turn: Turn, answer: Answer) -> None:
        if not await self._postman.answer(CHANNEL, turn.address, answer.outbox, answer.reply):
            await self._mention(turn.address, self._office.speak(turn.language)("door.trouble"))

    async def _gone(self, address: str) -> None:
        async with self._office.unit() as unit:
            await unit.conversations.unreachable(CHANNEL, address)

    async def _show_the_way(self, heard: Heard) -> None:
        """Once for each group: we speak with people alone. The delivery loop sends it."""
        way = Reply(self._office.speak(heard.language)("door.private"))
        key = f"group:{CHANNEL}:{heard.group}"
        async with self._office.unit() as unit:
            await unit.outbox.reply(CHANNEL, str(heard.group), way.as_json(), key, lease=0)

    async def _mention(self, address: str, text: str) -> None:
        try:
            await self._sender.say(address, Reply(text))
        except DeliveryError as error:
            log.info("a remark was not said: %s", type(error).__name__)
