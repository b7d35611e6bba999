"""The officers' wordings hold together with the list of all schemes."""

from storage import wording
from tests.schemes.pages import CATALOGUE, HERE
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


def test_every_scheme_has_questions_about_it_that_lead_to_a_sentence() -> None:
    newest = [CATALOGUE.versions(each)[-1] for each in CATALOGUE.every_id]
    asked = wording.followups(HERE.parents[1] / "schemes", newest)
    assert {scheme.id for scheme in newest} - asked.keys() == set()


def test_no_question_about_a_scheme_leads_to_two_sentences() -> None:
    newest = [CATALOGUE.versions(each)[-1] for each in CATALOGUE.every_id]
    asked = wording.followups(HERE.parents[1] / "schemes", newest)
    twice = []
    for scheme, ways in asked.items():
        every = [way for each in ways.values() for way in each]
        twice += [f"{scheme}: {way}" for way in set(every) if every.count(way) > 1]
    assert twice == []
