"""The vault: what is sealed stays sealed, and is found again only with the key."""

import logging
import pickle
import traceback
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.vault import SUITES, Vault, VaultError

SECRET = "a secret of the union, 32 or more characters long"
OTHER = "another secret of the union, also 32 or more long"
IDENTITY = "530102199001011234"

VAULTS = {suite: Vault(SECRET, suite) for suite in SUITES}


@pytest.fixture(params=sorted(SUITES))
def vault(request: pytest.FixtureRequest) -> Vault:
    return VAULTS[request.param]


@given(text=st.text(st.characters(exclude_categories=["Cs"])), place=st.text("abc.|é", max_size=9))
def test_whatever_is_sealed_opens_again(text: str, place: str) -> None:
    for vault in VAULTS.values():
        assert vault.open(vault.seal(text, place), place) == text


def test_a_blob_shows_nothing_of_the_text_and_never_repeats(vault: Vault) -> None:
    blobs = {vault.seal(IDENTITY, "workers.identity") for _ in range(50)}
    assert len(blobs) == 50
    assert not any(IDENTITY[:6].encode() in blob for blob in blobs)


def test_a_blob_begins_with_suite_key_and_nonce(vault: Vault) -> None:
    first, second = vault.seal("a", "p"), vault.seal("b", "p")
    assert first[:5] == second[:5]
    assert first[5:17] != second[5:17]
    assert len(first) == 1 + 4 + 12 + 1 + 16


def test_a_cell_moved_to_another_column_does_not_open(vault: Vault) -> None:
    blob = vault.seal(IDENTITY, "workers.identity")
    with pytest.raises(VaultError):
        vault.open(blob, "accounts.number")


@pytest.mark.parametrize("byte", [0, 1, 5, 17, -1])
def test_a_changed_blob_does_not_open(vault: Vault, byte: int) -> None:
    blob = bytearray(vault.seal(IDENTITY, "workers.identity"))
    blob[byte] ^= 1
    with pytest.raises(VaultError):
        vault.open(bytes(blob), "workers.identity")


@pytest.mark.parametrize("length", [0, 1, 17, 32])
def test_a_cut_blob_does_not_open(vault: Vault, length: int) -> None:
    with pytest.raises(VaultError):
        vault.open(vault.seal("", "p")[:length], "p")


def test_another_secret_does_not_open(vault: Vault) -> None:
    with pytest.raises(VaultError):
        Vault(OTHER).open(vault.seal(IDENTITY, "workers.identity"), "workers.identity")


def test_an_older_secret_opens_and_the_new_one_seals(vault: Vault) -> None:
    rotated = Vault(OTHER, older=[SECRET])
    assert rotated.open(vault.seal(IDENTITY, "p"), "p") == IDENTITY
    assert Vault(OTHER).open(rotated.seal(IDENTITY, "p"), "p") == IDENTITY
    assert rotated.index("a", "p") == Vault(OTHER).index("a", "p")


def test_a_changed_suite_opens_what_the_other_sealed() -> None:
    for writer in VAULTS.values():
        for reader in VAULTS.values():
            assert reader.open(writer.seal(IDENTITY, "p"), "p") == IDENTITY


def test_nothing_of_the_content_stands_in_an_error(vault: Vault) -> None:
    blob = vault.seal(IDENTITY, "workers.identity")
    with pytest.raises(VaultError) as caught:
        vault.open(blob, "elsewhere")
    with pytest.raises(VaultError) as unwritable:
        vault.seal(IDENTITY + "\ud800", "workers.identity")
    with pytest.raises(VaultError) as unreadable:
        vault.open(vault.seal_bytes(IDENTITY.encode() + b"\xff", "p"), "p")
    for error in (caught.value, unwritable.value, unreadable.value):
        text = "".join(traceback.format_exception(error))
        assert IDENTITY not in text
        assert blob.hex() not in text
        assert error.__suppress_context__


def test_repr_and_logs_show_no_secret(vault: Vault, caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("test").error("%r %s %r", vault, vault, list(vars(vault).values()))
    assert repr(vault) == "Vault()"
    assert SECRET not in caplog.text


def test_a_vault_cannot_be_pickled_away(vault: Vault) -> None:
    with pytest.raises(TypeError):
        pickle.dumps(vault)


def test_an_index_is_equal_for_equal_text_and_purpose_only(vault: Vault) -> None:
    index = vault.index(IDENTITY, "identity")
    assert index == Vault(SECRET).index(IDENTITY, "identity")
    assert len(index) == 64
    assert set(index) <= set("0123456789abcdef")
    others = {
        vault.index(IDENTITY, "bank"),
        vault.index(IDENTITY[:-1] + "5", "identity"),
        Vault(OTHER).index(IDENTITY, "identity"),
        vault.token_hash(IDENTITY),
        vault.token_hash(f"identity|v1|{IDENTITY}"),
    }
    assert len(others - {index}) == 5


def test_an_index_cannot_be_made_for_a_purpose_that_imitates_another(vault: Vault) -> None:
    with pytest.raises(ValueError, match="purpose"):
        vault.index("text", "identity|v1|")


def test_an_index_is_not_found_by_trying_all_numbers_without_the_key(vault: Vault) -> None:
    index = vault.index(IDENTITY, "identity")
    for plain in (IDENTITY, f"identity|v1|{IDENTITY}"):
        assert sha256(plain.encode()).hexdigest() != index


@pytest.mark.parametrize(("secret", "older"), [("x" * 31, []), (SECRET, ["x" * 31])])
def test_a_short_secret_is_refused_and_not_repeated(secret: str, older: list[str]) -> None:
    with pytest.raises(ValueError, match="32") as caught:
        Vault(secret, older=older)
    assert "x" * 31 not in str(caught.value)


def test_an_unknown_suite_is_refused() -> None:
    with pytest.raises(ValueError, match="aes256gcm"):
        Vault(SECRET, "rot13")
