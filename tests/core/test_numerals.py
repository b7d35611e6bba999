from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Unreadable
from core.reading import read_money, read_number


def read(reader, *said):
    try:
        return reader(*said)
    except Unreadable as error:
        return error.hint


def spelled(number: int) -> str:
    text = cn2an.an2cn(number)
    return text.removeprefix("一") if text.startswith("一十") else text


@given(st.integers(0, 10**12))
def test_numbers_in_figures_and_in_chinese_are_read_back(number):
    for form in (str(number), f"{number:,}", spelled(number), cn2an.an2cn(number, "up")):
        assert read_number(form) == number


@given(st.decimals("0.01", 10**6, places=2))
def test_fractions_are_exact(number):
    assert read_number(str(number)) == number
    assert read_number(f"{number}万") == number * 10000


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("三千五", 3500),
        ("两千", 2000),
        ("1万2", 12000),
        ("1万2千", 12000),
        ("1万2500", 12500),
        ("1.2万", 12000),
        ("一点二万", 12000),
        ("3,500", 3500),
        ("3，500。", 3500),
        ("１２", 12),
        ("一百二十", 120),
        ("一百零五", 105),
        ("一百五", 150),
        ("两百十五", 215),
        ("二〇二六", 2026),
        ("3k", 3000),
        ("2W", 20000),
        ("三点五", Decimal("3.5")),
        ("3.0", 3),
    ],
)
def test_numbers_are_read_as_people_say_them(said, number):
    value = read_number(said)
    assert value == number
    assert type(value) is type(number)


@pytest.mark.parametrize(
    "said",
    ["", "三四千五", "一二万三", "三五", "三四五", "1万25", "3,50", "3 500", "-5", "负三", "半",
     "百五", "三百千", "五万万", "1.2万5", "十零五", "1e5", "1.2.3", "٣", "九" * 50,
     "9" * 16, "3年"],
)  # fmt: skip
def test_a_number_with_two_readings_or_none_is_asked_again(said):
    assert read(read_number, said) == "number"


def test_a_measure_is_taken_only_where_it_was_asked_for():
    assert read_number("3个月", {"月", "个月"}) == 3
    assert read_number("三年", ["年"]) == 3
    assert read(read_number, "3年", {"个月"}) == "number"


@given(st.integers(0, 10**11))
def test_sums_are_read_back_to_the_fen(fen):
    yuan, rest = divmod(fen, 100)
    for form in (f"{yuan}.{rest:02}", f"￥{yuan:,}.{rest:02}", f"{yuan}.{rest:02}元"):
        assert read_money(form) == fen
    assert read_money(f"{spelled(yuan)}块") == yuan * 100
    jiao, last = divmod(rest, 10)
    assert read_money(f"{yuan}元{jiao}角{last}分") == fen


@pytest.mark.parametrize(
    ("said", "fen"),
    [
        ("3500元", 350000),
        ("三千五百块", 350000),
        ("三千五百块钱", 350000),
        ("三千五百元整", 350000),
        ("叁仟伍佰圆整", 350000),
        ("1.5万元", 1500000),
        ("￥3,500.50", 350050),
        ("RMB 3,500", 350000),
        ("3500 yuan", 350000),
        ("3500", 350000),
        ("五毛", 50),
        ("两毛五", 25),
        ("3块5", 350),
        ("三块二毛五", 325),
        ("十块零五分", 1005),
        ("一百零五块五", 10550),
        ("0", 0),
    ],
)
def test_sums_are_read_as_people_say_them(said, fen):
    assert read_money(said) == fen


@pytest.mark.parametrize(
    "said",
    ["", "元", "块钱", "$5", "100美元", "3.505", "0.001元", "十块零五", "3.5块5",
     "三四百块", "-5元", "3000块左右", "元3", "9" * 16 + "元"],
)  # fmt: skip
def test_a_sum_that_is_unclear_is_asked_again(said):
    assert read(read_money, said) == "money"
