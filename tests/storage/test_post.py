"""The delivery loop's side of the outbox: claims, leases, and what came of it."""

import asyncio

from sqlalchemy import select

from storage.database import Database
from storage.post import Post
from storage.tables import Address, Outbox
from tests.clock import Clock
from tests.storage.rush import ask
from tests.storage.test_outbox import HELLO, chat


async def fill(database: Database, *priorities: int, chats: int = 1) -> None:
    """One message of each priority to each of the chats, in this order."""
    talks = [await chat(database, f"telegram:{number}") for number in range(chats)]
    async with database.unit() as unit:
        for number, priority in enumerate(priorities):
            for talk in talks:
                await unit.outbox.say(talk, HELLO, f"m{number}", priority)


async def states(database: Database) -> list[str]:
    return [row[0] for row in await ask(database, select(Outbox.state).order_by(Outbox.id))]


async def test_the_urgent_go_first_and_then_the_older(database: Database, post: Post) -> None:
    await fill(database, 2, 1, 0, 1)
    assert [parcel.id for parcel in await post.claim("telegram")] == [3, 2, 4, 1]


async def test_a_claim_takes_no_more_than_it_is_allowed(database: Database, post: Post) -> None:
    await fill(database, 2, 1, 0, 1)
    assert [parcel.id for parcel in await post.claim("telegram", limit=2)] == [3, 2]
    assert [parcel.id for parcel in await post.claim("telegram")] == [4, 1]
    assert await post.claim("telegram") == []


async def test_other_channels_are_left_alone(database: Database, post: Post) -> None:
    await fill(database, 1)
    assert await post.claim("wechat") == []


async def test_two_processes_never_claim_the_same(
    database_url: str, database: Database, clock: Clock
) -> None:
    await fill(database, *([1] * 10), chats=10)
    other = Database(database_url, clock=clock.now)
    posts = [Post(each, clock.now) for each in (database, other)]
    claims = [posts[n % 2].claim("telegram", limit=7) for n in range(30)]
    claimed = [parcel.id for parcels in await asyncio.gather(*claims) for parcel in parcels]
    while rest := await posts[0].claim("telegram"):  # what was locked and skipped
        claimed += [parcel.id for parcel in rest]
    await other.close()
    assert sorted(claimed) == list(range(1, 101))


async def test_a_lease_that_has_run_out_is_taken_over(
    database: Database, post: Post, clock: Clock
) -> None:
    await fill(database, 1)
    await post.claim("telegram", lease=60)
    clock.move(seconds=59)
    assert await post.claim("telegram") == []
    clock.move(seconds=1)
    [parcel] = await post.claim("telegram")
    assert parcel.tried == 2


async def test_what_was_sent_is_not_sent_again(
    database: Database, post: Post, clock: Clock
) -> None:
    await fill(database, 1, 1, 1)
    parcels = await post.claim("telegram")
    await asyncio.gather(*(post.sent(parcel.id, f"m{parcel.id}") for parcel in parcels))
    clock.move(days=1)
    assert await post.claim("telegram") == []
    assert await ask(database, select(Outbox.sent_id).order_by(Outbox.id)) == [
        ("m1",),
        ("m2",),
        ("m3",),
    ]


async def test_what_cannot_be_sent_now_waits(database: Database, post: Post, clock: Clock) -> None:
    await fill(database, 1)
    [parcel] = await post.claim("telegram")
    await post.try_later(parcel.id, seconds=35)
    clock.move(seconds=34)
    assert await post.claim("telegram") == []
    clock.move(seconds=1)
    assert [each.id for each in await post.claim("telegram")] == [parcel.id]


async def test_who_is_late_does_not_send_again_what_another_has_sent(
    database: Database, post: Post, clock: Clock
) -> None:
    await fill(database, 1)
    [late] = await post.claim("telegram")
    clock.move(seconds=60)
    await post.claim("telegram")
    await post.sent(late.id, "m1")
    await post.try_later(late.id, seconds=0)
    assert await post.claim("telegram") == []


async def test_a_chat_that_is_gone_is_tried_once(database: Database, post: Post) -> None:
    await fill(database, 1, 1, chats=2)
    [parcel] = await post.claim("telegram", limit=1)
    await post.unreachable(parcel.id)
    assert await states(database) == ["closed", "waiting", "closed", "waiting"]
    reached = select(Address.address, Address.reachable).order_by(Address.id)
    assert await ask(database, reached) == [("0", False), ("1", True)]


async def test_a_message_that_is_never_taken_does_not_close_the_chat(
    database: Database, post: Post
) -> None:
    await fill(database, 1, 1)
    [parcel] = await post.claim("telegram", limit=1)
    await post.give_up(parcel.id)
    assert await states(database) == ["closed", "waiting"]
    assert await ask(database, select(Address.reachable)) == [(True,)]


async def test_without_an_id_a_message_is_sent_but_never_edited(
    database: Database, post: Post
) -> None:
    talk = await chat(database, "telegram:1")
    async with database.unit() as unit:
        card = await unit.outbox.card("notice", 1)
        await unit.outbox.say(talk, HELLO | {"card": card}, "a")
    [parcel] = await post.claim("telegram")
    async with database.unit() as unit:
        await unit.outbox.close_card(card, {"zh_CN": HELLO})
    await post.sent(parcel.id)
    assert await states(database) == ["sent", "held"]
    assert await post.claim("telegram") == []
