"""One chat cannot keep the others from speaking, nor can one network."""

import pytest

from bot.web import pace
from bot.web.pace import Allowance, Pace, network_of


class Seconds:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def counted(seconds: Seconds) -> Pace:
    """Three at once and one each two seconds for a chat, five and one for a network."""
    return Pace({"turn": (Allowance(3, 0.5), Allowance(5, 1))}, seconds)


def test_a_burst_is_fine_and_then_the_seconds_count(counted: Pace, seconds: Seconds) -> None:
    assert [counted.wait("turn", "a", "h") for _ in range(4)] == [0, 0, 0, 2]
    seconds.now += 1.9
    assert counted.wait("turn", "a", "h") == 1
    seconds.now += 0.1
    assert [counted.wait("turn", "a", "h") for _ in range(2)] == [0, 2]


def test_whoever_waits_is_not_made_to_wait_longer(counted: Pace, seconds: Seconds) -> None:
    for _ in range(20):
        counted.wait("turn", "a", "h")
    seconds.now += 2
    assert counted.wait("turn", "a", "h") == 0


def test_chats_of_one_network_share_its_allowance(counted: Pace) -> None:
    assert [counted.wait("turn", address, "h") for address in "aabbcc"] == [0, 0, 0, 0, 0, 1]
    assert counted.wait("turn", "c", "elsewhere") == 0


def test_without_an_address_only_the_network_counts(counted: Pace) -> None:
    assert [counted.wait("turn", "", "h") for _ in range(6)] == [0, 0, 0, 0, 0, 1]


def test_an_old_allowance_is_full_but_never_fuller(counted: Pace, seconds: Seconds) -> None:
    counted.wait("turn", "a", "h")
    seconds.now += 1_000_000
    assert [counted.wait("turn", "a", "h") for _ in range(4)] == [0, 0, 0, 2]


def test_only_so_many_are_remembered(monkeypatch: pytest.MonkeyPatch, seconds: Seconds) -> None:
    monkeypatch.setattr(pace, "REMEMBERED", 100)
    many = Pace({"turn": (Allowance(1, 0.1), Allowance(1e9, 1))}, seconds)
    for count in range(1000):
        assert many.wait("turn", str(count), "h") == 0
    assert len(many._buckets) == 100
    assert many.wait("turn", "999", "h") == 10


@pytest.mark.parametrize(
    ("host", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002"),
        ("2001:db8:1:2::9", "2001:0db8:0001:0002"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_an_ipv6_network_is_known_by_its_first_half(host: str, network: str) -> None:
    assert network_of(host) == network
