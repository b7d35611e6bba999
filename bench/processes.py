"""Bots in processes of their own: started, waited for, looked at, ended."""

import asyncio
import os
import resource
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from socket import create_server

PATIENCE = 60.0  # seconds until a process that does not listen has failed
FAREWELL = 15.0  # seconds until it is killed


@dataclass(frozen=True)
class Running:
    """A process that listens on `port`; `took` seconds from its start to that."""

    pid: int
    port: int
    took: float

    def processor(self) -> float:
        """Seconds of processor it has used so far."""
        threads = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9

    def memory(self) -> int:
        """Resident, in bytes."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * resource.getpagesize()


def free_port() -> int:
    with create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@asynccontextmanager
async def running(
    module: str, *arguments: str, port: int, settings: Mapping[str, str] | None = None
) -> AsyncIterator[Running]:
    """`python -m module`, until the block ends."""
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, *arguments),
        stdout=asyncio.subprocess.DEVNULL,
        env={**os.environ, **(settings or {})},
    )
    try:
        await _listens(process, port)
        yield Running(process.pid, port, time.perf_counter() - began)
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), FAREWELL)
        except TimeoutError:
            process.kill()
            await process.wait()


async def _listens(process: asyncio.subprocess.Process, port: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while process.returncode is None:
            with suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                return
            await asyncio.sleep(0.02)
    raise RuntimeError("the process to be measured has ended")
