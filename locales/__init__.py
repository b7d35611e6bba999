"""The voice: every sentence a person reads, in each language, and who speaks it.

`locales/<language>/<area>.po` hold the sentences of one area under dotted keys, the same keys
with the same {fields} in every language. `locales/<language>/schemes/` is different: its keys are
the Chinese sentences of the scheme files, one file for each scheme and each topic of questions.
"""

from collections.abc import Callable
from functools import cache, partial
from hashlib import sha256
from pathlib import Path

from babel.messages.pofile import read_po

from locales.wording import Speaker

__all__ = ["DEFAULT", "LANGUAGES", "Speaker", "language_of", "speaker"]

LANGUAGES = {"zh_CN": "中文", "en": "English"}
DEFAULT = "zh_CN"

Sentences = dict[str, str]
Keep = Callable[[str, bytes, Callable[[], Sentences]], Sentences]

_HERE = Path(__file__).parent
_learnt: dict[str, Sentences] = {}


@cache
def speaker(language: str) -> Speaker:
    """Who speaks this language; the default one for a language we do not have."""
    if language not in LANGUAGES:
        return speaker(DEFAULT)
    fallback = None if language == DEFAULT else speaker(DEFAULT)
    return Speaker(language, _sentences(language), partial(_of_a_scheme, language), fallback)


def learn(keep: Keep) -> None:
    """Ahead of the first reader: what the scheme files say takes a second or two to read.

    `keep` gives back what was read before under this name, if the digest is still the same.
    """
    for language in LANGUAGES:
        digest = sha256(b"".join(path.read_bytes() for path in _scheme_files(language))).digest()
        _learnt[language] = keep(f"schemes-{language}", digest, partial(_schemes, language))


def language_of(code: str) -> str:
    """Our language for a channel's code: `zh-hans`, `en-GB`; the default one for any other."""
    return "en" if code.lower().replace("_", "-").split("-")[0] == "en" else DEFAULT


def _sentences(language: str) -> Sentences:
    """The sentences of every area. Raises ValueError when two areas hold the same key."""
    merged: Sentences = {}
    for path in sorted((_HERE / language).glob("*.po")):
        sentences = _read(path)
        if twice := merged.keys() & sentences.keys():
            raise ValueError(f"{path} holds again: {', '.join(sorted(twice))}")
        merged |= sentences
    return merged


def _of_a_scheme(language: str, sentence: str) -> str:
    """Itself where nobody has translated it, and in the language the files are written in."""
    if language not in _learnt:
        _learnt[language] = _schemes(language)
    return _learnt[language].get(sentence, sentence)


def _schemes(language: str) -> Sentences:
    merged: Sentences = {}
    for path in _scheme_files(language):
        merged |= _read(path)
    return merged


def _scheme_files(language: str) -> list[Path]:
    return sorted((_HERE / language / "schemes").glob("*.po"))


def _read(path: Path) -> Sentences:
    with path.open("rb") as lines:
        catalogue = read_po(lines, abort_invalid=True)
    return {str(entry.id): str(entry.string) for entry in catalogue if entry.id}
