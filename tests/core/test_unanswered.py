"""A question is kept without what tells who asked it."""

import pytest

from core.unanswered import masked


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("我叫李小明，补助几时到账", "我叫某,补助几时到账"),
        ("我的电话13812345678给我回一个", "我的电话〇给我回一个"),
        ("身份证53010119900101123X查一下", "身份证〇X查一下"),
        ("王师傅说不用申请", "某师傅说不用申请"),
        ("微信号zhangsan_88加我", "微信号〇加我"),
        ("五三零一零一一九九零查一下", "〇查一下"),
        ("技师证能领多少", "技师证能领多少"),
    ],
)
def test_numbers_and_names_are_gone(said: str, kept: str) -> None:
    assert masked(said) == kept
