"""One process of the bot with the small desk, to be killed: TELEGRAM DATABASE FOLDER SECONDS.

SECONDS are added to its clock, so that a process started after a kill finds its leases over.
"""

import asyncio
import socket
import sys
from datetime import datetime, timedelta
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from bot.delivery import Postman
from bot.lanes import Lanes
from bot.telegram.files import Files
from bot.telegram.receive import CHANNEL
from bot.telegram.sender import Sender
from bot.telegram.turns import Turns
from bot.telegram.webhook import register, webhook_router
from storage import locks
from storage.database import Database, shanghai_now
from storage.inbox import InboxBook
from storage.mailing import Mailing
from storage.post import Post
from storage.vault import Vault
from tests.bot.telegram_room import SECRET, Desk, an_office, hurried
from tests.telegram_server import TOKEN

KEY = "no secret: this one is for the tests only"


async def main(telegram: str, database_url: str, folder: Path, ahead: float) -> None:
    def clock() -> datetime:
        return shanghai_now() + timedelta(seconds=ahead)

    vault = Vault(KEY)
    office = an_office(Database(database_url, clock=clock, vault=vault), vault, folder)
    inbox = InboxBook(office.database, clock, vault)
    sender = Sender(TOKEN, telegram, hurried())
    boxes = Post(office.database, clock), Mailing(office.database, clock)
    postman = Postman(*boxes, {CHANNEL: sender})
    turns = Turns(office, Desk().receive, sender, Files(sender), postman)
    lanes = Lanes(inbox, turns, locks.Lanes(), now=office.now)
    app = FastAPI()
    app.include_router(webhook_router(inbox, lanes, secret=SECRET))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        free.listen(128)
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
        config = uvicorn.Config(app, log_level="warning", lifespan="off", ws="none")
        never = asyncio.Event()
        await asyncio.gather(
            uvicorn.Server(config).serve([free]),
            lanes.run(never),
            postman.run(never),
            register(sender, url, SECRET),
        )


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), float(sys.argv[4])))
