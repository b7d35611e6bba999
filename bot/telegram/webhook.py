"""Telegram's way in: verify, store, answer 200. What the update means is found out later.

Telegram repeats whatever was not answered with 2xx, so an update is answered as soon as it
lies in the inbox, and not before. A tap is told in the same answer that it has arrived.
"""

import hmac
import logging

from fastapi import APIRouter
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from telegram.error import TelegramError

from bot.lanes import Lanes
from bot.telegram.receive import CHANNEL, KINDS, Unparsable, lane_of, query_of, read
from bot.telegram.sender import Sender
from storage.inbox import InboxBook

log = logging.getLogger(__name__)

PATH = "/telegram/webhook"
SECRET = b"x-telegram-bot-api-secret-token"
LARGEST = 1024 * 1024  # bytes
CONNECTIONS = 100  # at once, from Telegram
AWAY = {"Retry-After": "2"}  # seconds until Telegram should bring the update again


def webhook_router(inbox: InboxBook, lanes: Lanes, *, secret: str, path: str = PATH) -> APIRouter:
    """One route. `secret` is what `register` has told Telegram."""
    expected = secret.encode()
    if not expected:
        raise ValueError("a webhook without a secret would take anybody's word")
    router = APIRouter(include_in_schema=False)

    async def take(request: Request) -> Response:
        if not _vouched(request, expected):
            return Response(status_code=401)
        try:
            raw = await _body(request)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody is there to read it
        if raw is None:
            return Response(status_code=413)
        return await _store(inbox, lanes, raw)

    router.add_route(path, take, methods=["POST"])
    return router


async def register(sender: Sender, url: str, secret: str, path: str = PATH) -> None:
    """Asks Telegram to bring its updates to `url`. Raises TelegramError."""
    await sender.bot.set_webhook(
        f"{url.rstrip('/')}{path}",
        secret_token=secret,
        allowed_updates=list(KINDS),
        max_connections=CONNECTIONS,
    )


async def unregister(sender: Sender) -> None:
    """Takes the webhook away, so that polling may begin."""
    try:
        await sender.bot.delete_webhook()
    except TelegramError as error:
        log.warning("the webhook could not be removed: %s", type(error).__name__)


def _vouched(request: Request, expected: bytes) -> bool:
    """Compared as bytes: a header that is not ASCII is as wrong as any other."""
    given = [value for name, value in request.scope["headers"] if name == SECRET]
    return len(given) == 1 and hmac.compare_digest(given[0], expected)


async def _body(request: Request) -> bytes | None:
    """The body, or None as soon as it is too long."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return None
    return bytes(body)


async def _store(inbox: InboxBook, lanes: Lanes, raw: bytes) -> Response:
    try:
        update = read(raw)
    except Unparsable:
        return Response(status_code=400)
    lane = lane_of(update)
    try:
        await inbox.store(CHANNEL, str(update["update_id"]), lane, raw)
    except (SQLAlchemyError, OSError, TimeoutError) as error:
        log.warning("an update could not be stored: %s", type(error).__name__)
        return Response(status_code=503, headers=AWAY)
    lanes.wake(lane)
    if query := query_of(update):
        return JSONResponse({"method": "answerCallbackQuery", "callback_query_id": query})
    return Response(status_code=200)
