"""A person's phone: thumb and ear of the tests.

Every action returns when the bot has taken it and, where `TelegramServer.settle` is set, has
worked it off, so that `heard` and `buttons` may be looked at right away.
"""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tests.telegram_world import Bubble, Chat

PATIENCE = 20  # seconds of real time before a test fails that waits in vain

if TYPE_CHECKING:
    from tests.telegram_courier import Parcel
    from tests.telegram_server import TelegramServer


class Phone:
    """One person, in the private chat with the bot; `chat` of an action may be a group."""

    def __init__(self, telegram: "TelegramServer", chat: Chat, language: str) -> None:
        self.telegram, self.chat, self.language = telegram, chat, language
        self.number = f"+86138{chat.id % 10**8:08}"

    @property
    def id(self) -> int:
        return self.chat.id

    @property
    def heard(self) -> list[str]:
        """What the bot has said so far, the changes of earlier messages included."""
        return self.chat.heard

    @property
    def shown(self) -> list[Bubble]:
        """The bot's messages as they are now."""
        return [bubble for bubble in self.chat.bubbles.values() if bubble.by_bot]

    @property
    def buttons(self) -> list[str]:
        """The labels below the last message that has any."""
        with_buttons = [bubble for bubble in self.shown if bubble.buttons]
        return [button["text"] for button in with_buttons[-1].buttons] if with_buttons else []

    @property
    def keyboard(self) -> list[str]:
        """The keys below the text field."""
        rows = (self.chat.keyboard or {}).get("keyboard", [])
        return [key["text"] for row in rows for key in row]

    async def hears(self, text: str) -> None:
        """Returns once the bot has said this."""
        async with asyncio.timeout(PATIENCE), self.telegram.spoken:
            await self.telegram.spoken.wait_for(lambda: text in self.heard)

    async def say(self, text: str, chat: Chat | None = None) -> None:
        entities = []
        if text.startswith("/"):
            word = text.split()[0]
            entities = [{"type": "bot_command", "offset": 0, "length": len(word)}]
        await self._send({"text": text, "entities": entities}, text, chat)

    def mutter(self, text: str) -> None:
        """Says something and does not wait until it has arrived."""
        self._post({"text": text}, text)

    async def tap(self, label: str) -> str:
        """Presses the newest button with this label; returns its address if it opens a page."""
        return await self._press(self._with(label)[-1], label)

    async def tap_old(self, label: str) -> str:
        """Presses the oldest button with this label that is still shown."""
        return await self._press(self._with(label)[0], label)

    async def press(self, data: str, bubble: Bubble | None = None) -> str:
        """A tap with this callback data, forged or not; returns the id of the question."""
        world = self.telegram.world
        query = f"q{world.next_id()}"
        world.queries[query] = world.now()
        shown = bubble or (self.shown[-1] if self.shown else world.add(self.chat, "?", by_bot=True))
        body = {
            "id": query,
            "from": self._person(),
            "message": world.as_json(shown),
            "chat_instance": str(self.id),
            "data": data,
        }
        # another queue than that of messages, as on the real server
        await self._push({"callback_query": body}, f"taps:{self.id}")
        return query

    async def photo(self, content: bytes, caption: str = "", **more: Any) -> None:
        await self._send(self._picture(content) | {"caption": caption} | more, "[photo]")

    async def album(self, contents: Sequence[bytes], kind: str = "photo") -> None:
        """Several at once; each arrives as an update of its own, none waits for the other."""
        group = str(10**16 + self.telegram.world.next_id())
        parcels = []
        for content in contents:
            body = self._picture(content) if kind == "photo" else self._document(content, "a.pdf")
            parcels.append(self._post(body | {"media_group_id": group}, "[photo]"))
        for parcel in parcels:
            await self.telegram.settled(parcel)

    async def document(
        self, content: bytes, name: str = "paper.pdf", size: int | None = None, **more: Any
    ) -> None:
        """With `size`, what Telegram says of it: it need not be the truth."""
        await self._send(self._document(content, name, size) | more, "[document]")

    async def voice(self) -> None:
        voice = {"file_id": self.telegram.store(b"OggS"), "file_unique_id": "v", "duration": 2}
        await self._send({"voice": voice}, "[voice]")

    async def sticker(self) -> None:
        body = {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 9, "height": 9}
        await self._send({"sticker": body | {"is_animated": False, "is_video": False}}, "[sticker]")

    async def contact(self, own: bool = True) -> None:
        owner = self.id if own else self.id + 1
        body = {"phone_number": self.number, "first_name": self.chat.name, "user_id": owner}
        await self._send({"contact": body}, "[contact]")

    async def edit(self, text: str) -> None:
        """Changes the person's own last message."""
        mine = [bubble for bubble in self.chat.bubbles.values() if not bubble.by_bot][-1]
        body = self._message(mine, self.chat) | {"text": text, "edit_date": mine.date + 1}
        await self._push({"edited_message": body}, f"chat:{self.id}")

    async def block(self) -> None:
        self.chat.blocked = True
        await self._membership("member", "kicked")

    async def unblock(self) -> None:
        self.chat.blocked = False
        await self._membership("kicked", "member")

    def _with(self, label: str) -> list[Bubble]:
        having = [
            bubble
            for bubble in self.shown
            if any(button["text"] == label for button in bubble.buttons)
        ]
        assert having, f"no button {label!r}; the last ones are {self.buttons}"
        return having

    async def _press(self, bubble: Bubble, label: str) -> str:
        button = next(button for button in bubble.buttons if button["text"] == label)
        if "url" in button:
            return str(button["url"])
        await self.press(button["callback_data"], bubble)
        return ""

    def _picture(self, content: bytes) -> dict[str, Any]:
        """Telegram offers a photo in several sizes; the largest comes last."""
        telegram = self.telegram
        return {
            "photo": [
                {
                    "file_id": telegram.store(part),
                    "file_unique_id": f"p{side}",
                    "width": side,
                    "height": side,
                    "file_size": len(part),
                }
                for side, part in ((90, content[:100]), (1280, content))
            ]
        }

    def _document(self, content: bytes, name: str, size: int | None = None) -> dict[str, Any]:
        stored = self.telegram.store(content, size)
        body = {"file_id": stored, "file_unique_id": "d", "file_name": name}
        return {"document": body | {"file_size": len(content) if size is None else size}}

    def _person(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self.chat.name,
            "language_code": self.language,
        }

    def _message(self, bubble: Bubble, chat: Chat) -> dict[str, Any]:
        return {
            "message_id": bubble.id,
            "date": bubble.date,
            "chat": chat.as_json(),
            "from": self._person(),
        }

    def _post(self, body: dict[str, Any], shown: str, chat: Chat | None = None) -> "Parcel":
        chat = chat or self.chat
        bubble = self.telegram.world.add(chat, shown, by_bot=False)
        message = self._message(bubble, chat) | body
        return self.telegram.courier.push({"message": message}, f"chat:{chat.id}")

    async def _send(self, body: dict[str, Any], shown: str, chat: Chat | None = None) -> None:
        await self.telegram.settled(self._post(body, shown, chat))

    async def _push(self, body: dict[str, Any], queue: str) -> None:
        await self.telegram.settled(self.telegram.courier.push(body, queue))

    async def _membership(self, old: str, new: str) -> None:
        world = self.telegram.world
        body = {
            "chat": self.chat.as_json(),
            "from": self._person(),
            "date": int(world.now()),
            "old_chat_member": member(old, world.call("getMe", {})),
            "new_chat_member": member(new, world.call("getMe", {})),
        }
        await self._push({"my_chat_member": body}, f"chat:{self.id}")


def member(status: str, bot: dict[str, Any]) -> dict[str, Any]:
    body: dict[str, Any] = {"status": status, "user": bot}
    return body | {"until_date": 0} if status == "kicked" else body
