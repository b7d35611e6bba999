"""Files that contradict each other, versions by date, and what the library shows to whom."""

from datetime import date
from pathlib import Path

import pytest

from core.errors import NotFound, SchemeFileError
from core.scheme import Tier
from storage.schemes import read
from tests import run
from tests.core.trees import TODAY

SCHEMES = Path(__file__).parents[2] / "schemes"
LIBRARY = run.catalogue()
PAGE = """
id: {id}
tier: check
name: 甲
kind: subsidy
applicant: worker
source: {{document: 甲号, title: 甲办法, issued: {day}, in_force: {day}{until}}}
eligibility:
  all:
    - {{say: 年满十八岁, fact: {fact}, at_least: 18, cite: 第一条}}
questions:
  {fact}: {{ask: {ask}, name: 年龄, why: 看年龄。, answer: number, unit: 岁}}
apply: {{decides: 工会, cite: 第一条, routes: [{{where: 单位工会, how: 交申请表, cite: 第一条}}]}}
"""


def page(
    id_: str, day: str = "2020-01-01", until: str = "", fact: str = "age", ask: str = "您几岁？"
) -> str:
    ends = f", until: {until}" if until else ""
    return PAGE.format(id=id_, day=day, until=ends, fact=fact, ask=ask)


def library(folder: Path, **files: str) -> Path:
    (folder / "facts.yaml").write_text("member: {ask: 是会员吗？, name: 会员, why: 要会员。}\n")
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", "-")
        path.parent.mkdir(exist_ok=True)
        path.with_name(f"{path.name}.yaml").write_text(text)
    return folder


def test_folders_by_issuer_and_shared_questions_in_files_of_their_own(tmp_path: Path) -> None:
    folder = library(tmp_path, kunming__km_a=page("km-a", fact="member_age"))
    facts = "member_age: {ask: 您几岁了？, name: 年龄, why: 看年龄。, answer: number, unit: 岁}\n"
    (folder / "facts").mkdir()
    (folder / "facts" / "person.yaml").write_text(facts)
    with pytest.raises(SchemeFileError, match=r"facts\.yaml asks for it already"):
        read(folder)
    path = folder / "kunming" / "km-a.yaml"
    own = path.read_text().split("questions:")[0] + "apply:" + path.read_text().split("apply:")[1]
    path.write_text(own)
    assert list(read(folder).on("km-a", TODAY).asked) == ["member_age"]


def test_one_fact_is_asked_in_one_place(tmp_path: Path) -> None:
    folder = library(tmp_path, a__yn_a=page("yn-a"), b__yn_b=page("yn-b"))
    with pytest.raises(SchemeFileError, match=r"yn-b\.yaml:12: .*move it to facts/"):
        read(folder)


def test_one_question_has_one_name(tmp_path: Path) -> None:
    folder = library(tmp_path, yn_a=page("yn-a"), yn_b=page("yn-b", fact="years"))
    with pytest.raises(SchemeFileError, match="age asks the same: use that fact"):
        read(folder)


def test_an_older_version_ends_before_the_newer_begins(tmp_path: Path) -> None:
    new = page("yn-a", "2026-01-01")
    folder = library(tmp_path, yn_a=new)
    old = folder / "yn-a@2020.yaml"
    old.write_text(page("yn-a"))
    with pytest.raises(SchemeFileError, match=r"still in force when .*yn-a\.yaml begins"):
        read(folder)
    old.write_text(page("yn-a", until="2025-12-31"))
    found = read(folder)
    assert [scheme.version for scheme in found.versions("yn-a")] == ["2020-01-01", "2026-01-01"]
    assert found.on("yn-a", date(2025, 12, 31)).version == "2020-01-01"
    assert found.on("yn-a", date(2026, 1, 1)).version == "2026-01-01"


def test_a_file_is_called_what_it_holds(tmp_path: Path) -> None:
    with pytest.raises(SchemeFileError, match=r"yn-a has to stand in yn-a\.yaml"):
        read(library(tmp_path, yn_b=page("yn-a")))


def test_a_superseded_scheme_leads_to_its_successor() -> None:
    old, new = "yn-technician-workstation-2020", "yn-technician-workstation"
    assert LIBRARY.instead(old, date(2022, 12, 12)).id == old
    assert LIBRARY.instead(old, date(2022, 12, 13)).id == new
    with pytest.raises(NotFound):
        LIBRARY.instead(old, date(2020, 7, 9))
    with pytest.raises(NotFound):
        LIBRARY.instead("yn-no-such-scheme", TODAY)


def test_what_is_handled_here_is_offered_and_everything_is_known() -> None:
    known = {scheme.id for scheme in LIBRARY.known(TODAY)}
    assert {"yn-union-legal-aid", "yn-women-cancer-screening"} <= known
    assert "yn-technician-workstation-2020" in LIBRARY.every_id
    assert "yn-technician-workstation-2020" not in known
    offered = LIBRARY.in_force(TODAY)
    assert [scheme.id for scheme in offered] == list(LIBRARY.ids)
    assert all(scheme.tier is Tier.HANDLE and scheme.stages for scheme in offered)
    assert {"yn-union-legal-aid", "yn-skill-upgrade-subsidy"} <= set(LIBRARY.ids)
    assert "yn-women-cancer-screening" not in LIBRARY.ids
