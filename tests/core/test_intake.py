"""受理: who may send what, and where, as the files say."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from core.intake import Intake
from core.scheme import Scheme
from core.stages import Manner
from storage.schemes import read

LIBRARY = read(Path(__file__).parents[2] / "schemes")


def newest(id_: str) -> Scheme:
    return LIBRARY.versions(id_)[-1]


def test_people_on_no_roster_are_asked_for_a_place() -> None:
    with pytest.raises(ValidationError, match="needs at"):
        Intake(anybody=True, cite="第一条")
    assert Intake(anybody=True, at=("居住地",), cite="第一条").clock == "goes_on"


def test_help_complaints_and_joining_are_open_to_anybody_and_what_is_for_members_is_not() -> None:
    for id_ in (
        "yn-join-union-flexible-workers",
        "yn-union-legal-aid",
        "yn-union-legal-consultation",
        "yn-labour-supervision-complaint",
        "yn-yunling-craftsman-notice-objection",
    ):
        assert newest(id_).anybody, id_
    for id_ in ("yn-skill-upgrade-subsidy", "yn-union-legal-aid-union-side"):
        assert not newest(id_).anybody, id_


def test_one_step_of_joining_takes_people_in() -> None:
    stages = newest("yn-join-union-flexible-workers").stages
    assert [stage.enrols for stage in stages] == [False, True, False]
    assert stages[1].manner is Manner.ENTER
