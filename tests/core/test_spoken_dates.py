from datetime import date

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Unreadable
from core.reading import read_date

TODAY = date(2026, 11, 21)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
FORMATS = [
    "{d.year}年{d.month}月{d.day}日",
    "{d.year}年{d.month:02}月{d.day:02}号",
    "{d.year} 年 {d.month} 月 {d.day} 日",
    "{d.year}-{d.month}-{d.day}",
    "{d:%Y-%m-%d}",
    "{d.year}/{d.month}/{d.day}",
    "{d.year}.{d.month}.{d.day}",
    "{d.year}。{d.month}。{d.day}",
    "{d:%Y%m%d}",
    "{d.day} {d:%B} {d.year}",
    "{d:%B} {d.day}, {d.year}",
    "{d:%b} {d.day} {d.year}",
    "{d.day}-{d:%b}-{d.year}",
    "我是{d.year}年{d.month}月{d.day}日拿的",
]


def spelled(number: int) -> str:
    text = cn2an.an2cn(number)
    return text.removeprefix("一") if text.startswith("一十") else text


@given(DAYS, st.sampled_from(FORMATS))
def test_a_date_written_out_in_any_form_is_read_back(day, form):
    assert read_date(form.format(d=day), TODAY) == day


@given(DAYS)
def test_a_date_in_chinese_characters_is_read_back(day):
    year = cn2an.an2cn(str(day.year), "direct")
    assert read_date(f"{year}年{spelled(day.month)}月{spelled(day.day)}日", TODAY) == day
    assert read_date(f"{year.replace('零', '〇')}年{day.month}月{spelled(day.day)}", TODAY) == day


@given(st.dates(date(2025, 11, 22), TODAY))
def test_a_date_without_its_year_is_the_nearest_past_one(day):
    for form in (
        "{d.month}月{d.day}日",
        "{d.month}月{d.day}号",
        "{d.day} {d:%B}",
        "{d:%B} {d.day}",
    ):
        assert read_date(form.format(d=day), TODAY) == day


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("今天", date(2026, 11, 21)),
        ("昨天", date(2026, 11, 20)),
        ("前天", date(2026, 11, 19)),
        ("大前天", date(2026, 11, 18)),
        ("Today", date(2026, 11, 21)),
        ("yesterday.", date(2026, 11, 20)),
        ("三天前", date(2026, 11, 18)),
        ("上个月5号", date(2026, 10, 5)),
        ("本月3号", date(2026, 11, 3)),
        ("去年12月31日", date(2025, 12, 31)),
        ("今年3月5号", date(2026, 3, 5)),
        ("今年12月5号", date(2026, 12, 5)),
        ("前年三月五号", date(2024, 3, 5)),
        ("大前年5月1日", date(2023, 5, 1)),
        ("二〇二六年三月五日", date(2026, 3, 5)),
        ("二○二六年三月五日", date(2026, 3, 5)),
        ("两千零二十六年三月五日", date(2026, 3, 5)),
        ("三月五号", date(2026, 3, 5)),
        ("三月廿五日", date(2026, 3, 25)),
        ("26年3月5日", date(2026, 3, 5)),
        ("85年7月1日", date(1985, 7, 1)),
        ("12月5日", date(2025, 12, 5)),
        ("2月29日", date(2024, 2, 29)),
        ("５ March ２０２６", date(2026, 3, 5)),
        ("5th of March", date(2026, 3, 5)),
        ("2027年3月5日", date(2027, 3, 5)),
    ],
)
def test_dates_are_read_as_people_say_them(said, day):
    assert read_date(said, TODAY) == day


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ("2月30日", "date"),
        ("2026年2月29日", "date"),
        ("2026年13月1日", "date"),
        ("去年2月29日", "date"),
        ("3/5/2026", "date"),
        ("3.5", "date"),
        ("去年上个月5号", "date"),
        ("农历三月初五", "date"),
        ("去年", "date"),
        ("不是2026年3月5日", "date"),
        ("1026年3月5日", "date"),
        ("", "date"),
        ("٢٠٢٦-3-5", "date"),
        ("九亿天前", "date"),
        ("3月", "date_day"),
        ("3月底", "date_day"),
        ("去年3月", "date_day"),
        ("2026年3月", "date_day"),
        ("2026-03", "date_day"),
        ("202603", "date_day"),
        ("上个月", "date_day"),
        ("March 2026", "date_day"),
    ],
)
def test_a_date_that_is_impossible_or_unclear_is_asked_again(said, hint):
    with pytest.raises(Unreadable) as error:
        read_date(said, TODAY)
    assert error.value.hint == hint
