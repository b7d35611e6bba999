"""What takes long to work out, kept in a folder of ours and read back at the next start.

Pickle runs whatever it reads, so a file bears the seal of the service's key: one that somebody
else wrote, or that was written for other contents, is worked out anew and replaced.
"""

import hmac
import logging
import os
import pickle
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

log = logging.getLogger(__name__)

Thing = TypeVar("Thing")
SEAL = 32  # bytes


class Kept:
    """`secret` is the service's key; the folder is made when something is first kept."""

    def __init__(self, folder: Path, secret: str) -> None:
        self._folder = folder
        self._key = sha256(b"kept:" + secret.encode()).digest()

    def get(self, name: str, contents: bytes, make: Callable[[], Thing]) -> Thing:
        """What `make` works out; `contents` is a digest of everything that it depends on."""
        path = self._folder / f"{name}.kept"
        try:
            blob = path.read_bytes()
        except OSError:
            blob = b""
        seal, body = blob[:SEAL], blob[SEAL:]
        if hmac.compare_digest(seal, self._seal(contents, body)):
            thing: Thing = pickle.loads(body)
            return thing
        thing = make()
        self._write(path, contents, pickle.dumps(thing, pickle.HIGHEST_PROTOCOL))
        return thing

    def _write(self, path: Path, contents: bytes, body: bytes) -> None:
        fresh = path.with_suffix(f".{os.getpid()}")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            fresh.write_bytes(self._seal(contents, body) + body)
            fresh.replace(path)
        except OSError as error:  # a full or read-only disk: the next start works it out again
            log.warning("%s could not be kept: %s", path.name, error.strerror)

    def _seal(self, contents: bytes, body: bytes) -> bytes:
        return hmac.digest(self._key, contents + body, "sha256")
