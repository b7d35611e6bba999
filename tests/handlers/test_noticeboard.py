"""公示 in the chat: anybody reads what hangs and objects to it from there."""

from tests.handlers.province import Day
from tests.hands import DeskHand


async def test_somebody_reads_what_hangs_and_objects_to_one_of_them(day: Day) -> None:
    running = await day.opens_round()
    first, second = await day.applies(running), await day.applies(running)
    citizen = DeskHand(day.office, f"worker-{(await day.worker()).id}", "telegram")
    await citizen.say("我对公示有异议")
    assert "现在没有正在公示的名单" in citizen.heard
    await day.goes_to(1, running, first, second)
    await day.posts("base", first)

    await citizen.say("公示")
    assert "2人，公示到4月5日" in citizen.heard
    await citizen.say("技能等级")  # looks for a scheme, or a unit
    await citizen.tap("对第1份提异议")
    for _ in ("personal data", "identity number"):
        await citizen.tap("同意")
    assert len(citizen.labels) == 3
    await citizen.say("查无此人")
    assert "✗" in citizen.heard
    await citizen.say(second.number)
    await citizen.tap(citizen.labels[0])
    await citizen.say("13900001111")
    await citizen.say("证书是假的，他没有考过。")
    await citizen.tap("没有，跳过")
    await citizen.tap(citizen.labels[0])
    async with day.office.reading() as unit:
        (made,) = await unit.objections.of_application(second.id)
        assert unit.objections.objector(made).text == "证书是假的，他没有考过。"
