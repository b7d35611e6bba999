"""Run the whole house in one process, or talk to it in a terminal."""

import asyncio
import ctypes
import gc
import logging
import sys
from contextlib import suppress
from functools import partial

import uvicorn

import locales
from admin import quiet
from bot.app import House, open_house, web, working
from bot.settings import Settings
from bot.terminal import Terminal
from handlers import demonstration

log = logging.getLogger(__name__)

SHOWN_MEMBERS = 3
PATIENCE = 5  # seconds for requests under way when we are asked to stop
RARELY = 10_000, 20, 20  # objects made, then rounds, before the collector looks through them


def run(settings: Settings) -> int:
    """`serve` on the fast event loop, where it is installed."""
    fast = uvicorn.Config("").get_loop_factory()
    with asyncio.Runner(loop_factory=fast) as runner:
        return runner.run(serve(settings))


async def serve(settings: Settings) -> int:
    """Until a signal; 1 if the server could not start."""
    quiet.hush()
    async with open_house(settings) as house:
        server = _Server(house)
        async with working(house.jobs):
            await server.serve()
    return 0 if server.was_up else 1


class _Server(uvicorn.Server):
    """Tells where the doors are once they are open, and ends the open streams before it stops."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.was_up = False
        super().__init__(
            uvicorn.Config(
                web(house),
                host=house.settings.host,
                port=house.settings.port,
                log_config=None,
                access_log=False,  # addresses of bank pages are secrets
                server_header=False,
                timeout_graceful_shutdown=PATIENCE,
            )
        )

    async def startup(self, sockets: list | None = None) -> None:  # type: ignore[type-arg]
        await super().startup(sockets)
        if self.started:
            self.was_up = True
            settle()
            print("\n".join(await doors(self.house)), flush=True)  # noqa: T201

    async def main_loop(self) -> None:
        async with working([partial(learn, self.house)]):
            await super().main_loop()

    async def shutdown(self, sockets: list | None = None) -> None:  # type: ignore[type-arg]
        await self.house.news.close()
        await super().shutdown(sockets)


async def learn(house: House, _: asyncio.Event) -> None:
    """What is searched is made when the doors are open: only who asks for it meanwhile waits."""
    await house.office.finder.ready()
    await asyncio.to_thread(locales.learn, house.kept.get)
    settle()


def settle() -> None:
    """What the start has made stays: going through it again and again cost 15 % of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*RARELY)
    gc.enable()  # the start was spared it
    give_back()


def give_back() -> None:
    """What only the making needed goes back to the system, where the C library can do that."""
    with suppress(AttributeError, OSError):  # another C library than glibc
        ctypes.CDLL(None).malloc_trim(0)


async def doors(house: House) -> list[str]:
    """One line for each door, and how to sign in as each person of the demonstration."""
    url = house.settings.public_url
    lines = [
        "惠工 Huigong",
        f"  聊天页 chat      {url}/",
        f"  后台   console   {url}/console",
        f"  公示   notices   {url}/notices",
        f"  接口   API       {url}/api/v1/openapi.json",
    ]
    if house.telegram:
        lines.append(f"  Telegram         {house.telegram.told}")
    if await demonstration.loaded(house.office):
        lines += _demonstration()
    return lines


def _demonstration() -> list[str]:
    plan = demonstration.read_plan()
    lines = [f"  演示经办人 officers, password {demonstration.PASSWORD}, at the console:"]
    lines += [
        f"    {login:10} {name}  {role:9} {union}" for login, name, union, role in plan["officers"]
    ]
    lines.append("  演示会员 members (invented), for the chat: name and identity number")
    members = list(demonstration.people(plan))
    each = plan["members_per_unit"]
    for start in range(0, len(members), each):
        lines += [
            f"    {member.name}  {member.identity}  {member.unit}"
            for member in members[start : start + SHOWN_MEMBERS]
        ]
    return lines


async def talk(settings: Settings) -> int:
    """The chat in this terminal, until the end of input."""
    async with open_house(settings) as house:
        terminal = Terminal(house.office, lambda text: print(text, flush=True))  # noqa: T201
        async with working([house.clock.run, partial(learn, house)]):
            await terminal.begin()
            while line := await asyncio.to_thread(sys.stdin.readline):
                if line.strip():
                    await terminal.hear(line)
    return 0
