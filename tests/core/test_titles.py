"""Titles: whom a scheme honours, whose title it ends, and what the register answers."""

from pathlib import Path

import pytest

from core.catalogue import read_scheme
from core.errors import SchemeFileError
from core.periods import ANNOUNCED
from core.questions import Question
from core.stages import StageKind
from core.titles import fitting, titles_of, told_by_register
from core.workflow import Standing, State, revokes, settles
from storage.schemes import read
from tests.core.test_every_key import SCHEME, TEXT
from tests.core.trees import TODAY

LIBRARY = read(Path("schemes"))


def test_a_title_is_conferred_only_where_its_condition_surely_holds() -> None:
    assert fitting(SCHEME.confers, {}, TODAY, ANNOUNCED) == ()
    found = fitting(SCHEME.confers, {"area": 5}, TODAY, ANNOUNCED)
    assert [c.title for c in found] == ["省样样先锋"]
    assert [e.given_with for e in fitting(SCHEME.ends, {}, TODAY, ANNOUNCED)] == ["", "省劳模"]


def test_the_register_answers_which_title_and_whether_it_is_still_held() -> None:
    held = Question(ask="还保持吗？", name="保持", why="要保持。", register="held")
    asked = {**SCHEME.asked, "kept": held}
    assert titles_of(asked) == ("省劳模",)  # 都不是 names no title
    assert told_by_register(asked, "省劳模", ["省劳模"]) == {"standing": "省劳模", "kept": True}
    assert told_by_register(asked, "省劳模", []) == {"standing": "省劳模", "kept": False}
    assert told_by_register(asked, "别的称号", []) == {"kept": False}


def test_a_title_is_settled_at_the_last_conferral_or_at_the_end() -> None:
    last = len(SCHEME.stages) - 1
    assert settles(SCHEME, last, Standing(State.PAID, last))
    assert settles(SCHEME, last, Standing(State.COMPLETED, last))
    assert not settles(SCHEME, 0, Standing(State.IN_STAGE, 1))
    assert not settles(SCHEME, last, Standing(State.REJECTED, last))
    first = TEXT.replace("stage: call", "stage: conferral")
    scheme = read_scheme(first, {}, "every_key.yaml")
    assert settles(scheme, 0, Standing(State.IN_STAGE, 1))
    assert not settles(scheme, 0, Standing(State.CORRECTING, 0))
    assert not revokes(scheme, 0, Standing(State.IN_STAGE, 1))


def test_a_title_ends_with_the_decision_not_when_the_medal_is_handed_back() -> None:
    for id_ in ("yn-model-worker-title-revocation", "yn-may-day-honour-revocation"):
        scheme = LIBRARY.on(id_, TODAY)
        kinds = [stage.stage for stage in scheme.stages]
        decided = kinds.index(StageKind.APPROVAL)
        assert revokes(scheme, decided, Standing(State.IN_STAGE, decided + 1))
        assert not revokes(scheme, decided, Standing(State.REJECTED, decided))
        assert not revokes(scheme, decided - 1, Standing(State.IN_STAGE, decided))
        assert revokes(scheme, len(kinds) - 1, Standing(State.COMPLETED, len(kinds) - 1))


def test_a_list_needs_a_question_about_titles() -> None:
    without = TEXT.replace(", register: title", "")
    with pytest.raises(SchemeFileError, match="a list is drawn by titles"):
        read_scheme(without, {}, "every_key.yaml")
