"""The file by which an office says which days are free and which are worked."""

from datetime import date
from pathlib import Path

import pytest

from core.errors import SchemeFileError
from storage import holidays, schemes

SAID = """
cite: 国办发明电〔2026〕9号
free: [2027-02-05, 2027-02-08]
works: [2027-01-30]
"""


def written(folder: Path, name: str, text: str) -> Path:
    (folder / "holidays").mkdir(exist_ok=True)
    (folder / "holidays" / name).write_text(text, "utf-8")
    return folder


def test_what_the_file_says_goes_before_the_announced_calendar(tmp_path: Path) -> None:
    plain = holidays.read(tmp_path)
    said = holidays.read(written(tmp_path, "2027.yaml", SAID))
    friday, saturday = date(2027, 2, 5), date(2027, 1, 30)
    assert (plain.is_working(friday), plain.is_working(saturday)) == (True, False)
    assert (said.is_working(friday), said.is_working(saturday)) == (False, True)
    assert said.add_working_days(date(2027, 2, 4), 1) == date(2027, 2, 9)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("2028.yaml", SAID),
        ("2027.yaml", SAID + "days: []"),
        ("2027.yaml", SAID.replace("2027-01-30", "2027-02-05")),
        ("2027.yaml", "free: [2027-02-30]\ncite: x"),
        ("2027.yaml", "free: ["),
    ],
)
def test_a_wrong_file_is_told_by_its_name(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(SchemeFileError) as wrong:
        holidays.read(written(tmp_path, name, text))
    assert wrong.value.problems[0][0] == f"holidays/{name}"


def test_it_is_no_scheme(tmp_path: Path) -> None:
    assert not list(schemes.read(written(tmp_path, "2027.yaml", SAID)).in_force(date(2027, 1, 1)))
