"""What is to be said: written with its cause, said once, closed everywhere."""

from typing import Any

from sqlalchemy import insert, select, update

from storage.database import Database
from storage.post import Post
from storage.tables import Address, CardCopy, Line, Outbox
from tests.clock import Clock
from tests.storage.rush import ask, change

HELLO = {"text": "您好", "card": 0}


async def chat(database: Database, *doors: str, language: str = "zh_CN") -> int:
    """A conversation with an address at each of these doors: telegram:42, web:7."""
    async with database.unit() as unit:
        [(channel, address), *others] = [door.split(":") for door in doors]
        talk = await unit.conversations.of(channel, address, language)
        for channel, address in others:
            row = {"channel": channel, "address": address, "conversation_id": talk.id}
            await unit.connection.execute(insert(Address), row | {"at": unit.now})
        return talk.id


async def say(database: Database, talk: int, body: dict[str, Any] = HELLO, key: str = "a") -> None:
    async with database.unit() as unit:
        await unit.outbox.say(talk, body, key)


async def show_card(database: Database, *talks: int, kind: str = "application") -> int:
    async with database.unit() as unit:
        card = await unit.outbox.card(kind, 7, version=2)
        for talk in talks:
            await unit.outbox.say(talk, {"text": "请审核", "card": card}, f"card:{card}:{talk}")
        return card


async def close_card(database: Database, card: int) -> None:
    async with database.unit() as unit:
        bodies = {"zh_CN": {"text": "已办理"}, "en": {"text": "Done"}}
        await unit.outbox.close_card(card, bodies)


async def lines(database: Database) -> list[tuple[bool, Any]]:
    rows = await ask(database, select(Line.mine, Line.body).order_by(Line.id))
    return [tuple(row) for row in rows]


async def messages(database: Database, channel: str = "telegram") -> list[Any]:
    rows = select(Outbox.address, Outbox.body, Outbox.state, Outbox.edits).order_by(Outbox.id)
    return [tuple(row) for row in await ask(database, rows.where(Outbox.channel == channel))]


async def test_a_notification_goes_to_every_chat_of_the_conversation(database: Database) -> None:
    talk = await chat(database, "telegram:1", "web:2", "telegram:3")
    await say(database, talk)
    assert [row[:3] for row in await messages(database)] == [
        ("1", HELLO, "waiting"),
        ("3", HELLO, "waiting"),
    ]
    assert await lines(database) == [(False, HELLO)]


async def test_what_has_a_key_is_said_once(database: Database) -> None:
    talk, other = await chat(database, "telegram:1", "web:2"), await chat(database, "telegram:9")
    for key in ("a", "a", "b"):
        await say(database, talk, key=key)
    assert len(await messages(database)) == len(await lines(database)) == 2
    await say(database, other, key="a")  # somebody else has not heard it
    assert [row[0] for row in await messages(database)] == ["1", "1", "9"]


async def test_a_mark_for_the_web_is_never_sent(database: Database, post: Post) -> None:
    await say(database, await chat(database, "web:2"))
    assert await post.claim("web") == []


async def test_nothing_is_written_for_a_chat_that_cannot_be_reached(database: Database) -> None:
    talk = await chat(database, "telegram:1")
    await change(database, update(Address).values(reachable=False))
    await say(database, talk)
    assert await messages(database) == []


async def test_what_is_rolled_back_is_not_said(database: Database) -> None:
    talk = await chat(database, "telegram:1", "web:2")
    try:
        async with database.unit() as unit:
            await unit.outbox.say(talk, HELLO, "a")
            raise LookupError
    except LookupError:
        assert await messages(database) == await lines(database) == []


async def test_a_reply_is_leased_to_whoever_sends_it_right_away(
    database: Database, post: Post, clock: Clock
) -> None:
    await chat(database, "telegram:1")
    async with database.unit() as unit:
        row = await unit.outbox.reply("telegram", "1", HELLO, "turn:5")
        assert await unit.outbox.reply("telegram", "1", HELLO, "turn:5") == row
    assert await post.claim("telegram") == []
    clock.move(seconds=61)  # the process that wanted to send it has died
    [parcel] = await post.claim("telegram")
    assert (parcel.id, parcel.priority, parcel.tried) == (row, 0, 2)


