import re
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.errors import Unreadable
from core.people import (
    Role,
    birth_day,
    check_sign,
    masked_account,
    masked_identity,
    masked_name,
    masked_phone,
    normal_account,
    normal_certificate,
    normal_identity,
    normal_name,
    normal_phone,
)

TODAY = date(2026, 11, 21)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # as printed in GB 11643
REMAINDERS = "10X98765432"
HINTS = re.compile(
    "identity_(15|length|digits|date|checksum)|name|phone|account_(length|luhn)|text"
)
HAN = st.sampled_from("张王李欧阳小华丽买提吐尔逊岩㛃𠮷〇")


def with_check_sign(body: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return body + REMAINDERS[total % 11]


def with_luhn(body: str) -> str:
    for digit in "0123456789":
        signs = [int(sign) for sign in body + digit]
        doubled = [sum(divmod(sign * 2, 10)) for sign in signs[-2::-2]]
        if (sum(doubled) + sum(signs[-1::-2])) % 10 == 0:
            return body + digit
    raise AssertionError(body)


@st.composite
def identities(draw):
    province = draw(st.sampled_from(["11", "23", "37", "46", "53", "54", "65", "71", "81", "83"]))
    place = draw(st.integers(0, 9999))
    born = draw(st.dates(date(1900, 1, 1), TODAY))
    return with_check_sign(f"{province}{place:04}{born:%Y%m%d}{draw(st.integers(0, 999)):03}")


def hint_of(error: pytest.ExceptionInfo[Unreadable]) -> str:
    return error.value.hint


@given(identities())
def test_every_valid_identity_number_is_accepted_as_it_is(number):
    assert normal_identity(number, TODAY) == number
    assert f"{birth_day(number):%Y%m%d}" == number[6:14]


@given(identities())
def test_the_check_sign_agrees_with_the_printed_weights(number):
    assert check_sign(number[:17]) == number[17]


@given(identities(), st.integers(0, 17), st.integers(0, 9))
def test_any_single_changed_digit_is_refused(number, place, digit):
    changed = number[:place] + str(digit) + number[place + 1 :]
    assume(changed != number)
    with pytest.raises(Unreadable):
        normal_identity(changed, TODAY)


def test_a_known_number_of_the_standard_is_accepted():
    assert normal_identity("11010519491231002X", TODAY) == "11010519491231002X"


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002x",
        " 110105 19491231 002X ",
        "110105-19491231-002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105\u200b19491231\u202e002x",
    ],
)
def test_identity_numbers_are_read_as_people_type_them(typed):
    assert normal_identity(typed, TODAY) == "11010519491231002X"


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("110105491231002", "identity_15"),
        ("1101051949123100", "identity_length"),
        ("1101051949123100211", "identity_length"),
        ("", "identity_length"),
        ("X", "identity_length"),
        ("张三", "identity_digits"),
        ("110105X9491231002X", "identity_digits"),
        ("11010519491231٠٠2X", "identity_digits"),
        (with_check_sign("11010519490231002"), "identity_date"),
        (with_check_sign("11010518991231002"), "identity_date"),
        (with_check_sign("11010520261122002"), "identity_date"),
        (with_check_sign("99010519491231002"), "identity_checksum"),
        ("110105194912310021", "identity_checksum"),
    ],
)
def test_a_wrong_identity_number_says_what_is_wrong_with_it(typed, hint):
    with pytest.raises(Unreadable) as error:
        normal_identity(typed, TODAY)
    assert hint_of(error) == hint


def test_somebody_born_today_is_not_born_in_the_future():
    number = with_check_sign("53010220261121001")
    assert birth_day(normal_identity(number, TODAY)) == TODAY


@pytest.mark.parametrize(
    "reader",
    [
        lambda text: normal_identity(text, TODAY),
        normal_name,
        normal_phone,
        normal_account,
        normal_certificate,
    ],
)
@given(text=st.one_of(st.text(st.characters()), st.text("0123456789X-+张·", max_size=24)))
def test_no_text_breaks_the_reading_of_a_person(reader, text):
    try:
        assert reader(text) == reader(reader(text))
    except Unreadable as error:
        assert HINTS.fullmatch(error.hint)  # noqa: PT017 - nothing else may be raised


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("张华", "张华"),
        (" 张 华 ", "张华"),
        ("张华。", "张华"),
        ("欧阳小华", "欧阳小华"),
        ("买买提·吐尔逊", "买买提·吐尔逊"),
        ("买买提•吐尔逊", "买买提·吐尔逊"),
        ("买买提・吐尔逊", "买买提·吐尔逊"),
        ("买买提.吐尔逊", "买买提·吐尔逊"),
        ("买买提 · 吐尔逊", "买买提·吐尔逊"),
        ("岩㛃𠮷", "岩㛃𠮷"),
        ("张\u200b华", "张华"),
    ],
)
def test_names_are_written_one_way(typed, name):
    assert normal_name(typed) == name
    assert normal_name(name) == name


