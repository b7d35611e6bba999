"""Telegram out: says a Reply in a chat, and translates Telegram's errors into the office's.

One sender for everything a bot says, so that all of it passes the same limiter.
"""

import logging
from typing import Any, Self

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)
from telegram.ext import ExtBot

from bot.delivery import DeliveryError, TryLater, Unreachable, Unsendable
from bot.telegram.limiter import Limiter, seconds_of
from bot.telegram.render import Message, edited, messages
from bot.telegram.wire import Wire
from handlers.chat import Reply
from locales import LANGUAGES, speaker

log = logging.getLogger(__name__)

# To Telegram large and small letters are one. `send_message` would build a Message out of what
# comes back, of which we want nothing but the id: a tenth of the time of a whole turn.
SEND, EDIT = "SendMessage", "EditMessageText"
TOKEN_WRONG = 60.0  # seconds until a refused token is tried again
NOBODY_THERE = ("chat not found", "user not found", "peer_id_invalid", "chat was deactivated",
                "no rights to send", "have no rights")  # fmt: skip
NOTHING_LEFT = ("message to edit not found", "message can't be edited", "message_id_invalid")
UNCHANGED = "message is not modified"


class Sender:
    """One bot. Use it as a context, or `close` it."""

    def __init__(self, token: str, api: str, limiter: Limiter | None = None) -> None:
        self.limiter = limiter or Limiter()
        self.wire = Wire()
        self.bot: ExtBot[int] = ExtBot(
            token,
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            request=self.wire,
            get_updates_request=self.wire,
            rate_limiter=self.limiter,
        )
        # The key is shown to everybody alike, and the row to send knows no language.
        self.contact = " · ".join(speaker(language)("door.contact") for language in LANGUAGES)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        await self.limiter.shutdown()
        await self.wire.shutdown()

    def silent_for(self) -> float:
        """Seconds for which the bot must not say anything."""
        return self.limiter.silent_for()

    async def say(self, address: str, reply: Reply, *, edits: str = "", priority: int = 0) -> str:
        """The id of the message that bears the buttons. Raises DeliveryError."""
        try:
            if edits:
                return await self._edit(int(address), int(edits), edited(reply), priority)
            sent = [
                await self._send(int(address), message, priority)
                for message in messages(reply, self.contact)
            ]
        except TelegramError as error:
            raise meaning(error) from None
        return sent[-1] if len(sent) == 1 or reply.expects != "phone" else sent[-2]

    async def answer_tap(self, query: str) -> None:
        """Stops the little clock on the button; too late is no harm."""
        try:
            await self.bot.answer_callback_query(query)
        except TelegramError as error:
            log.info("a tap was not answered: %s", type(error).__name__)

    async def _send(self, chat: int, message: Message, priority: int) -> str:
        said = {"chat_id": chat, **_said(message)}
        sent = await self.bot.do_api_request(SEND, said, rate_limit_args=priority)
        return str(sent["message_id"])

    async def _edit(self, chat: int, message_id: int, message: Message, priority: int) -> str:
        try:
            said = {"chat_id": chat, "message_id": message_id, **_said(message)}
            await self.bot.do_api_request(EDIT, said, rate_limit_args=priority)
        except BadRequest as error:
            if not any(sign in error.message.lower() for sign in (UNCHANGED, *NOTHING_LEFT)):
                raise
        return str(message_id)


def _said(message: Message) -> dict[str, Any]:
    markup = {"reply_markup": message.markup} if message.markup else {}
    return {"text": message.text, **markup}


def meaning(error: TelegramError) -> DeliveryError:
    """What Telegram's error means for the row; its text is not kept, it may quote ours."""
    match error:
        case RetryAfter():
            return TryLater(seconds_of(error))
        case Forbidden() | ChatMigrated():
            return Unreachable()
        case BadRequest(message=text):
            nobody = any(sign in text.lower() for sign in NOBODY_THERE)
            return Unreachable() if nobody else Unsendable()
        case InvalidToken() | Conflict():
            log.error("Telegram does not take the bot's token")
            return TryLater(TOKEN_WRONG)
        case _:
            return TryLater()
