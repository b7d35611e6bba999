"""The hot path: finding a conversation by its address, and writing it back."""

from storage.database import Database


async def test_a_first_message_begins_a_conversation(database: Database) -> None:
    async with database.unit() as unit:
        talk = await unit.conversations.of("telegram", "42", "zh_CN")
        talk.step, talk.state = 3, {"asked": "年龄"}
        await unit.conversations.write(talk)
    async with database.reading() as unit:
        assert await unit.conversations.find("telegram", "42") == talk
