"""Questions about the scheme at hand: where a key leads, and what is learned from them."""

from datetime import date

import pytest

from core.errors import SchemeFileError
from core.finding.followups import Known, place, read_followups
from core.finding.plain import terms
from core.finding.statements import Kind, Statement, statements
from core.finding.translation import Pair, Translation
from core.scheme import Scheme
from tests.schemes.pages import CATALOGUE

SKILL = "yn-skill-upgrade-subsidy"


@pytest.fixture
def scheme() -> Scheme:
    return CATALOGUE.on(SKILL, date(2026, 3, 10))


@pytest.fixture
def said(scheme: Scheme) -> list[Statement]:
    return list(statements(scheme))


def test_a_key_leads_to_the_shortest_sentence_with_its_words(said: list[Statement]) -> None:
    place_ = place(said, "基层公示")
    assert place_ is not None
    assert said[place_].text.strip() == "基层公示 5"


@pytest.mark.parametrize(
    ("key", "kind"), [("papers", Kind.WHOLE), ("notice", Kind.WHOLE), ("unsaid", Kind.UNSAID)]
)
def test_a_key_leads_to_a_part_or_to_what_is_not_said(
    said: list[Statement], key: str, kind: Kind
) -> None:
    place_ = place(said, key)
    assert place_ is not None
    assert said[place_].kind is kind


@pytest.mark.parametrize(
    ("text", "line", "complaint"),
    [
        ("月亮上的公示: [贴几天]", 1, "no sentence of the scheme has these words"),
        ("papers: [带哪样]\npapers: [带啥]", 2, "stands twice"),
        ("papers: 带哪样", 1, "a list of wordings is expected"),
        ("papers: [打13812345678问]", 1, "a telephone number has no place here"),
    ],
)
def test_each_mistake_is_found_with_its_line(
    scheme: Scheme, text: str, line: int, complaint: str
) -> None:
    name = f"schemes/wording/followups/{SKILL}.yaml"
    with pytest.raises(SchemeFileError) as found:
        read_followups({name: text}, [scheme])
    [problem] = found.value.problems
    assert problem[:2] == (name, line)
    assert complaint in problem[3]


def test_questions_of_an_unknown_scheme_are_a_mistake(scheme: Scheme) -> None:
    with pytest.raises(SchemeFileError, match="no scheme has this id"):
        read_followups({"followups/yn-moon.yaml": "papers: [带哪样]"}, [scheme])


def test_a_question_is_like_the_one_that_is_known(scheme: Scheme, said: list[Statement]) -> None:
    known = Known([scheme], {SKILL: {"papers": ("要带哪些东西",), "unsaid": ("要不要交税",)}})
    like = known.like(0, "要带哪些东西去")
    assert max(like, key=lambda n: like[n]) == place(said, "papers")
    assert like[max(like)] < 1.0


def test_words_that_go_together_are_learned() -> None:
    def pair(question: str, answer: str) -> Pair:
        return list(terms(question)), list(terms(answer))

    pairs = [
        pair("发钱了没得", "经费拨付到账"),
        pair("几时发钱", "补助拨付到位"),
        pair("哪个盖章", "加盖公章"),
        pair("章盖在哪", "公章加盖处"),
    ]
    learned = Translation(pairs)
    sentences = learned.sentences([terms("年底拨付"), terms("公章要加盖")])
    paid, sealed = learned.likeness(terms("会发钱吗"), sentences)
    assert paid > sealed
    paid, sealed = learned.likeness(terms("盖哪个章"), sentences)
    assert sealed > paid


def test_nothing_learned_is_nothing_said() -> None:
    empty = Translation([])
    found = empty.likeness(["发钱"], empty.sentences([["拨付"], []]))
    assert found.tolist() == [0.0, 0.0]
