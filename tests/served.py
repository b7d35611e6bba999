"""The house behind a real server on a free port of this machine."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn

from bot.app import House, web


@asynccontextmanager
async def served(house: House) -> AsyncIterator[str]:
    """Its address; streams are ended before the server stops."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        free.listen(64)
        config = uvicorn.Config(web(house), log_level="warning", lifespan="off")
        server = uvicorn.Server(config)
        task = asyncio.create_task(server.serve([free]))
        try:
            yield f"http://127.0.0.1:{free.getsockname()[1]}"
        finally:
            await house.news.close()
            server.should_exit = True
            await task
