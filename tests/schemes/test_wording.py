"""The officers' wordings hold together with the list of all schemes."""

from storage import wording
from tests.schemes.pages import HERE
from tests.schemes.test_library_list import LIST

WORDING = wording.read(HERE.parents[1] / "schemes")


def test_questions_are_put_only_to_schemes_of_the_list() -> None:
    assert WORDING.asked.keys() - LIST.keys() == set()


def test_every_scheme_has_wordings_people_really_use() -> None:
    assert LIST.keys() - WORDING.asked.keys() == set()


def test_no_question_is_put_to_two_schemes() -> None:
    first: dict[str, str] = {}
    twice = []
    for scheme, ways in WORDING.asked.items():
        twice += [way for way in ways if first.setdefault(way, scheme) != scheme]
    assert twice == []
