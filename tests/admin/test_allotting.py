"""The places of a round, shared out among prefectures on its page."""

from tests.admin.desk import Console, text

MEDAL = "yn-may-day-labour-medal"


async def test_the_province_shares_the_places_of_a_round_out(console: Console) -> None:
    manager, mine = await console.officer("manager"), console.day.province.tree.prefecture
    form = {"scheme": MEDAL, "opens": "2026-03-10", "closes": "2026-04-10"}
    page = await manager.follow(await manager.post("/console/rounds", **form))
    assert "各推荐单位这一批可以推荐几个" in text(page)
    address = f"{page.url.path}/allot"
    field = f"places-{mine.id}"
    saved = await manager.follow(await manager.post(address, **{field: "3"}))
    assert "名额已保存" in text(saved)
    assert f'name="{field}" type="number"' in saved.text
    assert 'value="3"' in saved.text
    for wrong in ("-1", "三个", "999999"):
        assert (await manager.post(address, **{field: wrong})).status_code == 422
    other = await console.officer("office")
    assert (await other.post(address, **{field: "9"})).status_code == 403
    assert 'value="3"' in (await manager.get(page.url.path)).text