async def test_a_line_tells_who_said_it(database: Database) -> None:
    talk = await chat(database, "web:2")
    async with database.unit() as unit:
        first = await unit.outbox.line(talk, {"text": "年龄"}, mine=True)
        assert await unit.outbox.line(talk, HELLO, mine=False) == first + 1
    assert await lines(database) == [(True, {"text": "年龄"}), (False, HELLO)]


async def test_there_is_one_card_for_one_version_of_a_thing(database: Database) -> None:
    async with database.unit() as unit:
        card = await unit.outbox.card("application", 7, version=2)
        assert await unit.outbox.card("application", 7, version=2) == card
        assert await unit.outbox.card("application", 7, version=3) != card
        shown = await unit.outbox.shown(card)
        assert shown
        assert (shown.kind, shown.ref, shown.version, shown.closed) == ("application", 7, 2, False)
        assert await unit.outbox.shown(99) is None


async def test_every_copy_of_a_card_is_remembered(database: Database) -> None:
    one, two = (
        await chat(database, "telegram:1", "web:2"),
        await chat(database, "telegram:3", language="en"),
    )
    card = await show_card(database, one, two)
    async with database.unit() as unit:
        await unit.outbox.reply("telegram", "3", {"text": "…", "card": card}, "turn:1")
    copies = await ask(database, select(CardCopy.card_id, CardCopy.language).order_by(CardCopy.id))
    assert copies == [(card, "zh_CN"), (card, "zh_CN"), (card, "en"), (card, "en")]


async def test_a_closed_card_that_was_not_sent_yet_is_sent_closed(database: Database) -> None:
    card = await show_card(database, await chat(database, "telegram:1", language="en"))
    await close_card(database, card)
    assert await messages(database) == [("1", {"text": "Done"}, "waiting", "")]


async def test_a_closed_card_that_was_sent_is_edited(database: Database, post: Post) -> None:
    card = await show_card(database, await chat(database, "telegram:1"))
    [parcel] = await post.claim("telegram")
    await post.sent(parcel.id, "m5")
    await close_card(database, card)
    assert (await messages(database))[1:] == [("1", {"text": "已办理"}, "waiting", "m5")]
    [edit] = await post.claim("telegram")
    assert (edit.edits, edit.body) == ("m5", {"text": "已办理"})


async def test_a_card_closed_on_its_way_is_edited_once_it_has_arrived(
    database: Database, post: Post
) -> None:
    card = await show_card(database, await chat(database, "telegram:1"))
    [parcel] = await post.claim("telegram")
    await close_card(database, card)
    assert await post.claim("telegram") == []  # nobody knows yet what to edit
    await post.sent(parcel.id, "m5")
    [edit] = await post.claim("telegram")
    assert (edit.edits, edit.body) == ("m5", {"text": "已办理"})


async def test_a_card_closed_on_its_way_to_nobody_is_forgotten(
    database: Database, post: Post
) -> None:
    card = await show_card(database, await chat(database, "telegram:1"))
    [parcel] = await post.claim("telegram")
    await close_card(database, card)
    await post.unreachable(parcel.id)
    assert [row[2] for row in await messages(database)] == ["closed", "closed"]


async def test_a_closed_card_in_a_web_chat_changes_where_it_stands(database: Database) -> None:
    card = await show_card(database, await chat(database, "web:2"))
    await close_card(database, card)
    assert await lines(database) == [(False, {"text": "已办理"})]
    async with database.reading() as unit:
        shown = await unit.outbox.shown(card)
        assert shown
        assert shown.closed


async def test_the_first_word_on_a_closed_card_stands(database: Database) -> None:
    card = await show_card(database, await chat(database, "web:2"))
    await close_card(database, card)
    async with database.unit() as unit:
        await unit.outbox.close_card(card, {"zh_CN": {"text": "又办理"}})
    assert await lines(database) == [(False, {"text": "已办理"})]
