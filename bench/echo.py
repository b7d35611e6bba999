"""A bare echo bot on aiogram, as its own manual builds one: the yardstick for a whole turn.

`python -m bench.echo PORT BOT_API_PORT`
"""

import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

from bench.bot_api import TOKEN
from bench.crowd import PATH, SECRET


async def echo(message: Message) -> None:
    await message.answer(message.text or "…")


def main(port: int, api: int) -> None:
    server = TelegramAPIServer.from_base(f"http://127.0.0.1:{api}")
    bot = Bot(TOKEN, session=AiohttpSession(api=server))
    dispatcher = Dispatcher()
    dispatcher.message.register(echo)
    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, secret_token=SECRET).register(app, path=PATH)
    web.run_app(app, host="127.0.0.1", port=port, access_log=None, print=None)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
