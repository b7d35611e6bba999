"""Whatever people read in a scheme file is there in English too."""

import re
from collections.abc import Callable

import locales
from core.sentences import sentences
from tests import run

ENGLISH = locales.speaker("en")
HAN = re.compile("[\u4e00-\u9fff]+")
# What stays as it is: numbers of documents, articles that are not of our kind, a website's name.
AS_IT_STANDS = re.compile(
    r"\S*〔\d{4}〕\d+号|\d+号|[一二三四五六七八九十]+[（(][一二三四五六七八九十\d第项款情形]+[)）]\d*"
    r"|(?<![\u4e00-\u9fff])[一二三四五六七八九十]+(?![\u4e00-\u9fff])|附[件表]\S*|标题|正文|学信网"
)


def everything() -> list[str]:
    library = run.catalogue()
    versions = [scheme for id_ in library.every_id for scheme in library.versions(id_)]
    return list(dict.fromkeys(each for scheme in versions for each in sentences(scheme)))


def test_every_sentence_of_the_library_is_translated() -> None:
    missing = [each for each in everything() if ENGLISH.scheme(each) == each]
    assert missing == []


def test_english_is_english() -> None:
    said = {each: AS_IT_STANDS.sub("", ENGLISH.scheme(each)) for each in everything()}
    assert {each: text for each, text in said.items() if HAN.search(text)} == {}


def test_what_was_read_before_is_not_read_again() -> None:
    kept: dict[str, tuple[bytes, dict[str, str]]] = {}

    def keep(name: str, contents: bytes, make: Callable[[], dict[str, str]]) -> dict[str, str]:
        if kept.get(name, (b"",))[0] != contents:
            kept[name] = contents, make()
        return kept[name][1]

    locales.learn(keep)
    kept["schemes-en"][1]["是工会会员"] = "kept"
    locales.learn(keep)
    assert ENGLISH.scheme("是工会会员") == "kept"
    kept.clear()
    locales.learn(keep)
    assert ENGLISH.scheme("是工会会员") == "You are a union member"
