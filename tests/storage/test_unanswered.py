"""A question that comes again is counted, not kept twice."""

from storage.database import Database


async def test_the_same_question_is_kept_once(database: Database) -> None:
    for said in ("几时 发钱", "几时发钱", "别的"):
        async with database.unit() as unit:
            await unit.unanswered.note(said)
    async with database.reading() as unit:
        rows = await unit.unanswered.waiting(10)
        assert [(row.said, row.times) for row in rows] == [("别的", 1), ("几时 发钱", 2)]
        assert [row.said for row in await unit.unanswered.waiting(10, below=rows[0].id)] == [
            "几时 发钱"
        ]


async def test_a_settled_question_that_comes_back_is_open_again(database: Database) -> None:
    async with database.unit() as unit:
        await unit.unanswered.note("几时发钱")
        [row] = await unit.unanswered.waiting(10)
        assert await unit.unanswered.settle(row.id)
        assert not await unit.unanswered.settle(row.id)
        assert not await unit.unanswered.waiting(10)
        await unit.unanswered.note("几时发钱")
        assert await unit.unanswered.waiting(10)
