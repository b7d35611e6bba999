import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Unreadable
from core.reading import (
    clean,
    read_choice,
    read_date,
    read_money,
    read_number,
    read_yes_no,
    written,
)

TODAY = date(2026, 11, 21)
PIECES = (
    "零〇一二两三九十百千万亿点元块角毛分年月日号天前上个去今是不没有的第选 .,-/0123kwBmarch?￥"
)
ANY_TEXT = st.one_of(
    st.text(st.characters()),
    st.text(st.characters(categories=["Cs", "Cf", "Cc", "Mn", "Nd", "No", "Zs"])),
    st.text(PIECES, max_size=12),
)


def read(reader, *said):
    try:
        return reader(*said)
    except Unreadable as error:
        return error.hint


@given(ANY_TEXT)
def test_clean_never_fails_and_has_nothing_left_to_clean(text):
    once = clean(text)
    assert clean(once) == once
    assert len(once) <= 2000
    assert once == once.strip()
    assert not {unicodedata.category(sign) for sign in once} & {"Cc", "Cf", "Cs"}
    once.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("  两\t块\r\n钱　", "两 块 钱"),
        ("ＡＢ１２，", "AB12,"),
        ("a\u200bb\u202ec\ufeffd\x00e\ud800f", "abcdef"),
        ("好\ufe0f\u3164的", "好的"),
        ("字" * 3000, "字" * 2000),
        ("\U0002ebf0", "\U0002ebf0"),  # new in Unicode 15.1, in use in names
    ],
)
def test_clean_keeps_what_can_be_seen(text, plain):
    assert clean(text) == plain


def test_what_somebody_wrote_keeps_its_punctuation_and_lines():
    assert (
        written(" 没有发工资，老板说：\u200b\r\n（没有  钱！）\n")
        == "没有发工资，老板说：\n（没有 钱！）"
    )


@pytest.mark.parametrize(
    "said",
    ["是", "对", "有", "好", "嗯", "行", "是的", "对的", "有的", "好的", "好的好的", "嗯嗯",
     "对对对", "没错", "没问题", "有呢", "yes", "Y", "１", "OK", "no problem", "是的，我是",
     "是 是", "✅", "👍"],
)  # fmt: skip
def test_a_yes_is_heard(said):
    assert read_yes_no(said) is True


@pytest.mark.parametrize(
    "said",
    ["否", "不是", "没有", "不", "不是的", "没 有", "不 是", "没得", "还没有", "不对", "无",
     "no", "N", "No.", "not yet", "I don’t", "不，我不是", "0", "2", "❌"],
)  # fmt: skip
def test_a_no_is_heard_as_no(said):
    assert read_yes_no(said) is False


@pytest.mark.parametrize(
    "said",
    ["", "是不是", "是吗", "是吧", "有没有", "是？", "可不是", "不太是", "好像是", "不知道",
     "是，但是没有", "不，是的", "是是不是", "不错", "的", "3", "11", "3月5日"],
)  # fmt: skip
def test_what_is_neither_yes_nor_no_is_not_guessed(said):
    assert read_yes_no(said) is None


GRADES = ["高级技师（一级）", "技师（二级）", "其他证书"]


@pytest.mark.parametrize(
    ("said", "index"),
    [
        ("2", 1),
        ("２.", 1),
        ("②", 1),
        ("(2)", 1),
        ("二", 1),
        ("第二个", 1),
        ("我选第二个", 1),
        ("选2", 1),
        ("2号", 1),
        ("B", 1),
        ("b.", 1),
        ("option C", 2),
        ("the first one", 0),
        ("技师（二级）", 1),
        ("技师(二级)", 1),
        ("技师", 1),
        ("高级技师", 0),
        ("高级", 0),
        ("一级", 0),
        ("其他", 2),
        ("级", None),
        ("级技师", 0),
        ("0", None),
        ("4", None),
        ("D", None),
        ("第十个", None),
        ("不是其他", None),
        ("", None),
    ],
)
def test_a_choice_is_read_by_number_letter_or_words(said, index):
    assert read_choice(said, GRADES) == index


@pytest.mark.parametrize(
    ("said", "labels", "index"),
    [
        ("同意", ["不同意", "拒绝"], None),
        ("同意", ["同意", "不同意"], 0),
        ("是", ["是", "不是"], 0),
        ("no", ["I know", "I forgot"], None),
        ("technician", ["Technician", "Senior technician"], 0),
        ("senior", ["Technician", "Senior technician"], 1),
        ("B", ["B级", "A级"], None),
        ("B", ["Apple", "Banana"], 1),
        ("B", ["Banana", "Apple"], 1),
        ("2", ["2级", "1级"], None),
        ("2", ["1级", "2级"], 1),
        ("2", ["2025年", "2026年"], 1),
        ("2026", ["2025年", "2026年"], 1),
        ("202", ["2025年", "2026年"], None),
        ("5", ["3年以下", "3到5年", "5年以上"], None),
        ("技师", ["技师（二级）", "技师（一级）"], None),
        ("一样", ["一样", "一样"], None),
        ("1", [], None),
    ],
)
def test_a_choice_is_never_a_guess_between_two(said, labels, index):
    assert read_choice(said, labels) == index


@given(st.lists(st.text(st.characters(), min_size=1), max_size=9), st.data())
def test_every_number_on_the_list_is_the_label_that_stands_there(labels, data):
    labels = [f"《{label}》" for label in labels]
    for place in range(len(labels)):
        assert read_choice(f"第{place + 1}个", labels) == place


@given(ANY_TEXT, st.lists(ANY_TEXT, max_size=5))
def test_no_text_breaks_a_reader(text, labels):
    said = read(read_date, text, TODAY)
    assert said in ("date", "date_day") or isinstance(said, date)
    said = read(read_number, text)
    assert said == "number" or 0 <= said < 10**15
    said = read(read_money, text)
    assert said == "money" or (type(said) is int and 0 <= said < 10**17)
    assert read_yes_no(text) in (True, False, None)
    index = read_choice(text, labels)
    assert index is None or 0 <= index < len(labels)
