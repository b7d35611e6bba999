"""What the chat could not answer, for those who write the answers."""

from tests.admin.desk import Console, text


async def test_an_officer_sees_and_settles_what_nobody_could_answer(console: Console) -> None:
    async with console.office.unit() as unit:
        await unit.unanswered.note("几时发钱")
        [row] = await unit.unanswered.waiting(1)
    manager = await console.officer("manager")
    assert "几时发钱" in text(await manager.get("/console/unanswered"))
    settled = await manager.post(f"/console/unanswered/{row.id}/settled")
    assert "现在没有没答上的问题" in text(await manager.follow(settled))
    again = await manager.post(f"/console/unanswered/{row.id}/settled")
    assert again.status_code == 404


async def test_the_auditor_only_reads(console: Console) -> None:
    async with console.office.unit() as unit:
        await unit.unanswered.note("几时发钱")
    auditor = await console.officer("auditor")
    page = text(await auditor.get("/console/unanswered"))
    assert "几时发钱" in page
    assert "已处理" not in page.replace("标为已处理", "")
