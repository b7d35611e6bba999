"""Seals what may not be read in a stolen database, and finds it again without opening it.

Three keys come from one secret (HKDF-SHA256): one seals, one makes indexes, one hashes tokens.
A sealed blob is `suite (1 byte) | key id (4) | nonce (12) | ciphertext and tag (16)`; the place,
such as "workers.identity", is authenticated with it, so a cell moved elsewhere does not open.
"""

import hashlib
import hmac
import os
from collections.abc import Callable, Sequence
from typing import Protocol

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SHORTEST_SECRET = 32  # characters
SUITES = {"aes256gcm": 1, "sm4gcm": 2}
KEY_ID, NONCE, TAG = 4, 12, 16  # bytes
HEADER = 1 + KEY_ID + NONCE


class VaultError(Exception):
    """A blob does not open: wrong key, wrong place, or altered. The message holds no content."""


class Aead(Protocol):
    """Encrypts and authenticates; `decrypt` raises InvalidTag."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes: ...
    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes: ...


class Sm4Gcm:
    """SM4-GCM (GB/T 32907, RFC 8998) with the same two calls as `AESGCM`."""

    def __init__(self, key: bytes) -> None:
        self._key = algorithms.SM4(key)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes:
        sealing = Cipher(self._key, modes.GCM(nonce)).encryptor()
        sealing.authenticate_additional_data(associated_data)
        return sealing.update(data) + sealing.finalize() + sealing.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes:
        opening = Cipher(self._key, modes.GCM(nonce, data[-TAG:])).decryptor()
        opening.authenticate_additional_data(associated_data)
        return opening.update(data[:-TAG]) + opening.finalize()


CIPHERS: dict[int, tuple[int, Callable[[bytes], Aead]]] = {
    SUITES["aes256gcm"]: (32, AESGCM),
    SUITES["sm4gcm"]: (16, Sm4Gcm),
}


class Vault:
    """Seals with `secret`; opens what was sealed with it or with one of `older`, in any suite.

    Indexes and token hashes follow the present secret only: after a rotation the archive's
    `…_index` columns have to be written anew, and sessions end.

    Raises ValueError for a secret under 32 characters, an unknown suite, and `sm4gcm` where
    the OpenSSL at hand lacks it.
    """

    def __init__(self, secret: str, suite: str = "aes256gcm", *, older: Sequence[str] = ()) -> None:
        if any(len(each) < SHORTEST_SECRET for each in (secret, *older)):
            raise ValueError(f"a vault's secret has at least {SHORTEST_SECRET} characters")
        if suite not in SUITES:
            raise ValueError(f"suite is one of {', '.join(SUITES)}")
        self._ciphers = {
            (number, key_id): cipher
            for each in (*older, secret)
            for number in SUITES.values()
            for key_id, cipher in [_cipher(each, number)]
        }
        self._suite = SUITES[suite]
        self._key_id, self._cipher = _cipher(secret, self._suite)
        self._indexes = hmac.new(_derive(secret, "index", 32), digestmod=hashlib.sha256)
        self._tokens = hmac.new(_derive(secret, "token", 32), digestmod=hashlib.sha256)
        self._try_suite(suite)

    def __repr__(self) -> str:
        return "Vault()"

    def seal(self, text: str, place: str) -> bytes:
        """`text` made unreadable; each sealing of the same text differs."""
        try:
            plain = text.encode()
        except UnicodeEncodeError:
            raise VaultError("text with a lone surrogate cannot be sealed") from None
        return self.seal_bytes(plain, place)

    def open(self, blob: bytes, place: str) -> str:
        """The text again. Raises VaultError for another key, another place, or a changed blob."""
        try:
            return self.open_bytes(blob, place).decode()
        except UnicodeDecodeError:
            raise VaultError("bytes were sealed here, not text") from None

    def seal_bytes(self, content: bytes, place: str) -> bytes:
        nonce = os.urandom(NONCE)
        sealed = self._cipher.encrypt(nonce, content, place.encode())
        return bytes([self._suite]) + self._key_id + nonce + sealed

    def open_bytes(self, blob: bytes, place: str) -> bytes:
        if len(blob) < HEADER + TAG:
            raise VaultError("too short for a sealed blob")
        cipher = self._ciphers.get((blob[0], bytes(blob[1 : 1 + KEY_ID])))
        if cipher is None:
            raise VaultError("sealed with a key this vault does not have")
        nonce, sealed = bytes(blob[1 + KEY_ID : HEADER]), bytes(blob[HEADER:])
        try:
            return cipher.decrypt(nonce, sealed, place.encode())
        except InvalidTag:
            raise VaultError("sealed for another place, or altered") from None

    def index(self, text: str, purpose: str) -> str:
        """64 hex digits by which equal texts are found. Normalise the text first.

        Keyed, because all identity numbers there are can be tried in hours without a key.
        """
        if "|" in purpose:
            raise ValueError("a purpose contains no |")
        return _keyed(self._indexes, f"{purpose}|v1|{text}")

    def token_hash(self, secret: str) -> str:
        """64 hex digits to keep instead of a session's or a code's secret."""
        return _keyed(self._tokens, f"token|v1|{secret}")

    def _try_suite(self, suite: str) -> None:
        try:
            self.seal("", "vault.trial")
        except UnsupportedAlgorithm:
            raise ValueError(f"{suite} is not offered by this OpenSSL") from None


def _cipher(secret: str, suite: int) -> tuple[bytes, Aead]:
    length, make = CIPHERS[suite]
    key = _derive(secret, f"seal|{suite}", length)
    return hashlib.sha256(key).digest()[:KEY_ID], make(key)


def _derive(secret: str, purpose: str, length: int) -> bytes:
    info = f"huigong|v1|{purpose}".encode()
    return HKDF(SHA256(), length=length, salt=None, info=info).derive(secret.encode())


def _keyed(key: hmac.HMAC, text: str) -> str:
    mac = key.copy()  # holds the key ready, so that no attribute shows it
    mac.update(text.encode(errors="surrogatepass"))
    return mac.hexdigest()
