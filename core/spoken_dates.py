"""Dates as people type them, in figures, in Chinese and in English.

What a certificate says lies in the past: a date without its year is the nearest such day up to
today. Whatever could be two days (3/5/2026) is refused.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from core.days import add_months
from core.errors import Unreadable
from core.numerals import DIGITS, numeral, one_spelling

RELATIVE = {
    "今天": 0,
    "今日": 0,
    "昨天": 1,
    "昨日": 1,
    "前天": 2,
    "前日": 2,
    "大前天": 3,
    "明天": -1,
}
RELATIVE |= {"today": 0, "yesterday": 1, "the day before yesterday": 2, "tomorrow": -1, "后天": -2}
YEARS = {"今年": 0, "本年": 0, "去年": 1, "上年": 1, "前年": 2, "大前年": 3, "明年": -1}
MONTHS = {"本月": 0, "这月": 0, "这个月": 0, "上月": 1, "上个月": 1, "上上月": 2, "上上个月": 2}
MONTHS |= {"下月": -1, "下个月": -1}
ENGLISH = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)

SMALL = "[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
CHINESE = re.compile(
    rf"(?:(?P<year>[0-9o零〇一二两三四五六七八九十百千]{{2,7}})年|(?P<year_word>{'|'.join(YEARS)})的?)?"
    rf"(?:(?P<month>{SMALL})月份?|(?P<month_word>{'|'.join(MONTHS)}))的?"
    rf"(?:(?P<day>{SMALL})[日号]?|初|中|底|末|[上中下]旬)?"
)
FIGURES = re.compile(
    r"(?P<year>[0-9]{4})[-/点、。年 ](?P<month>[0-9]{1,2})"
    r"(?:[-/点、。 ](?P<day>[0-9]{1,2})[日号]?)?"
)
COMPACT = re.compile(r"(?P<year>[12][0-9]{3})(?P<month>0[1-9]|1[0-2])(?P<day>[0-9]{2})?")
DAY_FIRST = re.compile(
    r"(?:(?:the )?(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?: of)?[ -]?)?"
    r"(?P<name>[a-z]{3,9})\.?(?:(?:, ?|[ -])(?P<year>[0-9]{4}))?"
)
MONTH_FIRST = re.compile(
    r"(?P<name>[a-z]{3,9})\.? ?(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?:(?:, ?| )(?P<year>[0-9]{4}))?"
)
Parts = Mapping[str, str | None]


def spoken_date(text: str, today: date) -> date:
    """The day meant by a cleaned text. Unreadable: "date", or "date_day" if the day is missing."""
    plain = re.sub(r"[‐‑‒–—―−]", "-", text.casefold()).strip(" 。.,!;:~")
    if plain in RELATIVE:
        return _checked(_shifted(today, RELATIVE[plain]))
    spelled = _without_frame(one_spelling(plain).replace("號", "号"))
    if ago := re.fullmatch("(.{1,5})天(?:以|之)?前", spelled):
        return _checked(_ago(ago[1], today))
    for pattern, read in READERS:
        if found := pattern.fullmatch(plain if read is _english else spelled):
            return _checked(read(found.groupdict(), today))
    raise Unreadable("date")


def _without_frame(text: str) -> str:
    text = re.sub("^(?:我?是|在|于)", "", text)
    return re.sub("(?:发|拿|拿到|取得|领|考)?的$", "", text)


def _checked(day: date | None) -> date:
    if day is None:
        raise Unreadable("date")
    return day


def _shifted(today: date, days: int) -> date | None:
    try:
        return today - timedelta(days=days)
    except OverflowError:
        return None


def _ago(text: str, today: date) -> date | None:
    days = numeral(text)
    return _shifted(today, int(days)) if days is not None and days % 1 == 0 else None


def _english(parts: Parts, today: date) -> date | None:
    name = parts["name"] or ""
    months = [n for n, month in enumerate(ENGLISH, 1) if month.startswith(name)]
    if len(months) != 1:
        return None
    return _day(_number(parts["year"]), months[0], parts["day"], today)


def _figures(parts: Parts, today: date) -> date | None:
    return _day(_number(parts["year"]), _number(parts["month"]), parts["day"], today)


def _chinese(parts: Parts, today: date) -> date | None:
    year = _year(parts["year"], today)
    if parts["year"] and year is None:
        return None
    if word := parts["year_word"]:
        year = today.year - YEARS[word]
    month = _number(parts["month"])
    if parts["month_word"]:
        if year is not None:  # 去年上个月
            return None
        there = add_months(today, -MONTHS[parts["month_word"]])
        year, month = there.year, there.month
    return _day(year, month, parts["day"], today)


def _year(text: str | None, today: date) -> int | None:
    """Two figures are the year up to ten years ahead, otherwise in the century before."""
    if text is None:
        return None
    signs = [str(DIGITS.get(sign, sign)) for sign in text.replace("o", "0")]
    figures = "".join(signs)
    if not figures.isdecimal():
        value = numeral(text)
        return None if value is None else int(value)
    if len(figures) == 2:
        year = today.year // 100 * 100 + int(figures)
        return year if year <= today.year + 10 else year - 100
    return int(figures) if len(figures) == 4 else None


def _number(text: str | None) -> int | None:
    value = None if text is None else numeral(text)
    return None if value is None else int(value)


def _day(year: int | None, month: int | None, text: str | None, today: date) -> date | None:
    if month is None or not 1 <= month <= 12:
        return None
    if text is None:
        raise Unreadable("date_day")
    day = _number(text)
    if year is not None or day is None:
        return _real(year, month, day)
    candidates = (_real(today.year - back, month, day) for back in range(9))  # 29 February
    return next((found for found in candidates if found and found <= today), None)


def _real(year: int | None, month: int, day: int | None) -> date | None:
    if year is None or day is None or not 1900 <= year < 2200:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


READERS: tuple[tuple[re.Pattern[str], Callable[[Parts, date], date | None]], ...] = (
    (FIGURES, _figures),
    (COMPACT, _figures),
    (CHINESE, _chinese),
    (MONTH_FIRST, _english),
    (DAY_FIRST, _english),
)
