"""What is kept between starts: read back, worked out anew when anything differs, never believed."""

import pickle
from pathlib import Path

import pytest

from storage.kept import SEAL, Kept

THING = {"id": "yn-skill-upgrade-subsidy"}


class Making:
    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> dict[str, str]:
        self.times += 1
        return THING


def test_the_next_start_reads_it_back(tmp_path: Path) -> None:
    making = Making()
    for _ in range(3):
        assert Kept(tmp_path / "kept", "key").get("books", b"1", making) == THING
    assert making.times == 1


@pytest.mark.parametrize(("secret", "contents"), [("key", b"2"), ("another key", b"1")])
def test_other_contents_or_another_key_are_worked_out_anew(
    tmp_path: Path, secret: str, contents: bytes
) -> None:
    making = Making()
    Kept(tmp_path, "key").get("books", b"1", making)
    assert Kept(tmp_path, secret).get("books", contents, making) == THING
    assert making.times == 2


class Burglar:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return pytest.fail, ("a foreign file was believed",)


@pytest.mark.parametrize("keep", [0, SEAL])
def test_a_file_somebody_else_wrote_is_never_opened(tmp_path: Path, keep: int) -> None:
    making = Making()
    kept = Kept(tmp_path, "key")
    kept.get("books", b"1", making)
    path = tmp_path / "books.kept"
    path.write_bytes(path.read_bytes()[:keep].ljust(SEAL, b"\0") + pickle.dumps(Burglar()))
    assert kept.get("books", b"1", making) == THING
    assert making.times == 2


def test_a_disk_that_takes_nothing_does_not_stop_the_start(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("in the way")
    assert Kept(tmp_path / "kept", "key").get("books", b"1", Making()) == THING
