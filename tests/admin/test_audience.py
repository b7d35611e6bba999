"""How many may qualify, at the console and for machines: only what hangs below one's union."""

from datetime import date

import pytest

from core.facts import noted
from core.people import Role
from tests.admin.desk import Console, text
from tests.handlers.province import SKILL
from tests.people import an_officer, identity_number

PATH = f"/api/v1/audience/{SKILL}"
FITS = {
    "certificate": "技师",
    "certificate_date": date(2026, 1, 5),
    "union_member": True,
    "employment": "企业",
    "employer_in_yunnan": True,
    "employer_has_union": True,
    "trained_by": "工会",
    "certificate_online": True,
}


@pytest.fixture
async def members(console: Console) -> None:
    """In the base unit one who qualifies, one who may and one who does not; one in Dali."""
    tree = console.day.province.tree
    async with console.office.unit() as unit:
        dali = await unit.unions.by_id(console.day.province["erhai"].union_id)
        people = [(tree.base, {}), (tree.base, {"certificate": None})]
        people += [(tree.base, {"employment": "机关、事业单位"}), (dali, {})]
        for number, (union, other) in enumerate(people, 500):
            told = {f: v for f, v in (FITS | other).items() if v is not None}
            facts = {fact: noted(value, "roster", date(2026, 3, 1)) for fact, value in told.items()}
            await unit.workers.add(union.id, "赵某", identity_number(number), facts=facts)


@pytest.mark.usefixtures("members")
async def test_each_officer_counts_what_hangs_below(console: Console) -> None:
    async with console.office.unit() as unit:
        home = console.day.province.tree.county
        console.day.province.officers["county"] = await an_officer(
            unit, home, Role.MANAGER, "county-manager"
        )
    for login, surely in (("base", 1), ("prefecture", 1), ("county", 1), ("erhai", 1)):
        told = (await (await console.machine(login)).get(PATH)).json()
        assert told["total"]["surely"] == surely, login
    for login in ("office", "auditor", "manager"):
        told = (await (await console.machine(login)).get(PATH)).json()
        assert told["total"]["surely"] == 2, login
        assert told["total"]["possibly"] == sum(b["size"]["possibly"] for b in told["branches"])
    assert (told["scheme_id"], told["day"], told["unread"]) == (SKILL, "2026-03-10", [])


@pytest.mark.usefixtures("members")
async def test_the_page_counts_and_names_nobody(console: Console) -> None:
    base = await console.officer("base")
    first = await base.get("/console/audience")
    assert "选一项政策" in text(first)
    page = text(await base.get("/console/audience", scheme=SKILL))
    assert "1 人符合" in page
    assert "春城机械厂" in page
    assert "赵" not in page.replace("赵某某", "")


@pytest.mark.parametrize("scheme", ["no-such-scheme", "x", "yn-enterprise-union-survey"])
async def test_a_scheme_that_is_not_for_people_is_not_found(console: Console, scheme: str) -> None:
    machine, officer = await console.machine("base"), await console.officer("base")
    assert (await machine.get(f"/api/v1/audience/{scheme}")).status_code in (404, 422)
    assert (await officer.get("/console/audience", scheme=scheme)).status_code == 404
