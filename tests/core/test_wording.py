"""What an officer reads when a file of wordings is wrong."""

import pytest

from core.errors import SchemeFileError
from core.finding.wording import read_wording


@pytest.mark.parametrize(
    ("topic", "text", "line", "complaint"),
    [
        ("synonyms", "技师证: 技师本本", 1, "a list of wordings is expected"),
        ("synonyms", "技师证: []", 1, "a list of wordings is expected"),
        ("skills", "yn-a: [好]\nyn-a: [又]", 2, "stands twice"),
        ("skills", 'yn-a: [好, ""]', 1, "a wording is missing"),
        ("beyond", "weather: [下雨吗]", 1, "one of these is expected: greeting"),
        ("skills", "yn-a: [打电话13812345678问]", 1, "a telephone number has no place here"),
    ],
)
def test_each_mistake_is_found_with_its_line(
    topic: str, text: str, line: int, complaint: str
) -> None:
    with pytest.raises(SchemeFileError) as found:
        read_wording({f"schemes/wording/{topic}.yaml": text})
    [problem] = found.value.problems
    assert problem[:2] == (f"schemes/wording/{topic}.yaml", line)
    assert complaint in problem[3]


def test_one_scheme_has_its_questions_in_one_file() -> None:
    with pytest.raises(SchemeFileError, match="another file has questions for it already"):
        read_wording({"a.yaml": "yn-a: [一个]", "b.yaml": "yn-a: [两个]"})


def test_questions_and_synonyms_are_told_apart_by_their_file() -> None:
    wording = read_wording(
        {
            "synonyms.yaml": "入会: [进工会]",
            "a.yaml": "yn-a: [怎么进工会]",
            "beyond.yaml": "thanks: [谢谢]",
        }
    )
    assert wording.synonyms == {"入会": ("进工会",)}
    assert wording.asked == {"yn-a": ("怎么进工会",)}
    assert wording.beyond == {"thanks": ("谢谢",)}
