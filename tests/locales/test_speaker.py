"""Dates, sums, articles, and what happens when a sentence is missing."""

import logging
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from locales import Speaker, language_of, speaker
from locales.wording import SHANGHAI

CHINESE, ENGLISH = speaker("zh_CN"), speaker("en")
DAY = date(2026, 3, 5)


def test_a_day_of_this_year_needs_no_year() -> None:
    assert CHINESE.day(DAY, today=date(2026, 12, 31)) == "3月5日"
    assert CHINESE.day(DAY, today=date(2027, 1, 1)) == "2026年3月5日"
    assert CHINESE.day(DAY) == "2026年3月5日"
    assert ENGLISH.day(DAY) == "5 March 2026"
    assert ENGLISH.day(DAY, today=DAY) == "5 March"


def test_a_moment_is_told_in_shanghai() -> None:
    evening = datetime(2026, 3, 4, 16, 5, tzinfo=ZoneInfo("UTC"))
    assert CHINESE.moment(evening) == "2026年3月5日 00:05"
    assert CHINESE.moment(evening, today=DAY) == "3月5日 00:05"
    assert ENGLISH.moment(evening) == "5 March 2026, 00:05"


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        CHINESE.moment(datetime(2026, 3, 5, 0, 5, tzinfo=SHANGHAI).replace(tzinfo=None))


@pytest.mark.parametrize(
    ("fen", "chinese", "english"),
    [
        (100_000, "1,000元", "1,000 yuan"),
        (100_050, "1,000.50元", "1,000.50 yuan"),
        (100_005, "1,000.05元", "1,000.05 yuan"),
        (7, "0.07元", "0.07 yuan"),
        (0, "0元", "0 yuan"),
        (-150, "-1.50元", "-1.50 yuan"),
    ],
)
def test_fen_are_shown_only_where_there_are_any(fen: int, chinese: str, english: str) -> None:
    assert CHINESE.money(fen) == chinese
    assert ENGLISH.money(fen) == english


@pytest.mark.parametrize(
    ("cite", "english"),
    [
        ("第七条", "Article 7"),
        ("第二十一条", "Article 21"),
        ("第六条(三)", "Article 6(3)"),
        ("第三条、第七条", "Article 3, Article 7"),
        ("第七条第二款", "Article 7, paragraph 2"),
        ("第六条第（三）项", "Article 6(3)"),
        ("云工办通〔2021〕27号 第七条", "云工办通〔2021〕27号 Article 7"),
    ],
)
def test_articles_are_numbered_in_english(cite: str, english: str) -> None:
    assert ENGLISH.article(cite) == english
    assert CHINESE.article(cite) == cite


def test_values_become_words() -> None:
    sentences = {"a.b": "{day}，{papers}，{n}", "list.and": "、"}
    sentences |= {"month.3": "3月", "date.full": "{year}年{month}{day}日"}
    speak = Speaker("zh_CN", sentences, str)
    assert speak("a.b", day=DAY, papers=["甲", "乙"], n=3) == "2026年3月5日，甲、乙，3"


def test_a_sentence_of_a_scheme_is_translated_or_left_in_chinese() -> None:
    assert ENGLISH.scheme("是工会会员") == "You are a union member"
    assert ENGLISH.scheme("没有人翻译过") == "没有人翻译过"
    assert CHINESE.scheme("是工会会员") == "是工会会员"


def test_a_missing_sentence_or_value_is_an_error_in_tests() -> None:
    with pytest.raises(KeyError, match="no sentence"):
        CHINESE("nobody.wrote.this")
    with pytest.raises(KeyError, match="amount"):
        CHINESE("money")


def test_in_service_a_missing_sentence_is_borrowed_from_chinese(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(Speaker, "strict", False)
    chinese = Speaker("zh_CN", {"a.b": "你好", "sentence.missing": "少了一句"}, str)
    english = Speaker("en", {"sentence.missing": "missing"}, str, fallback=chinese)
    with caplog.at_level(logging.ERROR):
        assert english("a.b") == "你好"
        assert english("c.d") == "missing"
        assert chinese("c.d") == "少了一句"
    assert [record.args for record in caplog.records] == [
        ("a.b", "en"),
        ("c.d", "en"),
        ("c.d", "zh_CN"),
    ]
    assert english.has("a.b")
    assert not english.has("c.d")


def test_in_service_a_missing_value_is_a_gap(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(Speaker, "strict", False)
    with caplog.at_level(logging.ERROR):
        assert CHINESE("money") == "……元"
    assert "money" in caplog.text


def test_a_channels_code_leads_to_a_language_we_have() -> None:
    assert {language_of(code) for code in ("zh-hans", "zh-TW", "zh_CN", "", "my")} == {"zh_CN"}
    assert {language_of(code) for code in ("en", "en-GB", "EN_us")} == {"en"}


def test_a_language_we_do_not_have_is_answered_in_chinese() -> None:
    assert speaker("fr") is speaker("zh_CN")


def test_a_name_with_quotation_marks_stands_in_single_ones_within_others() -> None:
    assert "‘飞地’人才支持" in CHINESE("finding.found", name="“飞地”人才支持", answer="“甲”")
    assert "“甲”" in CHINESE("finding.found", name="“飞地”人才支持", answer="“甲”")
