"""The voice: every sentence a person reads, in each language, and who speaks it.

`locales/<language>/<area>.po` hold the sentences of one area under dotted keys, the same keys
with the same {fields} in every language. `locales/<language>/schemes/` is different: its keys are
the Chinese sentences of the scheme files, one file for each scheme and each topic of questions.
"""

from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from locales.wording import Speaker

__all__ = ["DEFAULT", "LANGUAGES", "Speaker", "language_of", "speaker"]

LANGUAGES = {"zh_CN": "中文", "en": "English"}
DEFAULT = "zh_CN"

_HERE = Path(__file__).parent


@cache
def speaker(language: str) -> Speaker:
    """Who speaks this language; the default one for a language we do not have."""
    if language not in LANGUAGES:
        return speaker(DEFAULT)
    fallback = None if language == DEFAULT else speaker(DEFAULT)
    return Speaker(language, _sentences(language), _schemes(language), fallback)


def language_of(code: str) -> str:
    """Our language for a channel's code: `zh-hans`, `en-GB`; the default one for any other."""
    return "en" if code.lower().replace("_", "-").split("-")[0] == "en" else DEFAULT


def _sentences(language: str) -> dict[str, str]:
    """The sentences of every area. Raises ValueError when two areas hold the same key."""
    merged: dict[str, str] = {}
    for path in sorted((_HERE / language).glob("*.po")):
        sentences = _read(path)
        if twice := merged.keys() & sentences.keys():
            raise ValueError(f"{path} holds again: {', '.join(sorted(twice))}")
        merged |= sentences
    return merged


def _schemes(language: str) -> dict[str, str]:
    """The sentences of scheme files; none for the language they are written in."""
    merged: dict[str, str] = {}
    for path in sorted((_HERE / language / "schemes").glob("*.po")):
        merged |= _read(path)
    return merged


def _read(path: Path) -> dict[str, str]:
    with path.open("rb") as lines:
        catalogue = read_po(lines, abort_invalid=True)
    return {str(entry.id): str(entry.string) for entry in catalogue if entry.id}