@pytest.mark.parametrize(
    "typed", ["", "张", "张" * 31, "张3", "Zhang", "·张华", "张··华", "张华😀"]
)
def test_what_is_no_chinese_name_is_refused(typed):
    with pytest.raises(Unreadable) as error:
        normal_name(typed)
    assert hint_of(error) == "name"


@pytest.mark.parametrize(
    "typed",
    [
        "13812341234",
        "+86 138 1234 1234",
        "86-138-1234-1234",
        "008613812341234",
        "(+86)13812341234",
        "１３８１２３４１２３４",
    ],
)
def test_phones_lose_the_country_and_the_blanks(typed):
    assert normal_phone(typed) == "13812341234"


@pytest.mark.parametrize("typed", ["", "1381234123", "138123412345", "12812341234", "+85298765432"])
def test_what_is_no_mainland_mobile_phone_is_refused(typed):
    with pytest.raises(Unreadable) as error:
        normal_phone(typed)
    assert hint_of(error) == "phone"


@given(st.from_regex("[1-9][0-9]{14,17}", fullmatch=True))
def test_every_card_with_a_right_last_digit_is_accepted(body):
    number = with_luhn(body)
    assert normal_account(" ".join([number[:4], number[4:8], number[8:]])) == number


@given(st.from_regex("[1-9][0-9]{14,17}", fullmatch=True), st.data())
def test_a_card_with_one_changed_digit_is_refused(body, data):
    number = with_luhn(body)
    place = data.draw(st.integers(0, len(number) - 1))
    digit = data.draw(st.sampled_from("0123456789").filter(lambda sign: sign != number[place]))
    with pytest.raises(Unreadable) as error:
        normal_account(number[:place] + digit + number[place + 1 :])
    assert hint_of(error) == "account_luhn"


@pytest.mark.parametrize("typed", ["", "622202123456789", "6" * 20, "622202123456789a", "卡号"])
def test_a_card_of_the_wrong_length_is_refused(typed):
    with pytest.raises(Unreadable) as error:
        normal_account(typed)
    assert hint_of(error) == "account_length"


def test_a_row_of_noughts_is_no_card():
    with pytest.raises(Unreadable, match="account_luhn"):
        normal_account("0" * 16)


@pytest.mark.parametrize("typed", ["云A-2026 0012", "云a20260012", "云Ａ·２０２６/0012"])
def test_a_certificate_number_is_the_same_however_it_is_typed(typed):
    assert normal_certificate(typed) == "云A20260012"


@pytest.mark.parametrize("typed", ["", "无", "-", "没有编号"])
def test_what_has_no_digit_is_no_certificate_number(typed):
    with pytest.raises(Unreadable) as error:
        normal_certificate(typed)
    assert hint_of(error) == "text"


@pytest.mark.parametrize(
    ("name", "shown"),
    [("张华", "张*"), ("张小华", "张*华"), ("欧阳小华", "欧**华"), ("张", "*"), ("", "")],
)
def test_masked_names_look_as_in_notices(name, shown):
    assert masked_name(name) == shown


def test_masked_minority_names_keep_the_first_and_the_last_character():
    assert masked_name("买买提·吐尔逊") == "买*****逊"


def test_masked_numbers_look_as_agreed():
    assert masked_identity("530102199003071234") == "530***********1234"
    assert masked_phone("13812341234") == "138****1234"
    assert masked_account("6222021234561234") == "****1234"


@given(st.text(HAN, min_size=3, max_size=30))
def test_a_masked_name_never_shows_the_middle(name):
    shown = masked_name(name)
    assert set(shown[1:-1]) == {"*"}
    assert len(shown) == len(name)


@given(identities())
def test_a_masked_identity_never_shows_the_birth_day(number):
    shown = masked_identity(number)
    assert shown[3:14] == "*" * 11
    assert number[6:14] not in shown


@given(st.text("0123456789", max_size=40))
def test_numbers_of_a_wrong_length_show_no_more_than_right_ones(number):
    assert sum(sign != "*" for sign in masked_identity(number)) in (0, 7)
    assert sum(sign != "*" for sign in masked_phone(number)) in (0, 7)
    assert sum(sign != "*" for sign in masked_account(number)) in (0, 4)


def test_roles_are_stored_by_their_plain_names():
    assert {role.value for role in Role} == {
        "reviewer", "verifier", "office", "chairs", "finance", "manager", "auditor",
    }  # fmt: skip
