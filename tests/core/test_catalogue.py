"""What an officer reads when a scheme file is wrong: file, line, key, what is wrong."""

from pathlib import Path

import pytest

from core.catalogue import Catalogue, read_facts, read_scheme
from core.errors import NotFound, SchemeFileError
from tests.core.trees import TODAY

SCHEMES = Path(__file__).parents[2] / "schemes"
TEXT = (SCHEMES / "yn-skill-upgrade-subsidy.yaml").read_text("utf-8")
FACTS = read_facts(
    {
        path.name: path.read_text("utf-8")
        for path in (SCHEMES / "facts.yaml", *SCHEMES.glob("facts/*"))
    }
)

DAMAGE = [
    ("in: [高级技师, 技师],", "in: [技帅],", "技帅 is not an answer"),
    ("fact: union_member,", "fact: union_membr,", "no question asks for union_membr"),
    ("same_year: true,", "same_yaer: true,", "same_yaer"),
    ("days: 5, objection", "objection", "every notice stage needs them"),
    ("高级技师: 2000", "高级技师: -5", "greater than 0"),
    ("cite: 第三条、第七条}", "cite: 三条}", "第[一二三"),
    ("levels: [技师, 高级技师]", "levels: [技师, 特级技师]", "特级技师 has no amount"),
    ("form: [trade,", "form: [trede,", "no question asks for trede"),
    ("fact: certificate_date,", "fact: trade,", "not answered by a date"),
    ("why:\n", "why:\n  certifcate: 因为。\n", "no question asks for certifcate"),
    ("id: yn-skill", "id: xx-skill", "should match pattern"),
    (
        "  all:\n",
        "  all:\n    - {say: 是的人, fact: union_member, is: yes, cite: 第二条}\n",
        "yes is not",
    ),
    ("name: 技能等级晋升补助\n", "name: 技能等级晋升补助\nname: 又一次\n", "name stands twice"),
]


@pytest.mark.parametrize(("right", "wrong", "said"), DAMAGE)
def test_each_mistake_is_found_with_its_line(right: str, wrong: str, said: str) -> None:
    assert right in TEXT
    with pytest.raises(SchemeFileError) as error:
        read_scheme(TEXT.replace(right, wrong, 1), FACTS, "skill.yaml")
    assert said in str(error.value)
    lines = [line for _, line, _, _ in error.value.problems]
    assert all(line >= 1 for line in lines)


def test_a_question_of_all_schemes_is_not_asked_a_second_time() -> None:
    twice = TEXT.replace(
        "questions:\n", "questions:\n  union_member: {ask: 会员吗？, name: 会员, why: 因为。}\n"
    )
    with pytest.raises(SchemeFileError, match=r"facts\.yaml asks for it already"):
        read_scheme(twice, FACTS, "skill.yaml")


def test_the_version_of_a_day_is_the_one_in_force() -> None:
    old = read_scheme(
        TEXT.replace("in_force: 2021-11-12", "in_force: 2021-11-12\n  until: 2025-12-31"),
        FACTS,
        "old",
    )
    new = read_scheme(TEXT.replace("in_force: 2021-11-12", "in_force: 2026-01-01"), FACTS, "new")
    catalogue = Catalogue([new, old])
    assert catalogue.on(old.id, TODAY) is new
    assert catalogue.on(old.id, old.source.until or TODAY) is old
    assert catalogue.version(old.id, "2021-11-12") is old
    with pytest.raises(NotFound):
        catalogue.on(old.id, old.source.issued.replace(year=2020))
