"""Handing a matter over at the console, and naming the union responsible."""

from tests.admin.desk import Console, hidden, text
from tests.handlers.steps import asks_for_aid


async def test_an_officer_hands_over_and_the_province_names_the_union(console: Console) -> None:
    aid = await asks_for_aid(console.day)
    county, province = await console.officer("county"), await console.officer("province")
    dali = console.day.province.other_prefecture.id
    address = f"/console/applications/{aid.id}"
    page = await county.get(address)
    assert f'<option value="{dali}">' in page.text
    given = {"version": hidden(page, "version"), "union": str(dali)}
    empty = await county.post(f"{address}/transfer", **given, reason=" ")
    assert empty.status_code == 422
    assert "有一处空着" in text(empty)
    sent = await county.post(f"{address}/transfer", **given, reason="用人单位在大理")
    assert "共同的上一级工会" in text(await county.follow(sent))
    assert (await county.post(f"{address}/transfer", **given, reason="又一次")).status_code == 409

    listed = await province.get("/console/transfers")
    assert "待指定" in text(listed)
    one = await province.get("/console/transfers/1")
    assert "用人单位在大理" in text(one)
    assert (await county.get("/console/transfers/1")).status_code == 404
    named = await province.post("/console/transfers/1/decision", union=str(dali))
    assert "已指定：大理州总工会" in text(await province.follow(named))
    again = await province.post("/console/transfers/1/decision", union=str(dali))
    assert again.status_code == 409
    assert (await console.day.now(aid)).union_id == dali
    steps = await (await console.officer("dali")).get(address)
    assert "移交给：大理州总工会" in text(steps)


async def test_the_province_names_a_third_union_with_a_reason(console: Console) -> None:
    aid = await asks_for_aid(console.day)
    county, province = await console.officer("county"), await console.officer("province")
    tree, dali = console.day.province.tree, console.day.province.other_prefecture.id
    page = await county.get(f"/console/applications/{aid.id}")
    given = {"version": hidden(page, "version"), "union": str(dali), "reason": "用人单位在大理"}
    await county.post(f"/console/applications/{aid.id}/transfer", **given)
    address, third = "/console/transfers/1/decision", str(tree.prefecture.id)
    assert "指定别的工会" in text(await province.get("/console/transfers/1"))
    bare = await province.post(address, union=third, reason=" ")
    assert bare.status_code == 422
    assert f'<option value="{third}" selected>' in bare.text
    named = await province.post(address, union=third, reason="注册在市直管的园区")
    assert "已指定：昆明市总工会" in text(await province.follow(named))
    assert (await console.day.now(aid)).union_id == tree.prefecture.id
